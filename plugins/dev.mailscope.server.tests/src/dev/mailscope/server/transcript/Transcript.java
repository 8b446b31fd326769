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
record Transcript(Path file, List<Line> lines) {
    private static final Pattern OF_CONNECTION = Pattern.compile("([OCSPXET])(\\d+)([:>?]) ?(.*)");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("([DRFW]): +(.*)");

    /** One line and its number in the file, from 1. */
    record Line(int number, Entry entry) {
    }

    /** What a line says. */
    sealed interface Entry {
        record Account(String user, String password) implements Entry {
        }

        record NewFolder(String user, String name) implements Entry {
        }

        record Limit(String name, int value) implements Entry {
        }

        record Tls(TlsPolicy policy) implements Entry {
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
        var words = line.split(" +", 4);
        return switch (words[0]) {
            case "account" -> new Entry.Account(words[1], words[2]);
            case "folder" -> new Entry.NewFolder(words[1], line.split(" +", 3)[2]);
            case "limit" -> new Entry.Limit(words[1], Integer.parseInt(words[2]));
            case "tls" -> new Entry.Tls(new TlsPolicy(true, switch (words[1]) {
                case "offered" -> true;
                case "required" -> false;
                default -> throw new IllegalArgumentException("tls is offered or required");
            }));
            case "literal-minus" -> new Entry.LiteralMinus();
            case "quota" -> new Entry.Quota(words[1], words[2], words.length < 4 ? 0 : Long.parseLong(words[3]));
            case "token" -> new Entry.Token(words[1], words[2]);
            case "mail" -> new Entry.Mail(words[1], words[2], words[3]);
            default -> throw new IllegalArgumentException("no kind of line: " + words[0]);
        };
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
        var words = text.split(" +");
        return switch (kind) {
            case "D" -> {
                var parts = text.split(" +", 3);
                yield new Entry.Mail(parts[0], parts[1], parts[2]);
            }
            case "W" -> new Entry.Wait(Integer.parseInt(text));
            case "R" -> new Entry.Removal(words[0], words[1], Long.parseLong(words[2]));
            case "F" -> new Entry.NewFlags(words[0], words[1], Long.parseLong(words[2]),
                    List.of(words).subList(3, words.length));
            default -> throw new IllegalArgumentException("no kind of line: " + kind);
        };
    }
}
