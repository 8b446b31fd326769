package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/**
 * A client with a cache that it brings up to date by QRESYNC (RFC 7162 section 6). It takes note of modification
 * sequences exactly as that section says, so that whatever is told in a wrong order is lost to it when the line is cut.
 */
final class ResynchronisingClient {
    private static final Pattern NUMBERED = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|FETCH)(.*)");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\(EARLIER\\) )?([\\d:,]+)");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern MODSEQ = Pattern.compile("\\bMODSEQ \\((\\d+)\\)");
    private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
    private static final Pattern CODE = Pattern.compile("OK \\[(HIGHESTMODSEQ|UIDVALIDITY) (\\d+)\\].*");
    private static final long UNKNOWN = 0;

    private final TestServer server;
    private final TreeMap<Long, Flags> cache = new TreeMap<>();
    private final List<Long> uids = new ArrayList<>();
    private SocketlessConnection connection;
    private long uidValidity;
    private long highest;
    private long firstNew = 1;
    private long seen;
    private Long coded;
    private int tags;

    ResynchronisingClient(TestServer server) {
        this.server = server;
    }

    boolean isConnected() {
        return connection != null;
    }

    int exists() {
        return uids.size();
    }

    /** The line is cut: all that is left is the cache and how far it is known to be right. */
    void cut() {
        connection.cut();
        connection = null;
        var complete = 0;
        while (complete < uids.size() && cache.containsKey(uids.get(complete))) {
            complete++;
        }
        var known = uids.subList(0, complete);
        // Behind a message of which it has not heard all, it does not know what it has.
        firstNew = known.isEmpty() ? 1 : known.getLast() + 1;
        cache.keySet().retainAll(known);
    }

    void connect() throws IOException {
        connection = server.connect("imap");
        connection.takeAll();
        command("LOGIN alice wonderland");
        command("ENABLE QRESYNC");
        uids.clear();
        command(uidValidity == 0 || highest == 0 ? "SELECT INBOX"
                : "SELECT INBOX (QRESYNC (" + uidValidity + " " + highest
                        + (firstNew == 1 ? "" : " 1:" + (firstNew - 1)) + "))");
        var old = new ArrayList<>(cache.keySet());
        for (var i = 0; i < old.size(); i++) {
            assertTrue(i < uids.size(), "more known than there are");
            assertTrue(uids.get(i) == UNKNOWN || uids.get(i).equals(old.get(i)), "another message at " + (i + 1));
            uids.set(i, old.get(i));
        }
        command("UID FETCH " + firstNew + ":* (UID FLAGS MODSEQ)");
    }

    /** Sets or takes flags without being told the outcome, which it works out. */
    void storeSilently(int sequence, char sign, Flags flags) throws IOException {
        var uid = uids.get(sequence - 1);
        var before = cache.get(uid);
        var answer = command("STORE " + sequence + " " + sign + "FLAGS.SILENT " + flags);
        if (before != null && cache.get(uid) == before && answer.contains(" OK STORE")) {
            cache.put(uid, sign == '+' ? before.plus(flags) : before.minus(flags));
        }
    }

    /** Gives a command, believes what comes, and gives the last line. */
    String command(String text) throws IOException {
        seen = 0;
        coded = null;
        var answer = connection.ask("t" + ++tags + " " + text);
        var last = "";
        for (var line : answer.split("\r\n")) {
            believe(line);
            last = line;
        }
        assertTrue(last.startsWith("t" + tags + " OK") || last.startsWith("t" + tags + " NO"), text + " -> " + answer);
        // Section 6: the code counts if there is one, else the highest number seen.
        highest = coded != null ? coded : Math.max(highest, seen);
        return last;
    }

    /** What it has is what the folder holds. */
    void knowsAll(TreeMap<Long, Flags> held) {
        assertEquals(held, cache);
    }

    private void believe(String line) {
        var code = CODE.matcher(line.replaceFirst("^\\S+ ", ""));
        if (code.matches()) {
            if (code.group(1).equals("UIDVALIDITY")) {
                uidValidity = Long.parseLong(code.group(2));
            } else {
                coded = Long.parseLong(code.group(2));
            }
        }
        var vanished = VANISHED.matcher(line);
        var numbered = NUMBERED.matcher(line);
        if (vanished.matches()) {
            for (var uid : SequenceSet.parse(vanished.group(2)).numbers()) {
                if (vanished.group(1) == null) {
                    uids.remove(place(uid));
                }
                cache.remove(uid);
            }
        } else if (numbered.matches()) {
            numbered(Integer.parseInt(numbered.group(1)), numbered);
        }
    }

    /** Where the message with that UID is among those it counts, known or not. */
    private int place(long uid) {
        var known = uids.indexOf(uid);
        if (known >= 0) {
            return known;
        }
        var place = -1;
        for (var i = 0; i < uids.size(); i++) {
            if (uids.get(i) == UNKNOWN) {
                place = i;
            } else if (uids.get(i) > uid) {
                break;
            } else {
                place = -1;
            }
        }
        if (place >= 0) {
            return place;
        }
        throw new AssertionError("VANISHED " + uid + ", which was never counted: " + uids);
    }

    private void numbered(int number, Matcher line) {
        switch (line.group(2)) {
            case "EXISTS" -> {
                while (uids.size() < number) {
                    uids.add(UNKNOWN);
                }
            }
            case "FETCH" -> fetched(number, line.group(3));
            default -> throw new AssertionError("EXPUNGE after ENABLE QRESYNC");
        }
    }

    private void fetched(int number, String items) {
        var uid = UID.matcher(items);
        assertTrue(uid.find(), items);
        var value = Long.parseLong(uid.group(1));
        var known = uids.set(number - 1, value);
        assertTrue(known == UNKNOWN || known == value, () -> items + " for UID " + known);
        var modSeq = MODSEQ.matcher(items);
        assertTrue(modSeq.find(), items);
        seen = Math.max(seen, Long.parseLong(modSeq.group(1)));
        var flags = FLAGS.matcher(items);
        if (flags.find()) {
            cache.put(value, Flags.of(Arrays.stream(flags.group(1).split(" "))
                    .filter(name -> !name.isEmpty() && !name.equals("\\Recent")).toList()));
        }
    }
}
