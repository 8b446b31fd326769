package dev.mailscope.ui.session;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;

/**
 * A client's session over a real socket: connects, reads and writes on virtual threads of its own. Every method returns
 * at once and may be called on any thread. What there is to show waits, bounded, until {@link #drain} takes it.
 */
final class ConsoleSession {
    /** How the session is doing. */
    enum State {
        /** The connection is being made. */
        CONNECTING,
        /** Commands can be sent. */
        OPEN,
        /** There was no connection, for there is no server, or it cannot be reached. */
        REFUSED,
        /** The connection is over. */
        ENDED
    }

    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_SIZE = 8_192;
    private static final int MOST_WAITING = 2_000;
    private static final Set<String> UPGRADES = Set.of("STARTTLS", "STLS");

    private final Protocol protocol;
    private final InetSocketAddress address;
    private final boolean hasTrace;
    private final boolean tls;
    private final Predicate<X509Certificate> own;
    private final Runnable news;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Deque<TranscriptLine> lines = new ArrayDeque<>();
    private final Sender sender = new Sender();
    private final CommandLine commandLine;
    private final InferredPhase inferred;
    private final Deque<String> afterwards = new ArrayDeque<>();
    private ReplyReader reader;
    private byte[] literalReady;
    private boolean cut;
    private boolean upgradeGranted;
    private volatile String tracedPhase = "";
    private volatile State state = State.CONNECTING;
    private volatile Socket socket;
    private volatile boolean secure;
    private volatile String local = "";

    /**
     * A session with that server, not connected yet.
     *
     * @param hasTrace true when the server's trace can be seen here, and so the session's phase
     * @param tls      true when TLS begins with the connection
     * @param own      tells whether a certificate is that of the workbench's own server
     * @param news     called, on any thread, when there is something to {@link #drain} or the state has changed
     */
    ConsoleSession(Protocol protocol, InetSocketAddress address, boolean hasTrace, boolean tls,
            Predicate<X509Certificate> own, Runnable news) {
        this.protocol = protocol;
        this.address = address;
        this.hasTrace = hasTrace;
        this.tls = tls;
        this.own = own;
        this.news = news;
        this.commandLine = new CommandLine(protocol);
        this.inferred = new InferredPhase(protocol);
    }

    /** Connects. */
    void open() {
        Thread.ofVirtual().name("mailscope-console-" + protocol.traceName()).start(this::run);
    }

    Protocol protocol() {
        return protocol;
    }

    /** The server's address; not resolved yet when it was given by name. */
    InetSocketAddress address() {
        return address;
    }

    State state() {
        return state;
    }

    /** True when its octets travel within TLS. */
    boolean isSecure() {
        return secure;
    }

    /** True when the server's trace says which phase the session is in; otherwise the phase is inferred. */
    boolean hasTrace() {
        return hasTrace;
    }

    /** The address and port it speaks from, as the trace writes it; empty before it is connected. */
    String local() {
        return local;
    }

    /** The phase: as the trace has told last, or as the server's replies give it away. */
    String phase() {
        return tracedPhase.isEmpty() ? inferred.phase() : tracedPhase;
    }

    /** True when the phase is a conclusion from the server's replies, because no trace tells it. */
    boolean isPhaseInferred() {
        return !hasTrace || tracedPhase.isEmpty() && state == State.ENDED;
    }

    /** The trace says the session is in that phase. */
    void traced(String phase) {
        tracedPhase = phase;
    }

