package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.mailscope.server.session.Session.Farewell;
import dev.mailscope.server.session.TlsPolicy;

/** A transcript as it is written; the format is described with the package. */
public record Transcript(Path file, List<Line> lines) {
    private static final Pattern OF_CONNECTION = Pattern.compile("([OCSPXET])(\\d+)([:>?]) ?(.*)");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("([DRFW]): +(.*)");

    private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+");

    /** One line and its number in the file, from 1. */
    public record Line(int number, Entry entry) {
    }

    /** What a line says. */
    public sealed interface Entry {
        record Account(String user, String password) implements Entry {
        }

        record NewFolder(String user, String name) implements Entry {
        }

        record Limit(String name, int value) implements Entry {
        }

        record Deletion(String user, String name) implements Entry {
        }

        record Renaming(String user, String from, String to) implements Entry {
        }

        record Uses(String user, String name, List<String> uses) implements Entry {
        }

        record Subscription(String user, String name, boolean subscribed) implements Entry {
        }

        record Recent(String user, String name) implements Entry {
        }

        record Gone(String user, String folder, int count) implements Entry {
        }

        record Tls(TlsPolicy policy, boolean first) implements Entry {
        }

        record WithoutAcl() implements Entry {
        }

        record Access(String user, String name, String identifier, String rights) implements Entry {
        }

        record Ticks(int seconds) implements Entry {
        }

        record LiteralMinus() implements Entry {
        }

        record Quota(String user, String resource, long limit) implements Entry {
        }

        record Token(String user, String token) implements Entry {
        }

        record Mail(String user, String folder, String mail) implements Entry {
        }

        record Removal(String user, String folder, long uid) implements Entry {
        }

        record NewFlags(String user, String folder, long uid, List<String> flags) implements Entry {
        }

        record Wait(int seconds) implements Entry {
        }

        record Open(int connection, String protocol) implements Entry {
        }

        /** Octets of the client; a raw piece has escapes and gets no CRLF. */
        record Client(int connection, String text, boolean raw) implements Entry {
        }

        record Server(int connection, String text, boolean anyOrder) implements Entry {
        }

        record Phase(int connection, String phase) implements Entry {
        }

        record Cut(int connection) implements Entry {
        }

        record Closed(int connection) implements Entry {
        }

        record Ended(int connection, Farewell why) implements Entry {
        }
    }

    /** Reads a transcript. Throws IllegalArgumentException that names file and line when one makes no sense. */
    static Transcript read(Path file) throws IOException {
        return of(file, Files.readAllLines(file));
    }

    /** A transcript of these lines. */
    static Transcript of(Path file, List<String> text) {
        var lines = new ArrayList<Line>();
        for (var i = 0; i < text.size(); i++) {
            var line = text.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    lines.add(new Line(i + 1, entry(line)));
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + line, e);
                }
            }
        }
        return new Transcript(file, List.copyOf(lines));
    }

    private static Entry entry(String line) {
        var connected = OF_CONNECTION.matcher(line);
        if (connected.matches()) {
            return ofConnection(connected.group(1), connected.group(3), Integer.parseInt(connected.group(2)),
                    connected.group(4));
        }
        var outside = FROM_OUTSIDE.matcher(line);
        if (outside.matches()) {
            return fromOutside(outside.group(1), outside.group(2));
        }
        var words = words(line);
        return switch (words.getFirst()) {
            case "account" -> new Entry.Account(words.get(1), words.get(2));
            case "folder" -> new Entry.NewFolder(words.get(1), rest(line, 2));
            case "delete" -> new Entry.Deletion(words.get(1), rest(line, 2));
            case "rename" -> new Entry.Renaming(words.get(1), words.get(2), words.get(3));
            case "uses" -> new Entry.Uses(words.get(1), words.get(2), words.subList(3, words.size()));
            case "subscribe" -> new Entry.Subscription(words.get(1), rest(line, 2), true);
            case "unsubscribe" -> new Entry.Subscription(words.get(1), rest(line, 2), false);
            case "recent" -> new Entry.Recent(words.get(1), rest(line, 2));
            case "gone" -> new Entry.Gone(words.get(1), words.get(2), Integer.parseInt(words.get(3)));
            case "limit" -> new Entry.Limit(words.get(1), Integer.parseInt(words.get(2)));
            case "tls" -> switch (words.get(1)) {
                case "none" -> new Entry.Tls(TlsPolicy.NONE, false);
                case "offered" -> new Entry.Tls(new TlsPolicy(true, true), false);
                case "required" -> new Entry.Tls(new TlsPolicy(true, false), false);
                case "first" -> new Entry.Tls(TlsPolicy.NONE, true);
                default -> throw new IllegalArgumentException("tls is none, offered, required or first");
            };
            case "acl" -> new Entry.WithoutAcl();
            case "access" -> new Entry.Access(words.get(1), words.get(2), words.get(3),
                    words.size() < 5 ? null : words.get(4));
            case "ticks" -> new Entry.Ticks(Integer.parseInt(words.get(1)));
            case "literal-minus" -> new Entry.LiteralMinus();
            case "quota" -> new Entry.Quota(words.get(1), words.get(2),
                    words.size() < 4 ? 0 : Long.parseLong(words.get(3)));
            case "token" -> new Entry.Token(words.get(1), words.get(2));
            case "mail" -> new Entry.Mail(words.get(1), words.get(2), rest(line, 3));
            default -> throw new IllegalArgumentException("no kind of line: " + words.getFirst());
        };
    }

    /** The words of a line; one in quotes may have spaces in it. */
    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(word -> unquoted(word.group())).toList();
    }

    /** What stands behind that many words. */
    private static String rest(String line, int words) {
        return line.substring(WORD.matcher(line).results().skip(words).findFirst().orElseThrow().start());
    }

    private static String unquoted(String word) {
        return word.startsWith("\"") && word.endsWith("\"") && word.length() > 1
                ? word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1") : word;
    }

    private static Entry ofConnection(String kind, String mark, int connection, String text) {
        return switch (kind + mark) {
            case "O:" -> new Entry.Open(connection, text);
            case "C:" -> new Entry.Client(connection, text, false);
            case "C>" -> new Entry.Client(connection, text, true);
            case "S:" -> new Entry.Server(connection, text, false);
            case "S?" -> new Entry.Server(connection, text, true);
            case "P:" -> new Entry.Phase(connection, text);
            case "X:" -> new Entry.Cut(connection);
            case "E:" -> new Entry.Closed(connection);
            case "T:" -> new Entry.Ended(connection, Farewell.valueOf(text));
            default -> throw new IllegalArgumentException("no kind of line: " + kind + mark);
        };
    }

    private static Entry fromOutside(String kind, String text) {
        var words = words(text);
        return switch (kind) {
            case "D" -> new Entry.Mail(words.get(0), words.get(1), rest(text, 2));
            case "W" -> new Entry.Wait(Integer.parseInt(text));
            case "R" -> new Entry.Removal(words.get(0), words.get(1), Long.parseLong(words.get(2)));
            case "F" -> new Entry.NewFlags(words.get(0), words.get(1), Long.parseLong(words.get(2)),
                    words.subList(3, words.size()));
            default -> throw new IllegalArgumentException("no kind of line: " + kind);
        };
    }
}
