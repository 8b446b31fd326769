package dev.mailscope.lab.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.mailbox.Flags;

/**
 * Reads the lines of a {@code setup} or {@code do} block. One line is one command; lines that begin with spaces belong
 * to the {@code mail} before them and are its message.
 */
final class SetupSyntax {
    /** The largest message a lab brings, in octets. */
    static final int LARGEST_MAIL = 4 << 20;

    private static final int MOST_DAYS = 3_650;

    private final Path folder;
    private final boolean withFiles;
    private final Consumer<Problem> problems;
    private final List<SetupCommand> commands = new ArrayList<>();

    /**
     * @param folder    where the files it names are; null when it can name none
     * @param withFiles false when files are not read
     */
    SetupSyntax(Path folder, boolean withFiles, Consumer<Problem> problems) {
        this.folder = folder;
        this.withFiles = withFiles;
        this.problems = problems;
    }

    /** A complaint about a line. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    /** The commands of a block whose first line has that number. */
    List<SetupCommand> read(List<String> lines, int first) {
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var number = first + i;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (line.startsWith(" ") || line.startsWith("\t")) {
                    throw new Wrong("this is indented, and there is no mail it belongs to");
                }
                var words = Words.of(line);
                if (words.first().equals("mail")) {
                    var end = i + 1;
                    while (end < lines.size() && (lines.get(end).startsWith(" ") || lines.get(end).isBlank())) {
                        end++;
                    }
                    mail(words, lines.subList(i + 1, end), number);
                    i = end - 1;
                } else {
                    command(words, number);
                }
            } catch (Wrong e) {
                problems.accept(Problem.of(number, e.getMessage()));
            }
        }
        return List.copyOf(commands);
    }

    private void command(Words words, int line) throws Wrong {
        switch (words.first()) {
            case "account" -> {
                commands.add(new SetupCommand.Account(line, words.next("a user name"), words.next("a password")));
                words.end();
            }
            case "folder" -> {
                commands.add(new SetupCommand.Folder(line, words.next("a user name"), words.next("a folder's name")));
                words.end();
            }
            case "device" -> device(words, line);
            default -> throw new Wrong("\"" + words.first() + "\" is no command; the commands are account, folder, mail"
                    + " and device");
        }
    }

    // device NAME pop3 delete|keep USER [leave DAYS] [delete-there] | device NAME imap full|condstore|qresync USER [idle]
    // device NAME synchronise|online|offline
    private void device(Words words, int line) throws Wrong {
        var name = words.next("a device's name");
        var what = words.next("what the device is, or does");
        switch (what) {
            case "synchronise" -> commands.add(new SetupCommand.Synchronise(line, name));
            case "online" -> commands.add(new SetupCommand.Network(line, name, true));
            case "offline" -> commands.add(new SetupCommand.Network(line, name, false));
            case "pop3" -> pop3(words, line, name);
            case "imap" -> imap(words, line, name);
            default -> throw new Wrong("\"" + what + "\" is no protocol, and nothing that a device does; it is pop3 or"
                    + " imap, or it is told to synchronise, or to be online or offline");
        }
        words.end();
    }

    private void pop3(Words words, int line, String name) throws Wrong {
        var mode = words.next("delete or keep");
        var settings = switch (mode) {
            case "delete" -> Pop3Settings.DELETE;
            case "keep" -> Pop3Settings.KEEP;
            default -> throw new Wrong("a POP3 device downloads to delete or to keep, and not to \"" + mode + "\"");
        };
        var account = words.next("the account's user name");
        for (var option = words.optional(); option.isPresent(); option = words.optional()) {
            settings = switch (option.get()) {
                case "leave" -> settings.leavingFor(Duration.ofDays(words.number("a number of days", MOST_DAYS)));
                case "delete-there" -> settings.deletingWhenDeleted();
                default -> throw new Wrong("\"" + option.get() + "\" is no option of a POP3 device; they are leave DAYS"
                        + " and delete-there");
            };
            if (!settings.keep()) {
                throw new Wrong("a POP3 device that downloads to delete has no options");
            }
        }
        commands.add(new SetupCommand.Pop3(line, name, account, settings));
    }

    private void imap(Words words, int line, String name) throws Wrong {
        var method = words.next("full, condstore or qresync");
        var found = switch (method) {
            case "full" -> ImapSettings.Method.FULL;
            case "condstore" -> ImapSettings.Method.CONDSTORE;
            case "qresync" -> ImapSettings.Method.QRESYNC;
            default -> throw new Wrong("\"" + method + "\" is no way to find what is new; they are full, condstore and"
                    + " qresync");
        };
        var account = words.next("the account's user name");
        var option = words.optional();
        if (option.isPresent() && !option.get().equals("idle")) {
            throw new Wrong("\"" + option.get() + "\" is no option of an IMAP device; there is idle");
        }
        commands.add(new SetupCommand.Imap(line, name, account, new ImapSettings(found, option.isPresent())));
    }

    // mail USER FOLDER [FLAG...] [FILE.eml], and without a file the message in the indented lines below
    private void mail(Words words, List<String> below, int line) throws Wrong {
        var account = words.next("a user name");
        var where = words.next("a folder's name");
        var flags = new ArrayList<String>();
        Optional<String> file = Optional.empty();
        for (var word = words.optional(); word.isPresent(); word = words.optional()) {
            if (word.get().toLowerCase(Locale.ROOT).endsWith(".eml") && file.isEmpty()) {
                file = word;
            } else if (word.get().startsWith("\\") || word.get().matches("[$A-Za-z][\\w$-]*")) {
                flags.add(word.get());
            } else {
                throw new Wrong("\"" + word.get() + "\" is no flag and no .eml file");
            }
        }
        var text = below.stream().anyMatch(part -> !part.isBlank());
        if (file.isPresent() == text) {
            throw new Wrong(text ? "the message is in the file and below, too" : "there is no message: name an .eml file,"
                    + " or write it in the lines below, each begun with two spaces");
        }
        var message = file.isPresent() ? read(file.get()) : message(below);
        if (message.length > LARGEST_MAIL) {
            throw new Wrong("this message is larger than " + (LARGEST_MAIL >> 20) + " MB");
        }
        commands.add(new SetupCommand.Mail(line, account, where, flags(flags), message));
    }

    private static Flags flags(List<String> names) throws Wrong {
        try {
            return Flags.of(names);
        } catch (IllegalArgumentException e) {
            throw new Wrong(e.getMessage());
        }
    }

    private static byte[] message(List<String> below) {
        var last = below.size();
        while (last > 0 && below.get(last - 1).isBlank()) {
            last--;
        }
        var out = new StringBuilder();
        for (var line : below.subList(0, last)) {
            out.append(line.isBlank() ? "" : line.startsWith("  ") ? line.substring(2) : line.substring(1))
                    .append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] read(String name) throws Wrong {
        if (!withFiles) {
            return new byte[0];
        }
        if (folder == null) {
            throw new Wrong("this lab is in no folder, so that it cannot bring " + name);
        }
        try {
            var root = folder.toRealPath();
            var file = root.resolve(name).normalize();
            // A link may lead out of the folder as well as a name can.
            if (!file.startsWith(root) || !file.toRealPath().startsWith(root)) {
                throw new Wrong(name + " is outside the lab's folder");
            }
            if (Files.size(file) > LARGEST_MAIL) {
                throw new Wrong(name + " is larger than " + (LARGEST_MAIL >> 20) + " MB");
            }
            return Files.readAllBytes(file);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new Wrong(name + " cannot be read from the lab's folder");
        }
    }

    /** The words of a line; quotation marks hold several together. */
    private static final class Words {
        private final List<String> words;
        private int next = 1;

        private Words(List<String> words) {
            this.words = words;
        }

        static Words of(String line) throws Wrong {
            var words = new ArrayList<String>();
            var i = 0;
            while (i < line.length()) {
                if (line.charAt(i) == ' ') {
                    i++;
                } else if (line.charAt(i) == '"') {
                    var end = line.indexOf('"', i + 1);
                    if (end < 0) {
                        throw new Wrong("a quotation mark is not closed");
                    }
                    words.add(line.substring(i + 1, end));
                    i = end + 1;
                } else {
                    var end = line.indexOf(' ', i) < 0 ? line.length() : line.indexOf(' ', i);
                    words.add(line.substring(i, end));
                    i = end;
                }
            }
            return new Words(words);
        }

        String first() {
            return words.getFirst();
        }

        String next(String what) throws Wrong {
            if (next >= words.size()) {
                throw new Wrong(what + " is missing");
            }
            return words.get(next++);
        }

        Optional<String> optional() {
            return next < words.size() ? Optional.of(words.get(next++)) : Optional.empty();
        }

        int number(String what, int most) throws Wrong {
            var word = next(what);
            if (!word.matches("\\d{1,6}") || Integer.parseInt(word) > most) {
                throw new Wrong("\"" + word + "\" is not " + what + " up to " + most);
            }
            return Integer.parseInt(word);
        }

        void end() throws Wrong {
            if (next < words.size()) {
                throw new Wrong("\"" + words.get(next) + "\" is too much here");
            }
        }
    }
}