    /** What has come since, in order. */
    List<TranscriptLine> drain() {
        lock.lock();
        try {
            var taken = new ArrayList<>(lines);
            lines.clear();
            drained.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a line; gives what became of it. Nothing is sent unless the session is open. */
    CommandLine.Typed send(String line) {
        lock.lock();
        try {
            return sendLocked(line);
        } finally {
            lock.unlock();
        }
    }

    /** Sends these commands one after the other, each when the one before is answered with OK. */
    void sendInTurn(List<String> commands) {
        lock.lock();
        try {
            afterwards.clear();
            afterwards.addAll(commands);
            sendNext();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a command whose last argument is a literal, and the literal as soon as the server asks for it. */
    CommandLine.Typed sendWithLiteral(String command, byte[] literal) {
        lock.lock();
        try {
            literalReady = literal;
            return sendLocked(command.stripTrailing() + " {" + literal.length + "}");
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection without a word, as when a cable is pulled; the transcript says it in those words. */
    void cutTheLine(String note) {
        lock.lock();
        try {
            if (state == State.OPEN && !cut) {
                lines.add(TranscriptLine.note(note));
            }
            cut = true;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        var open = socket;
        if (open != null) {
            Thread.ofVirtual().name("mailscope-console-cut").start(() -> close(open));
        }
    }

    /** What the next line will be; a snapshot for the prompt. */
    Prompt prompt(String draft) {
        lock.lock();
        try {
            return new Prompt(commandLine.tagFor(draft), commandLine.isOpen(), commandLine.isAsked(),
                    commandLine.literalLeft(), commandLine.secretFrom(draft, phase()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * What stands before the command line.
     *
     * @param tag         the tag the draft will be sent with, or an empty text
     * @param rest        true when the line is the rest of a command
     * @param asked       true when the server has asked for it
     * @param literalLeft the octets of a literal that are still to come
     * @param secretFrom  from where on the draft must not be readable
     */
    record Prompt(String tag, boolean rest, boolean asked, long literalLeft, int secretFrom) {
    }

    private CommandLine.Typed sendLocked(String line) {
        var upgrade = !commandLine.isOpen();
        var typed = commandLine.type(line, phase());
        upgrade &= UPGRADES.contains(typed.verb());
        if (state == State.OPEN) {
            lines.add(TranscriptLine.client(typed.shown()));
            var octets = (typed.sent() + "\r\n").getBytes(StandardCharsets.UTF_8);
            if (upgrade) {
                sender.sendUpgrade(octets);
            } else {
                sender.send(octets);
            }
            news.run();
        }
        return typed;
    }

    private void sendNext() {
        if (!afterwards.isEmpty() && commandLine.isAnswered()) {
            sendLocked(afterwards.poll());
        }
    }

    private void run() {
        try (var connection = new Socket()) {
            socket = connection;
            // Resolved here: looking a name up may take its time.
            connection.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            connection.setTcpNoDelay(true);
            local = connection.getLocalAddress().getHostAddress() + ':' + connection.getLocalPort();
            var wire = new Wire(connection, address, own);
            var note = NLS.bind(Messages.ConsoleSession_connected, where());
            if (tls) {
                note += ' ' + wire.startTls();
                secure = true;
            }
            enter(State.OPEN, note);
            Thread.ofVirtual().name("mailscope-console-writer").start(() -> write(wire));
            read(wire);
            enter(State.ENDED, Messages.ConsoleSession_closedByServer);
        } catch (IOException e) {
            if (state == State.CONNECTING) {
                enter(State.REFUSED, refusal(e));
            } else {
                enter(State.ENDED, NLS.bind(Messages.ConsoleSession_lost, e.getMessage()));
            }
        } finally {
            sender.end();
        }
    }

    private void read(Wire wire) throws IOException {
        reader = new ReplyReader(protocol, lines::add, this::replied, commandLine::expectsLines, hasTrace);
        var buffer = new byte[READ_SIZE];
        for (var count = wire.in().read(buffer); count >= 0; count = wire.in().read(buffer)) {
            take(buffer, count);
            if (upgradeGranted) {
                upgrade(wire);
            }
            news.run();
        }
        lock.lock();
        try {
            reader.end();
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] octets, int count) {
        lock.lock();
        try {
            var taken = reader.feed(octets, count);
            if (taken < count) {
                // RFC 9051 section 6.2.1: whoever sits on the line may have put them there.
                lines.add(TranscriptLine.note(Counted.text(Messages.ConsoleSession_thrownAway, count - taken)));
            }
            while (lines.size() >= MOST_WAITING && !cut) {
                news.run();
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The server has said OK to STARTTLS or STLS: TLS begins, and what was typed meanwhile goes through it. */
    private void upgrade(Wire wire) throws IOException {
        var note = wire.startTls();
        lock.lock();
        try {
            secure = true;
            upgradeGranted = false;
            lines.add(TranscriptLine.note(note));
            sender.upgradeOver();
        } finally {
            lock.unlock();
        }
    }

    private void write(Wire wire) {
        try {
            sender.write(wire);
        } catch (IOException e) {
            // Reading fails, too, and says what has happened.
            close(socket);
        }
    }

    private void replied(Reply reply) {
        var verb = commandLine.replied(reply);
        inferred.replied(reply, verb);
        if (UPGRADES.contains(verb)) {
            upgradeGranted = reply.isOk();
            if (upgradeGranted) {
                reader.pause();
            } else {
                sender.upgradeOver();
            }
        }
        if (reply.isContinuation() && literalReady != null) {
            sendLiteral(literalReady);
            literalReady = null;
        } else if (!reply.isContinuation() && !reply.isUntagged()) {
            literalReady = null;
            if (reply.isOk()) {
                sendNext();
            } else {
                afterwards.clear();
            }
        }
    }

    private void sendLiteral(byte[] octets) {
        for (var line : commandLine.literalSent(octets, ReplyReader.BODY_LIMIT)) {
            lines.add(TranscriptLine.client(line));
        }
        sender.send(octets);
        sender.send("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void enter(State next, String note) {
        lock.lock();
        try {
            state = cut ? State.ENDED : next;
            if (!cut) {
                lines.add(TranscriptLine.note(note));
            }
        } finally {
            lock.unlock();
        }
        news.run();
    }

    private String where() {
        return address.getHostString() + ':' + address.getPort();
    }

    private String refusal(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> NLS.bind(Messages.ConsoleSession_unknownHost, address.getHostString());
            case SocketTimeoutException timeout -> NLS.bind(Messages.ConsoleSession_noAnswer, where());
            case NoRouteToHostException unreachable -> NLS.bind(Messages.ConsoleSession_noAnswer, where());
            case ConnectException refused -> NLS.bind(Messages.ConsoleSession_refused, where());
            case SSLException tls -> NLS.bind(Messages.ConsoleSession_noTls, where(), e.getMessage());
            default -> NLS.bind(Messages.ConsoleSession_notConnected, where(), e.getMessage());
        };
    }

    private void close(Socket open) {
        try {
            open.close();
        } catch (IOException e) {
            Mailscope.log("A console's connection could not be closed", e);
        }
    }
}
