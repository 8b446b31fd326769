package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.transcript.Transcript.Entry;
import dev.mailscope.server.transcript.Transcript.Line;
import dev.mailscope.server.transcript.Transcript.Source;

/**
 * Runs one transcript once. What does not come true is told, and the run goes on: an answer that differs is laid beside
 * the expected lines again where they match, at the latest with the client's next line.
 */
public final class TranscriptRun {
    /** Where the mail lies that a transcript names by its file. */
    public interface MailFiles {
        /** Its octets. IOException, which says why, when there is none such. */
        byte[] read(String name) throws IOException;
    }

    private static final int MOST_UNSENT = 64 << 20;
    private static final String NOTHING = "nothing";
    private static final int MOST_AHEAD = 50;

    private final Transcript transcript;
    private final SocketlessServer server;
    private final int chunk;
    private final MailFiles files;
    private final Consumer<Difference> told;
    private final Captures captures = new Captures();
    private final TreeMap<Integer, SocketlessConnection> connections = new TreeMap<>();
    // Those of which something may have to be expected yet.
    private final TreeMap<Integer, SocketlessConnection> watched = new TreeMap<>();
    private final Set<SocketlessConnection> expectedToBeClosed = new HashSet<>();
    private final StringBuilder unsent = new StringBuilder();
    private int unsentConnection;
    private int position;

    /**
     * A run of a transcript on a server that nobody has used yet.
     *
     * @param chunk in pieces of how many octets it is sent what a client sends at once; 0 for in one piece
     * @param told  is told of what does not come true
     */
    public TranscriptRun(Transcript transcript, SocketlessServer server, int chunk, MailFiles files,
            Consumer<Difference> told) {
        this.transcript = transcript;
        this.server = server;
        this.chunk = chunk;
        this.files = files;
        this.told = told;
    }

