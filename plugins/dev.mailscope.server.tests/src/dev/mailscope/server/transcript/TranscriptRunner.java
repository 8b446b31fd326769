package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.opentest4j.AssertionFailedError;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.transcript.Transcript.Entry;
import dev.mailscope.server.transcript.Transcript.Line;

/** Runs one transcript once and fails at the first line that does not come true. */
final class TranscriptRunner {
    private static final Pattern MAIL = Pattern.compile("(raw )?\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\S+)");

    private final Transcript transcript;
    private final int chunk;
    private final TestServer server = new TestServer();
    private final Captures captures = new Captures();
    private final TreeMap<Integer, TestConnection> connections = new TreeMap<>();
    private final TreeSet<Integer> expectedToBeClosed = new TreeSet<>();
    private final StringBuilder unsent = new StringBuilder();
    private int unsentConnection;

    private TranscriptRunner(Transcript transcript, int chunk) {
        this.transcript = transcript;
        this.chunk = chunk;
    }

    /** Runs it with what the client sends at once cut into pieces of that many octets. */
    static void run(Transcript transcript, int chunk) throws IOException {
        run(transcript, chunk, recording -> { });
    }

    /** The same, and in the end somebody looks at what was recorded. */
    static void run(Transcript transcript, int chunk, Looking looking) throws IOException {
        new TranscriptRunner(transcript, chunk).run(looking);
    }

    /** Looks at a recording. */
    interface Looking {
        void at(Recording recording) throws IOException;
    }

    private void run(Looking looking) throws IOException {
        try (server) {
            var lines = transcript.lines();
            for (var i = 0; i < lines.size(); i++) {
                var block = anyOrderBlock(i);
                try {
                    if (block.size() > 1) {
                        expectInAnyOrder(block);
                        i += block.size() - 1;
                    } else {
                        take(lines.get(i));
                    }
                } catch (IOException | RuntimeException e) {
                    throw new AssertionFailedError(place(lines.get(i)) + e, e);
                }
            }
            var last = lines.getLast();
            sendUnsent();
            nothingLeft(last);
            server.assertNoPasswordInTrace();
            looking.at(server.recording());
        }
    }

    private void take(Line line) throws IOException {
        if (!(line.entry() instanceof Entry.Client client && client.connection() == unsentConnection)) {
            sendUnsent();
        }
        switch (line.entry()) {
            case Entry.Account(var user, var password) -> server.account(user, password);
            case Entry.NewFolder(var user, var name) -> server.folder(user, name);
            case Entry.Limit(var name, var value) -> server.limits(server.limits().with(name, value));
            case Entry.Deletion(var user, var name) -> {
                nothingLeft(line);
                server.delete(user, name);
            }
            case Entry.Renaming(var user, var from, var to) -> {
                nothingLeft(line);
                server.rename(user, from, to);
            }
            case Entry.Uses(var user, var name, var uses) -> server.uses(user, name, uses);
            case Entry.Subscription(var user, var name, var subscribed) -> server.subscribe(user, name, subscribed);
            case Entry.Recent(var user, var name) -> server.claimRecent(user, name);
            case Entry.Gone(var user, var folder, var count) -> server.comeAndGo(user, folder, count);
            case Entry.Tls(var policy, var first) -> server.tls(policy, first);
            case Entry.Ticks(var seconds) -> server.ticks(Duration.ofSeconds(seconds));
            case Entry.WithoutAcl off -> server.withoutAcl();
            case Entry.Access(var user, var name, var identifier, var rights) -> {
                nothingLeft(line);
                server.access(user, name, identifier, rights);
            }
            case Entry.LiteralMinus minus -> server.literalMinus();
            case Entry.Quota(var user, var resource, var limit) -> server.quota(user, resource, limit);
            case Entry.Token(var user, var token) -> server.token(user, token);
            case Entry.Mail(var user, var folder, var mail) -> {
                nothingLeft(line);
                deliver(user, folder, mail);
            }
            case Entry.Removal(var user, var folder, var uid) -> {
                nothingLeft(line);
                check(line, server.remove(user, folder, uid), "a message with that UID", "none");
            }
            case Entry.NewFlags(var user, var folder, var uid, var flags) -> {
                nothingLeft(line);
                server.flags(user, folder, uid, Flags.of(flags));
            }
            case Entry.Wait(var seconds) -> {
                nothingLeft(line);
                server.pass(Duration.ofSeconds(seconds));
            }
            case Entry.Open(var number, var protocol) -> {
                nothingLeft(line);
                connections.put(number, server.connect(protocol));
            }
            case Entry.Client(var number, var text, var raw) -> {
                if (unsent.isEmpty()) {
                    nothingLeft(line);
                }
                check(line, !connection(number).isClosedByServer(), "an open connection", "a closed one");
                unsentConnection = number;
                unsent.append(raw ? Captures.unescapeOctets(captures.expand(text))
                        : captures.expand(text) + "\r\n");
            }
            case Entry.Server server -> expect(line, server);
            case Entry.Phase(var number, var phase) -> check(line, connection(number).phase().equals(phase), phase,
                    connection(number).phase());
            case Entry.Cut(var number) -> {
                nothingLeft(line);
                connection(number).cut();
            }
            case Entry.Closed(var number) -> {
                expectedToBeClosed.add(number);
                check(line, connection(number).isClosedByServer(), "the connection closed by the server",
                        "it is open");
            }
            case Entry.Ended(var number, var why) -> {
                nothingLeft(line);
                connection(number).end(why);
            }
        }
        server.settle();
    }

