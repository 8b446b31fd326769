package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.mailbox.Flags;

/** A folder of mail as many programs keep it on disk: a file for each mail, its flags in the file's name. */
final class Maildir {
    private static final Map<Character, String> LETTERS = Map.of('D', "\\Draft", 'F', "\\Flagged", 'R', "\\Answered",
            'S', "\\Seen", 'T', "\\Deleted");
    private static final String INFO = ":2,";

    private final Path path;
    private int written;

    Maildir(Path path) {
        this.path = path;
    }

    /** Makes it. */
    Maildir create() throws IOException {
        for (var part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(path.resolve(part));
        }
        return this;
    }

    /** The mail in it; a copy's id is its file. */
    List<Copy> read() throws IOException {
        var found = new ArrayList<Copy>();
        for (var part : List.of("new", "cur")) {
            try (var files = Files.list(path.resolve(part))) {
                for (var file : files.sorted().toList()) {
                    found.add(new Copy(file.toString(), Files.readAllBytes(file), flags(file)));
                }
            }
        }
        return found;
    }

    /** Puts a mail into it, as a program does that writes it there. */
    void add(byte[] octets, Flags flags) throws IOException {
        Files.write(path.resolve("cur").resolve("1700000000." + ++written + "_" + System.nanoTime() + ".bench"
                + INFO + letters(flags)), octets);
    }

    /** Moves a mail of another folder into this one, under a new name, for it gets other identifiers here. */
    void take(Copy mail) throws IOException {
        add(mail.octets(), mail.flags());
        Files.delete(Path.of(mail.id()));
    }

    /** Gives a mail a further flag. */
    static void flag(Copy mail, Flags flag) throws IOException {
        var file = Path.of(mail.id());
        var name = file.getFileName().toString();
        var end = name.indexOf(INFO);
        Files.move(file, file.getParent().resolveSibling("cur").resolve((end < 0 ? name : name.substring(0, end)) + INFO
                + letters(mail.flags().plus(flag))));
    }

    /** Of those flags, the ones it can keep. */
    static Flags kept(Flags flags) {
        return Flags.of(LETTERS.values().stream().filter(flags::contains).toList());
    }

    private static Flags flags(Path file) {
        var name = file.getFileName().toString();
        var start = name.indexOf(INFO);
        return start < 0 ? Flags.NONE : Flags.of(name.substring(start + INFO.length()).chars()
                .mapToObj(c -> LETTERS.get((char) c)).filter(flag -> flag != null).toList());
    }

    private static String letters(Flags flags) {
        var letters = new StringBuilder();
        LETTERS.keySet().stream().sorted().filter(letter -> flags.contains(LETTERS.get(letter)))
                .forEach(letters::append);
        return letters.toString();
    }
}
