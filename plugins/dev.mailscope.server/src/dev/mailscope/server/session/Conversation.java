package dev.mailscope.server.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

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

    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionContext context;
    private final Session<I> session;
    private final Sink sink;
    private long firstResponse;
    private long lastResponse;
    private long unflushed;

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

    /** The client has connected: says so in the trace and greets it. */
    public Step.After open(String peer, String local) throws IOException {
        return begin(peer, local, false);
    }

    /** The client has connected and is one too many: tells it so. The carrier then closes the connection. */
    public Step.After refuse(String peer, String local) throws IOException {
        return begin(peer, local, true);
    }

    /** Takes octets from the client and answers every command that is whole. */
    public Step.After receive(byte[] octets, int offset, int length) throws IOException {
        turn.lock();
        try {
            session.feed(octets, offset, length);
            for (var incoming = session.next(); incoming != null; incoming = session.next()) {
                context.trace().awaitRoom();
                var after = send(answer(incoming));
                if (after != Step.After.CONTINUE) {
                    flush();
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
            return closed.get() ? Step.After.CLOSE : finish(session.push());
        } finally {
            turn.unlock();
        }
    }

    /** Says the last words of a session that the server ends. The carrier then closes the connection. */
    public void end(Session.Farewell why) throws IOException {
        turn.lock();
        try {
            if (!closed.get()) {
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

    /** Throws away what came before TLS started; gives the number of octets. */
    public int discardInput() {
        return session.discardInput();
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

    private Step.After begin(String peer, String local, boolean refused) throws IOException {
        turn.lock();
        try {
            context.trace().awaitRoom();
            context.causedBy(context.record(0, new What.Connected(peer, local)), "");
            return finish(refused ? session.farewell(Session.Farewell.TOO_MANY_CONNECTIONS) : session.greet());
        } finally {
            turn.unlock();
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
            lastResponse = context.record(new What.Response(octets));
            if (firstResponse == 0) {
                firstResponse = lastResponse;
            }
            unflushed += octets.size();
            sink.write(octets);
        }
        return step.after();
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
