package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Session.Farewell;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.transcript.Transcript.Entry;
import dev.mailscope.server.transcript.Transcript.Line;
import dev.mailscope.server.transcript.Transcript.Source;

/**
 * Reads the lines of a transcript. What is wrong with one is said without the line itself: there may be a password in
 * it.
 */
final class TranscriptReader {
    private static final Pattern OF_CONNECTION = Pattern.compile("([OCSPXET])(\\d{1,9})([:>?]) ?(.*)", Pattern.DOTALL);
    private static final Pattern FROM_OUTSIDE = Pattern.compile("([DRFW]): +(.*)", Pattern.DOTALL);
    private static final long MOST_OCTETS = 64L << 20;
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_SECONDS = 1_000_000_000;
    private static final int SHOWN = 20;
    private static final String SECONDS = "how many seconds";
    private static final String USER = "the user";
    private static final String FOLDER = "the folder";

    private TranscriptReader() {
    }

    static Transcript read(Path file) throws IOException {
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException(file + " is larger than " + (MOST_OCTETS >> 20) + " MiB: a transcript is not");
        }
        var octets = Files.readAllBytes(file);
        var lines = new ArrayList<String>();
        for (var from = 0; from < octets.length;) {
            var end = from;
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            var last = end > from && octets[end - 1] == '\r' ? end - 1 : end;
            lines.add(text(file, octets, from, last, lines.size() + 1));
            from = end + 1;
        }
        return of(file.toString(), lines);
    }

    private static String text(Path file, byte[] octets, int from, int end, int line) throws IOException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, end - from)).toString();
            return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw wrong(file.toString(), line, "it is not text in UTF-8", e);
        }
    }

    static Transcript of(String name, List<String> text) throws IOException {
        if (text.size() > MOST_LINES) {
            throw new IOException(name + " has more than " + MOST_LINES + " lines: a transcript has not");
        }
        var lines = new ArrayList<Line>();
        for (var i = 0; i < text.size(); i++) {
            if (saysSomething(text.get(i))) {
                try {
                    lines.add(new Line(i + 1, entry(text.get(i))));
                } catch (IllegalArgumentException e) {
                    throw wrong(name, i + 1, e.getMessage(), e);
                }
            }
        }
        if (lines.isEmpty()) {
            throw new IOException(name + " is no transcript: no line of it says anything");
        }
        return new Transcript(name, List.copyOf(lines));
    }

    static boolean isBegunBy(String text) {
        return text.lines().filter(TranscriptReader::saysSomething).findFirst().filter(line -> {
            try {
                entry(line);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }).isPresent();
    }

    private static boolean saysSomething(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static IOException wrong(String name, int line, String what, Exception cause) {
        return new IOException(name + ", line " + line + ": " + what, cause);
    }

    private static Entry entry(String line) {
        var connected = OF_CONNECTION.matcher(line);
        if (connected.matches()) {
            return ofConnection(connected.group(1), connected.group(3), Integer.parseInt(connected.group(2)),
                    connected.group(4));
        }
        var outside = FROM_OUTSIDE.matcher(line);
        var words = new Words(outside.matches() ? outside.group(2) : line);
        var entry = outside.matches() ? fromOutside(outside.group(1), words) : setUp(words);
        words.end();
        return entry;
    }

    private static Entry setUp(Words words) {
        var first = words.next("its first word");
        return switch (first) {
            case "account" -> new Entry.Account(words.next(USER), words.next("the password"));
            case "folder" -> new Entry.NewFolder(words.next(USER), words.rest(FOLDER));
            case "delete" -> new Entry.Deletion(words.next(USER), words.rest(FOLDER));
            case "rename" -> new Entry.Renaming(words.next(USER), words.next(FOLDER), words.next("the new name"));
            case "uses" -> new Entry.Uses(words.next(USER), words.next(FOLDER),
                    words.all().stream().map(TranscriptReader::use).toList());
            case "subscribe" -> new Entry.Subscription(words.next(USER), words.rest(FOLDER), true);
            case "unsubscribe" -> new Entry.Subscription(words.next(USER), words.rest(FOLDER), false);
            case "recent" -> new Entry.Recent(words.next(USER), words.rest(FOLDER));
            case "gone" -> new Entry.Gone(words.next(USER), words.next(FOLDER),
                    (int) words.number("how many have gone", Integer.MAX_VALUE));
            case "limit" -> limit(words.next("the limit"), (int) words.number("its value", Integer.MAX_VALUE));
            case "tls" -> tls(words.next("none, offered, required or first"));
            case "acl" -> {
                if (!words.next("off").equals("off")) {
                    throw new IllegalArgumentException("access lists can only be off");
                }
                yield new Entry.WithoutAcl();
            }
            case "utf8" -> {
                if (!words.next("off").equals("off")) {
                    throw new IllegalArgumentException("UTF8=ACCEPT can only be off");
                }
                yield new Entry.WithoutUtf8();
            }
            case "access" -> new Entry.Access(words.next(USER), words.next(FOLDER), words.next("the identifier"),
                    words.hasNext() ? rights(words.next("")) : null);
            case "ticks" -> new Entry.Ticks((int) words.number(SECONDS, MOST_SECONDS));
            case "literal-minus" -> new Entry.LiteralMinus();
            case "quota" -> quota(words.next(USER), words.next("the resource"), words);
            case "token" -> new Entry.Token(words.next(USER), words.next("the token"));
            case "mail" -> mail(words);
            default -> throw new IllegalArgumentException("\"" + (first.length() > SHOWN ? first.substring(0, SHOWN)
                    + "\u2026" : first) + "\" begins no line of a transcript");
        };
    }

    private static Entry fromOutside(String kind, Words words) {
        return switch (kind) {
            case "D" -> mail(words);
            case "W" -> new Entry.Wait((int) words.number(SECONDS, -MOST_SECONDS, MOST_SECONDS));
            case "R" -> new Entry.Removal(words.next(USER), words.next(FOLDER), words.number("the UID", 0xFFFFFFFFL));
            case "F" -> new Entry.NewFlags(words.next(USER), words.next(FOLDER), words.number("the UID", 0xFFFFFFFFL),
                    Flags.of(words.all()));
            default -> throw new IllegalStateException(kind);
        };
    }

    private static Entry ofConnection(String kind, String mark, int connection, String text) {
        return switch (kind + mark) {
            case "O:" -> new Entry.Open(connection, Protocols.named(text).name());
            case "C:" -> new Entry.Client(connection, text, false);
            case "C>" -> new Entry.Client(connection, text, true);
            case "S:" -> new Entry.Server(connection, Captures.checked(text), false);
            case "S?" -> new Entry.Server(connection, Captures.checked(text), true);
            case "P:" -> new Entry.Phase(connection, text);
            case "X:" -> new Entry.Cut(connection);
            case "E:" -> new Entry.Closed(connection);
            case "T:" -> switch (text) {
                case "TIMEOUT" -> new Entry.Ended(connection, Farewell.TIMEOUT);
                case "SHUTDOWN" -> new Entry.Ended(connection, Farewell.SHUTDOWN);
                default -> throw new IllegalArgumentException("a session ends by TIMEOUT or SHUTDOWN");
            };
            default -> throw new IllegalArgumentException("\"" + kind + connection + mark
                    + "\" begins no line of a transcript");
        };
    }

    private static Entry mail(Words words) {
        var user = words.next(USER);
        var folder = words.next(FOLDER);
        var exact = words.skip("raw");
        var quoted = words.nextQuoted();
        if (exact && quoted == null) {
            throw new IllegalArgumentException("the mail in quotes is missing");
        }
        var source = exact ? new Source.Exact(Captures.unescape(quoted)) : quoted != null ? new Source.Subject(quoted)
                : new Source.InFile(words.next("the mail"));
        var flags = new ArrayList<String>();
        var date = SocketlessServer.NOW;
        for (var word : words.all()) {
            if (word.startsWith("@")) {
                date = date(word.substring(1));
            } else {
                flags.add(word);
            }
        }
        return new Entry.Mail(user, folder, source, Flags.of(flags), date);
    }

    private static OffsetDateTime date(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a date is written like @2026-02-01T10:00:00+01:00", e);
        }
    }

    private static Entry limit(String name, int value) {
        Limits.DEFAULT.with(name, value); // throws where there is none such
        return new Entry.Limit(name, value);
    }

    private static Entry tls(String how) {
        return switch (how) {
            case "none" -> new Entry.Tls(TlsPolicy.NONE, false);
            case "offered" -> new Entry.Tls(new TlsPolicy(true, true), false);
            case "required" -> new Entry.Tls(new TlsPolicy(true, false), false);
            case "first" -> new Entry.Tls(TlsPolicy.NONE, true);
            default -> throw new IllegalArgumentException("tls is none, offered, required or first");
        };
    }

    private static Entry quota(String user, String resource, Words words) {
        return resource.equals("FIXED") ? new Entry.FixedQuota(user)
                : new Entry.Quota(user, QuotaResource.named(resource).orElseThrow(() -> new IllegalArgumentException(
                        "a quota limits STORAGE, MESSAGE or MAILBOX, or is FIXED")),
                        words.number("the limit", Long.MAX_VALUE));
    }

    private static SpecialUse use(String name) {
        return SpecialUse.named(name).orElseThrow(() -> new IllegalArgumentException("there is no use " + name));
    }

    private static Rights rights(String letters) {
        try {
            return Rights.parse(letters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no right \"" + e.getMessage() + "\"", e);
        }
    }
}