    /** Runs it to its end. The IOException of whoever looks after the server, when that has stopped it. */
    public void run() throws IOException {
        var lines = transcript.lines();
        for (position = 0; position < lines.size(); position++) {
            var line = lines.get(position);
            server.watch().at(line.number());
            var block = anyOrderBlock(position);
            try {
                if (block.size() > 1) {
                    expectInAnyOrder(block);
                    position += block.size() - 1;
                } else {
                    take(line);
                }
            } catch (MailboxException | IllegalArgumentException e) {
                told.accept(new Difference(line.number(), 0, "that this can be done", e.getMessage()));
            }
        }
        sendUnsent();
        nothingLeft(lines.getLast());
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
            case Entry.WithoutUtf8 off -> server.withoutUtf8();
            case Entry.Access(var user, var name, var identifier, var rights) -> {
                nothingLeft(line);
                server.access(user, name, identifier, rights);
            }
            case Entry.LiteralMinus minus -> server.literalMinus();
            case Entry.Quota(var user, var resource, var limit) ->
                server.quota(user, quota -> quota.with(resource, limit));
            case Entry.FixedQuota(var user) -> server.quota(user, quota -> quota.withFixed(true));
            case Entry.Token(var user, var token) -> server.token(user, token);
            case Entry.Mail mail -> {
                nothingLeft(line);
                deliver(line, mail);
            }
            case Entry.Removal(var user, var folder, var uid) -> {
                nothingLeft(line);
                check(line, 0, server.remove(user, folder, uid), "a message with that UID", "none");
            }
            case Entry.NewFlags(var user, var folder, var uid, var flags) -> {
                nothingLeft(line);
                server.flags(user, folder, uid, flags);
            }
            case Entry.Wait(var seconds) -> {
                nothingLeft(line);
                server.pass(Duration.ofSeconds(seconds));
            }
            case Entry.Open(var number, var protocol) -> {
                nothingLeft(line);
                open(number, protocol);
            }
            case Entry.Client(var number, var text, var raw) -> {
                if (unsent.isEmpty()) {
                    nothingLeft(line);
                }
                var said = raw ? Captures.unescapeOctets(captures.expand(text)) : captures.expand(text) + "\r\n";
                if (said.length() > MOST_UNSENT - unsent.length()) {
                    throw new IllegalArgumentException("a client sends at most " + (MOST_UNSENT >> 20)
                            + " MiB at once");
                }
                if (isOpen(line, number)) {
                    unsentConnection = number;
                    unsent.append(said);
                }
            }
            case Entry.Server expected -> expect(line, expected);
            case Entry.Phase(var number, var phase) -> check(line, connection(number).number(),
                    connection(number).phase().equals(phase), "the phase " + phase, connection(number).phase());
            case Entry.Cut(var number) -> {
                nothingLeft(line);
                connection(number).cut();
            }
            case Entry.Closed(var number) -> {
                expectedToBeClosed.add(connection(number));
                check(line, connection(number).number(), connection(number).isClosedByServer(),
                        "the connection closed by the server", "it is open");
            }
            case Entry.Ended(var number, var why) -> {
                nothingLeft(line);
                if (isOpen(line, number)) {
                    connection(number).end(why);
                }
            }
        }
        server.settle();
    }

    private void open(int number, String protocol) throws IOException {
        var before = connections.get(number);
        if (before != null && before.isOpen()) {
            throw new IllegalArgumentException("connection " + number + " is open already");
        }
        var connection = server.connect(protocol);
        connections.put(number, connection);
        watched.put(number, connection);
    }

    private boolean isOpen(Line line, int number) {
        var connection = connection(number);
        check(line, connection.number(), connection.isOpen(), "an open connection", "a closed one");
        return connection.isOpen();
    }

    private void expect(Line line, Entry.Server expected) {
        var connection = connection(expected.connection());
        var next = connection.lines(1);
        if (!next.isEmpty() && captures.matches(expected.text(), next.getFirst())) {
            connection.takeLine();
            return;
        }
        var coming = connection.lines(MOST_AHEAD);
        var match = 1;
        while (match < coming.size() && !captures.matches(expected.text(), coming.get(match))) {
            match++;
        }
        if (match < coming.size()) {
            for (var i = 0; i < match; i++) {
                differs(line, connection, expected, quoted(connection.takeLine()));
            }
            connection.takeLine();
        } else if (coming.isEmpty()) {
            differs(line, connection, expected, nothing(connection));
        } else {
            differs(line, connection, expected, quoted(coming.getFirst()));
            if (!isExpectedLater(expected.connection(), coming.getFirst())) {
                connection.takeLine();
            }
        }
    }

    /** True when a later line of the same answer expects it. */
    private boolean isExpectedLater(int connection, String got) {
        var lines = transcript.lines();
        for (var i = position + 1; i < Math.min(lines.size(), position + MOST_AHEAD) && lines.get(i).entry()
                instanceof Entry.Server(var number, var text, var anyOrder) && number == connection; i++) {
            if (captures.fits(text, got)) {
                return true;
            }
        }
        return false;
    }

    private void expectInAnyOrder(List<Line> block) throws IOException {
        sendUnsent();
        server.settle();
        var connection = connection(((Entry.Server) block.getFirst().entry()).connection());
        var open = new ArrayList<>(block);
        var others = new ArrayList<String>();
        for (var count = 0; count < block.size(); count++) {
            var got = connection.takeLine();
            if (got != null) {
                var match = open.stream().filter(line -> captures.matches(text(line), got)).findFirst();
                match.ifPresentOrElse(open::remove, () -> others.add(quoted(got)));
            }
        }
        for (var i = 0; i < open.size(); i++) {
            differs(open.get(i), connection, (Entry.Server) open.get(i).entry(),
                    i < others.size() ? others.get(i) : nothing(connection));
        }
    }

    private static String text(Line line) {
        return ((Entry.Server) line.entry()).text();
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
        for (var each = watched.entrySet().iterator(); each.hasNext();) {
            var number = each.next();
            var connection = number.getValue();
            var left = connection.takeAll();
            check(line, connection.number(), left.isEmpty(), "no more from the server on connection "
                    + number.getKey(), quoted(left));
            check(line, connection.number(), !connection.isClosedByServer()
                    || expectedToBeClosed.contains(connection), "connection " + number.getKey() + " open",
                    "closed by the server");
            if (!connection.isOpen()) {
                expectedToBeClosed.remove(connection);
                each.remove();
            }
        }
    }

    private void deliver(Line line, Entry.Mail mail) {
        try {
            server.deliver(mail.user(), mail.folder(), octets(mail), mail.flags(), mail.date());
        } catch (IOException e) {
            told.accept(new Difference(line.number(), 0, "a mail", e.getMessage()));
        }
    }

    private byte[] octets(Entry.Mail mail) throws IOException {
        return switch (mail.source()) {
            case Source.Exact(var octets) -> octets.getBytes(StandardCharsets.ISO_8859_1);
            case Source.Subject(var text) -> ("From: sender@example.org\r\nTo: " + mail.user()
                    + "@example.org\r\nSubject: " + text + "\r\n\r\nThis is about " + text + ".\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            case Source.InFile(var name) -> files.read(name);
        };
    }

    private SocketlessConnection connection(int number) {
        var connection = connections.get(number);
        if (connection == null) {
            throw new IllegalArgumentException("connection " + number + " has not been opened");
        }
        return connection;
    }

    private static String nothing(SocketlessConnection connection) {
        return connection.hasUntaken() ? "no whole line: " + quoted(connection.untaken()) : NOTHING;
    }

    private static String quoted(String octets) {
        return '"' + Captures.readable(octets) + '"';
    }

    private void differs(Line line, SocketlessConnection connection, Entry.Server expected, String got) {
        told.accept(new Difference(line.number(), connection.number(), '"' + expected.text() + '"', got));
    }

    private void check(Line line, long session, boolean asExpected, String expected, String got) {
        if (!asExpected) {
            told.accept(new Difference(line.number(), session, expected, got));
        }
    }
}
