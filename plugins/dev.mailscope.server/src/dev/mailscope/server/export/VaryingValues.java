package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.mailscope.server.trace.Octets;

/**
 * The values that differ from run to run, and what stands for them in a transcript: a name where the client may send
 * the value back, "anything" where it cannot know it. Text here is as {@link Marked} makes it.
 */
final class VaryingValues {
    private static final String DATES = "(?<=\")[ \\d]\\d-\\w{3}-\\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}(?=\")";
    private static final Pattern DATE = Pattern.compile(DATES);
    private static final Pattern IMAP =
            Pattern.compile("(?<uidvalidity>(?<=(?i:;UIDVALIDITY=)|UIDVALIDITY |APPENDUID |COPYUID )\\d+)"
            + "|(?<modseq>(?<=MODSEQ |MODSEQ \\()\\d+)|(?<mailbox>(?<=MAILBOXID \\()F\\d+)"
            + "|(?<saved>(?<=SAVEDATE \")[^\"]*)|(?<mechanisms>AUTH=[^ \\])]+(?: AUTH=[^ \\])]+)*)"
            + "|(?<date>" + DATES + ")");
    private static final Pattern IMAP_CLIENT = Pattern.compile("(?i)(?<uidvalidity>(?<=QRESYNC \\(|;UIDVALIDITY=)\\d+)"
            + "|(?<modseq>(?<=CHANGEDSINCE |UNCHANGEDSINCE |MODSEQ )\\d+)");
    private static final Pattern SINCE = Pattern.compile("(?i)(?<=QRESYNC \\()(\\d+) (\\d+)");
    private static final Pattern UIDL = Pattern.compile("^(?:\\+OK )?\\d+ (?<uidvalidity>\\d+)-\\d+$");
    private static final Pattern STAMP = Pattern.compile("(?<=<)\\S+@\\S+(?=>$)");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> saidDates = new HashSet<>();
    private final Set<String> ownDates = new HashSet<>();

    /** The server gave a message that date, as IMAP writes it: of its own accord, unless a client has said it. */
    void dateOfServer(String date) {
        if (!saidDates.contains(date)) {
            ownDates.add(date);
        }
    }

    /** A client, which brings a message, said that. */
    void datesOfClient(Octets octets) {
        for (var piece : octets.pieces()) {
            if (piece instanceof Octets.Inline(var bytes)) {
                var dates = DATE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
                while (dates.find()) {
                    saidDates.add(dates.group());
                }
            }
        }
    }

    /** A line of an IMAP server. */
    String imapLine(String line) {
        return IMAP.matcher(line).replaceAll(match -> switch (groupOf(match, "uidvalidity", "modseq", "mailbox",
                "saved", "mechanisms", "date")) {
            case "uidvalidity" -> named("uidvalidity", match.group());
            case "modseq" -> named("modseq", match.group());
            case "mailbox" -> named("mailbox", match.group());
            case "date" -> ownDates.contains(match.group()) ? Marked.value("...") : match.group();
            default -> Marked.value("...");
        });
    }

    /** What an IMAP client sends: values that the server has named before. */
    String imapClient(String text) {
        var resync = SINCE.matcher(text).replaceAll(match -> known("uidvalidity", match.group(1)) + ' '
                + known("modseq", match.group(2)));
        return IMAP_CLIENT.matcher(resync).replaceAll(match -> match.group("modseq") == null
                ? known("uidvalidity", match.group()) : known("modseq", match.group()));
    }

    /** A line of a POP3 server, in answer to that command. */
    String pop3Line(String line, String command) {
        return switch (command) {
            case "" -> line.startsWith("+OK Mailscope") ? greeting(line) : line;
            case "UIDL" -> {
                var match = UIDL.matcher(line);
                yield match.matches() ? line.substring(0, match.start("uidvalidity"))
                        + named("uidvalidity", match.group("uidvalidity"))
                        + line.substring(match.end("uidvalidity")) : line;
            }
            case "CAPA" -> line.startsWith("SASL ") ? "SASL " + Marked.value("...") : line;
            default -> line;
        };
    }

    /** The name of the last timestamp of a POP3 greeting, empty when there was none. */
    String stamp() {
        var count = counts.getOrDefault("stamp", 0);
        return count == 0 ? "" : "${stamp" + count + "}";
    }

    private String greeting(String line) {
        var match = STAMP.matcher(line);
        // A server that keeps no secrets has no timestamp, and the one the transcript runs on has.
        return match.find() ? match.replaceAll(stamp -> named("stamp", stamp.group())) : line + Marked.value("...");
    }

    private static String groupOf(MatchResult match, String... groups) {
        for (var group : groups) {
            if (match.group(group) != null) {
                return group;
            }
        }
        throw new IllegalStateException("no group of " + match.group());
    }

    private String named(String kind, String value) {
        var name = names.computeIfAbsent(kind + value, key -> kind + counts.merge(kind, 1, Integer::sum));
        return Marked.value("${" + name + "}"); // nothing that a replacement would take for a group
    }

    private String known(String kind, String value) {
        var name = names.get(kind + value);
        return name == null ? value : Marked.value("${" + name + "}");
    }
}
