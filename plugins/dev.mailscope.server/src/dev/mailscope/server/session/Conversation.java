package dev.mailscope.server.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import javax.security.auth.x500.X500Principal;

import dev.mailscope.server.sasl.SaslCircumstances;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/**
 * Drives one session: octets in, octets out, every event into the trace. Knows neither protocols nor sockets; a
 * connection or a test carries its octets. One thread receives; any thread may {@link #push} or {@link #end}: they take
 * turns, so that two answers never mix on the wire.
 *
 * @param <I> what the session makes of the octets
 */
public final class Conversation<I extends Incoming> {
    /** Where the answers go. */
    public interface Sink {
        /** Takes octets in order; may keep them until {@link #flush}. */
        void write(Octets octets) throws IOException;

        /** Sends what it kept. */
        void flush() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final String CHALLENGE = "+ ";
    private static final String LINE_END = "\r\n";

    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionContext context;
    private final Session<I> session;
    private final Sink sink;
    private long firstResponse;
    private long lastResponse;
    private long unflushed;
    // True while nothing may be written, because the carrier is about to change what it writes through.
    private boolean silent = true;

    /** A conversation of that session, which was made with that context, to that sink. */
    public Conversation(SessionContext context, Session<I> session, Sink sink) {
        this.context = context;
        this.session = session;
        this.sink = sink;
    }

    /** The session's number. */
    public long number() {
        return context.number();
    }

    /** What is to happen, on a thread of the carrier's choice, when the session wants to {@link #push}. */
    public void onWake(Runnable action) {
        context.onWake(action);
    }

    /** The client has connected: says so in the trace. What follows is {@link #greet} or {@link #refuse}. */
    public void connected(String peer, String local) {
        turn.lock();
        try {
            context.trace().awaitRoom();
            context.causedBy(context.record(0, new What.Connected(peer, local)), "");
        } finally {
            turn.unlock();
        }
    }

    /** Greets the client. */
    public Step.After greet() throws IOException {
        return begin(false);
    }

    /** Tells the client that it is one too many. The carrier then closes the connection. */
    public Step.After refuse() throws IOException {
        return begin(true);
    }

    /** Takes octets from the client and answers every command that is whole. */
    public Step.After receive(byte[] octets, int offset, int length) throws IOException {
        turn.lock();
        try {
            session.feed(octets, offset, length);
            for (var incoming = session.next(); incoming != null; incoming = session.next()) {
                context.trace().awaitRoom();
                var step = answer(incoming);
                if (step.after().startsLayer()) {
                    discardInput();
                }
                var after = send(step);
                if (after != Step.After.CONTINUE) {
                    flush();
                    silent = after.startsLayer();
                    return after;
                }
            }
            flush();
            return Step.After.CONTINUE;
        } finally {
            turn.unlock();
        }
    }

    /** Tells the client what the session wants it to know unasked. */
    public Step.After push() throws IOException {
        turn.lock();
        try {
            if (closed.get()) {
                return Step.After.CLOSE;
            }
            return silent ? Step.After.CONTINUE : finish(session.push());
        } finally {
            turn.unlock();
        }
    }

    /** Says the last words of a session that the server ends. The carrier then closes the connection. */
    public void end(Session.Farewell why) throws IOException {
        turn.lock();
        try {
            if (!closed.get() && !silent) {
                context.causedBy(0, "");
                finish(session.farewell(why));
            }
        } finally {
            turn.unlock();
        }
    }

    /** How long the carrier waits for the client's next octets, in milliseconds. */
    public long patienceMillis() {
        return session.patience().toMillis();
    }

    /**
     * TLS has begun on the connection: says so in the trace, and the session goes on.
     *
     * @param protocol          the version, such as TLSv1.3
     * @param cipher            the cipher suite by its standard name
     * @param endPoint          the channel binding {@code tls-server-end-point}, null for none
     * @param clientCertificate the subject of the trusted certificate the client showed, null for none
     */
    public void tlsStarted(String protocol, String cipher, byte[] endPoint, X500Principal clientCertificate) {
        turn.lock();
        try {
            context.record(new What.TlsStarted(protocol, cipher,
                    clientCertificate == null ? "" : clientCertificate.getName()));
            context.tlsStarted(SaslCircumstances.withTls(endPoint, clientCertificate));
            silent = false;
        } finally {
            turn.unlock();
        }
    }

    /** What passes is compressed from now on: says so in the trace, and the session goes on. */
    public void compressionStarted() {
        turn.lock();
        try {
            context.record(new What.CompressionStarted("DEFLATE"));
            context.compressionStarted();
            silent = false;
            // Who wanted to push meanwhile had to be silent.
            context.wake();
        } finally {
            turn.unlock();
        }
    }

    /** The connection is gone, for that reason. Does nothing the second time. */
    public void closed(String reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        turn.lock();
        try {
            context.onWake(() -> { });
            context.causedBy(0, "");
            var rest = session.unfinished();
            if (rest.size() > 0) {
                context.causedBy(context.record(0, new What.Received(rest)), "");
            }
            session.closed();
            context.record(new What.Closed(reason));
        } finally {
            turn.unlock();
        }
    }

    private Step.After begin(boolean refused) throws IOException {
        turn.lock();
        try {
            silent = false;
            return finish(refused ? session.farewell(Session.Farewell.TOO_MANY_CONNECTIONS) : session.greet());
        } finally {
            turn.unlock();
        }
    }

    /** Whoever put it there: it was not protected by the layer that begins now, and must not pass for what was. */
    private void discardInput() {
        var octets = session.discardInput();
        if (octets > 0) {
            context.record(new What.Remark(octets + " octets that came with this command, and too early, were thrown"
                    + " away unread"));
        }
    }

    private Step answer(I incoming) {
        context.causedBy(0, incoming.command());
        var received = context.record(new What.Received(incoming.octets()));
        context.causedBy(received, incoming.command());
        if (incoming.complete()) {
            var problem = incoming.problem();
            var understood = context.record(problem == null ? new What.Command(incoming.tag())
                    : new What.Rejected(incoming.tag(), problem, incoming.offset()));
            context.causedBy(understood, incoming.command());
        }
        try {
            return session.handle(incoming);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "session " + context.number() + " failed at " + incoming.command(), e);
            return session.failed(incoming);
        }
    }

    private Step.After finish(Step step) throws IOException {
        var after = send(step);
        flush();
        return after;
    }

    private Step.After send(Step step) throws IOException {
        var responses = step.responses();
        while (responses.hasNext()) {
            var octets = responses.next();
            lastResponse = context.record(new What.Response(step.secret() ? hidden(octets) : octets));
            if (firstResponse == 0) {
                firstResponse = lastResponse;
            }
            unflushed += octets.size();
            sink.write(octets);
        }
        return step.after();
    }

    // continue-req = "+" SP [base64] CRLF
    private static Octets hidden(Octets challenge) {
        var secret = Math.max(0, challenge.size() - CHALLENGE.length() - LINE_END.length());
        return secret == 0 ? challenge
                : new Octets.Builder().text(CHALLENGE).hidden(secret).text(LINE_END).toOctets();
    }

    private void flush() throws IOException {
        if (firstResponse == 0) {
            return;
        }
        sink.flush();
        context.record(new What.Sent(unflushed, firstResponse, lastResponse));
        firstResponse = 0;
        unflushed = 0;
    }
}
