package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** A client that believes exactly what it is told, and fails when it is told what cannot be. */
final class SimulatedClient {
    private static final Pattern NUMBERED = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|RECENT|FETCH)(.*)",
            Pattern.DOTALL);
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");

    /** What it knows of one message; 0 and null for what it was never told. */
    private record Known(long uid, Flags flags) {
    }

    private final TestServer server;
    private final SocketlessConnection connection;
    private final List<Known> messages = new ArrayList<>();
    private final Set<Long> recent = new HashSet<>();
    private String command = "";
    private boolean open;
    private boolean readOnly;
    private boolean idle;
    private String notify = "";
    private int tags;

    SimulatedClient(TestServer server) throws IOException {
        this.server = server;
        this.connection = server.connect("imap");
        connection.takeAll();
        ok("LOGIN alice wonderland");
    }

    int exists() {
        return messages.size();
    }

    boolean isOpen() {
        return open;
    }

    boolean isIdle() {
        return idle;
    }

    void open(String verb, String folder) throws IOException {
        open = false;
        messages.clear();
        recent.clear();
        readOnly = verb.equals("EXAMINE");
        ok(verb + " " + folder);
        open = true;
    }

    void leave(String verb) throws IOException {
        ok(verb);
        open = false;
        messages.clear();
    }

    /** Gives a command and believes the answers; true when it ends with OK and without a code that says otherwise. */
    boolean command(String text) throws IOException {
        command = text;
        var tag = "a" + ++tags;
        var answer = connection.ask(tag + " " + text);
        var last = believe(answer);
        assertTrue(last.startsWith(tag + " OK") || last.startsWith(tag + " NO"), () -> text + " -> " + answer);
        command = "";
        return last.startsWith(tag + " OK") && !last.contains("[EXPUNGEISSUED]");
    }

    void ok(String text) throws IOException {
        assertTrue(command(text), text);
    }

    void append(String folder, String flags, String mail) throws IOException {
        ok("APPEND " + folder + " (" + flags + ") {" + mail.length() + "+}\r\n" + mail);
    }

    void idle() throws IOException {
        command = "IDLE";
        idle = true;
        assertTrue(believe(connection.ask("i" + ++tags + " IDLE")).isEmpty());
    }

    /** Says what it wants to be told of the open folder; {@code selected NONE} lets it see the folder stand still. */
    void notify(String group) throws IOException {
        ok("NOTIFY SET (" + group + ")");
        notify = group;
    }

    boolean hasNotified() {
        return !notify.isEmpty();
    }

    void done() throws IOException {
        assertTrue(believe(connection.ask("DONE")).startsWith("i"));
        command = "";
        idle = false;
    }

    /** Stores silently: it works out the new flags by itself, as RFC 3501 section 6.4.6 has it. */
    void storeSilently(int sequence, char sign, String names) throws IOException {
        var flags = Flags.of(names.split(" "));
        var known = messages.get(sequence - 1);
        var uid = known.uid();
        var stored = command("STORE " + sequence + " " + (sign == '=' ? "" : sign) + "FLAGS.SILENT (" + names + ")");
        var now = messages.get(sequence - 1);
        // An answer all the same says that somebody else has changed more.
        if (stored && now == known && (sign == '=' || known.flags() != null)) {
            var next = switch (sign) {
                case '+' -> known.flags().plus(flags);
                case '-' -> known.flags().minus(flags);
                default -> flags;
            };
            messages.set(sequence - 1, new Known(uid, next));
        }
    }

    /** The UIDs that it has seen as recent since it selected the folder; none where it only looks at it. */
    Set<Long> recent() {
        return readOnly ? Set.of() : recent;
    }

    /** Takes what it is told unasked. */
    void listen() {
        believe(connection.takeAll());
    }

    /** Its sequence numbers are the server's, and it knows no flag wrong that it was told of. */
    void agreesWithItsView() {
        var session = server.recording().live().sessions().get(connection.number());
        var told = List.copyOf(session.told().values());
        if (!open) {
            assertEquals(0, told.size());
            return;
        }
        assertEquals(told.size(), messages.size());
        for (var i = 0; i < messages.size(); i++) {
            var known = messages.get(i);
            if (known.uid() != 0) {
                assertEquals(told.get(i).uid(), known.uid());
            }
            if (known.flags() != null) {
                var sequence = i + 1;
                assertEquals(told.get(i).flags(), known.flags(), () -> "flags of message " + sequence);
            }
        }
    }

    /** It knows of exactly these messages. */
    void knowsAll(List<Message> held) {
        assertEquals(held.size(), messages.size());
        for (var i = 0; i < held.size(); i++) {
            var known = messages.get(i);
            assertTrue(known.uid() == 0 || known.uid() == held.get(i).uid());
            assertTrue(known.flags() == null || known.flags().equals(held.get(i).flags()));
        }
    }

    private String believe(String answer) {
        var rest = answer;
        while (!rest.isEmpty()) {
            var line = new StringBuilder();
            while (true) {
                var end = rest.indexOf("\r\n");
                assertTrue(end >= 0, answer);
                var part = rest.substring(0, end);
                rest = rest.substring(end + 2);
                line.append(part);
                var literal = LITERAL.matcher(part);
                if (!literal.find()) {
                    break;
                }
                rest = rest.substring(Integer.parseInt(literal.group(1)));
            }
            if (!line.toString().startsWith("*") && !line.toString().startsWith("+")) {
                assertEquals("", rest, "nothing follows the tagged answer");
                return line.toString();
            }
            untagged(line.toString());
        }
        return "";
    }

    private void untagged(String line) {
        var numbered = NUMBERED.matcher(line);
        if (!numbered.matches()) {
            assertFalse(line.startsWith("* BYE"), line);
            return;
        }
        var number = Integer.parseInt(numbered.group(1));
        switch (numbered.group(2)) {
            case "EXISTS" -> {
                assertTrue(number >= messages.size(), () -> line + " after " + messages.size());
                while (messages.size() < number) {
                    messages.add(new Known(0, null));
                }
            }
            case "EXPUNGE" -> {
                assertTrue(mayExpunge(), () -> line + " during " + command);
                messages.remove(number - 1);
            }
            case "RECENT" -> assertTrue(number <= messages.size(), line);
            default -> fetched(number, numbered.group(3));
        }
    }

    private void fetched(int number, String items) {
        var known = messages.get(number - 1);
        var uid = UID.matcher(items);
        var flags = FLAGS.matcher(items);
        var nowUid = uid.find() ? Long.parseLong(uid.group(1)) : known.uid();
        assertTrue(known.uid() == 0 || known.uid() == nowUid, () -> items + " for UID " + known.uid());
        var nowFlags = known.flags();
        if (flags.find()) {
            if (flags.group(1).contains("\\Recent") && nowUid != 0) {
                recent.add(nowUid);
            }
            nowFlags = Flags.of(Arrays.stream(flags.group(1).split(" "))
                    .filter(name -> !name.isEmpty() && !name.equals("\\Recent")).toList());
        }
        messages.set(number - 1, new Known(nowUid, nowFlags));
    }

    private boolean mayExpunge() {
        return command.isEmpty() ? notify.startsWith("selected (") : !command.matches("(FETCH|STORE|SEARCH)\\b.*");
    }

    static byte[] octets(String mail) {
        return mail.getBytes(StandardCharsets.US_ASCII);
    }
}