    private void expect(Line line, Entry.Server expected) {
        var got = connection(expected.connection()).takeLine();
        check(line, got != null && captures.matches(expected.text(), got), expected.text(),
                got == null ? nothing(expected.connection()) : Captures.readable(got));
    }

    private void expectInAnyOrder(List<Line> block) throws IOException {
        sendUnsent();
        server.settle();
        var open = new ArrayList<>(block);
        for (var count = block.size(); count > 0; count--) {
            var connection = ((Entry.Server) block.getFirst().entry()).connection();
            var got = connection(connection).takeLine();
            var match = open.stream()
                    .filter(line -> got != null && captures.matches(((Entry.Server) line.entry()).text(), got))
                    .findFirst();
            check(open.getFirst(), match.isPresent(), "one of " + open.stream()
                    .map(line -> ((Entry.Server) line.entry()).text()).toList(),
                    got == null ? nothing(connection) : Captures.readable(got));
            open.remove(match.get());
        }
    }

    private List<Line> anyOrderBlock(int from) {
        var block = new ArrayList<Line>();
        var lines = transcript.lines();
        for (var i = from; i < lines.size() && lines.get(i).entry() instanceof Entry.Server server
                && server.anyOrder(); i++) {
            if (!block.isEmpty() && ((Entry.Server) block.getFirst().entry()).connection() != server.connection()) {
                break;
            }
            block.add(lines.get(i));
        }
        return block;
    }

    private void sendUnsent() throws IOException {
        if (!unsent.isEmpty()) {
            var octets = unsent.toString().getBytes(StandardCharsets.ISO_8859_1);
            unsent.setLength(0);
            connection(unsentConnection).send(octets, chunk == 0 ? octets.length : chunk);
            server.settle();
        }
        unsentConnection = 0;
    }

    private void nothingLeft(Line line) {
        connections.forEach((number, connection) -> {
            var left = connection.untaken();
            check(line, left.isEmpty(), "no more from the server on connection " + number, Captures.readable(left));
            check(line, !connection.isClosedByServer() || expectedToBeClosed.contains(number),
                    "connection " + number + " open", "closed by the server");
        });
    }

    private void deliver(String user, String folder, String text) throws IOException {
        var words = MAIL.matcher(text);
        words.find();
        var octets = octets(user, words.group(1) != null, words.group(2), words.group(3));
        var flags = new ArrayList<String>();
        var date = TestServer.NOW;
        while (words.find()) {
            if (words.group().startsWith("@")) {
                date = OffsetDateTime.parse(words.group().substring(1));
            } else {
                flags.add(words.group());
            }
        }
        server.deliver(user, folder, octets, Flags.of(flags), date);
    }

    private byte[] octets(String user, boolean raw, String quoted, String file) throws IOException {
        if (raw) {
            return Captures.unescape(quoted).getBytes(StandardCharsets.ISO_8859_1);
        }
        if (quoted != null) {
            return ("From: sender@example.org\r\nTo: " + user + "@example.org\r\nSubject: " + quoted
                    + "\r\n\r\nThis is about " + quoted + ".\r\n").getBytes(StandardCharsets.UTF_8);
        }
        return Files.readAllBytes(Transcripts.root().resolve("mail").resolve(file));
    }

    private TestConnection connection(int number) {
        var connection = connections.get(number);
        if (connection == null) {
            throw new IllegalArgumentException("connection " + number + " has not been opened");
        }
        return connection;
    }

    private String nothing(int connection) {
        return connection(connection).untaken().isEmpty() ? "nothing"
                : "no whole line: " + Captures.readable(connection(connection).untaken());
    }

    private void check(Line line, boolean asExpected, String expected, String got) {
        if (!asExpected) {
            throw new AssertionFailedError(place(line) + "expected <" + expected + "> got <" + got + ">", expected,
                    got);
        }
    }

    private String place(Line line) {
        return transcript.file().getFileName() + ":" + line.number() + ": ";
    }
}
