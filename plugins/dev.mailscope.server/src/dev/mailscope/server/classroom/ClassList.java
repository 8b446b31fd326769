package dev.mailscope.server.classroom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.mailscope.server.ServerConfig;

/**
 * A class as a list: a student on each line, and after a comma, a semicolon or a tab the password where one is given.
 * Fields may be in double quotes, as in CSV. Empty lines and those that begin with {@code #} say nothing.
 *
 * @param students those of the lines that are right, in order
 * @param problems what is wrong with the others; shows no password
 */
public record ClassList(List<Student> students, List<Problem> problems) {
    /** The most students of a class. */
    public static final int MOST = 500;

    private static final int LARGEST_FILE = 1 << 20;
    private static final int LONGEST = 100;
    private static final int SHORTEST_PASSWORD = 6;

    /**
     * What is wrong with a line.
     *
     * @param line its number, from 1
     * @param text what, in words
     */
    public record Problem(int line, String text) {
        @Override
        public String toString() {
            return "line " + line + ": " + text;
        }
    }

    /** Keeps its own copies. */
    public ClassList {
        students = List.copyOf(students);
        problems = List.copyOf(problems);
    }

    /** The class of that text; {@code passwords} gives one to each student for whom the list has none. */
    public static ClassList parse(String text, Supplier<String> passwords) {
        var students = new ArrayList<Student>();
        var problems = new ArrayList<Problem>();
        var lines = new HashMap<String, Integer>();
        var number = 0;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            number++;
            // Some programs begin a text with a byte order mark.
            var said = (number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
            if (said.isEmpty() || said.startsWith("#")) {
                continue;
            }
            try {
                if (students.size() == MOST) {
                    throw new IllegalArgumentException("a class has no more than " + MOST + " students");
                }
                students.add(student(said, number, lines, passwords));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(number, e.getMessage()));
            }
        }
        return new ClassList(students, problems);
    }

    /** The text of a list in a file. IOException, which names the file, when it cannot be read or is no UTF-8 text. */
    public static String read(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is too large for a list of students");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    private static Student student(String line, int number, Map<String, Integer> lines, Supplier<String> passwords) {
        var fields = fields(line);
        if (fields.size() > 2) {
            throw new IllegalArgumentException("there is more on it than a name and a password");
        }
        var name = fields.getFirst();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("it has no name");
        }
        if (name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("that is no name");
        }
        var user = user(name);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("no user name can be made of \"" + name
                    + "\": write a name with letters from a to z, or digits");
        }
        // Nor one that differs in case alone: their traces are files, which not every disk tells apart then.
        var plain = user.toLowerCase(Locale.ROOT);
        var before = lines.putIfAbsent(plain, number);
        if (before != null) {
            throw new IllegalArgumentException("\"" + name + "\" has the user name " + plain + " of line " + before);
        }
        var given = fields.size() < 2 || fields.get(1).isEmpty() ? null : fields.get(1);
        if (given != null && (given.length() < SHORTEST_PASSWORD || given.equals(user)
                || given.equals(ServerConfig.SAMPLE_ACCOUNT.password()))) {
            throw new IllegalArgumentException("the password of " + user + " can be guessed: it has fewer than "
                    + SHORTEST_PASSWORD + " characters, is the user name, or everybody knows it");
        }
        var student = new Student(name, user, given == null ? passwords.get() : given);
        student.account(); // says what is wrong with the password
        return student;
    }

    /** The name itself where a client can send it, else letters, digits and full stops made of it; empty for none. */
    private static String user(String name) {
        if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            return name;
        }
        return Normalizer.normalize(name.replace("\u00DF", "ss"), Normalizer.Form.NFD).replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".").replaceAll("^\\.|\\.$", "");
    }

    // field = DQUOTE *(char / 2DQUOTE) DQUOTE / *char
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is missing");
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
