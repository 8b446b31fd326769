package dev.mailscope.server.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import javax.security.auth.x500.X500Principal;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Gate;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.mailbox.StorageException;
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

        /** The same, of octets in an array that is the caller's again afterwards. */
        default void write(byte[] octets, int offset, int length) throws IOException {
            write(Octets.of(Arrays.copyOfRange(octets, offset, offset + length)));
        }

        /** Sends what it kept. */
        void flush() throws IOException;

        /** Throws away what has come from the peer already and nobody has read; gives how many octets. */
        default int discardInput() throws IOException {
            return 0;
        }
    }

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionContext context;
    private final Session<I> session;
    private final Sink sink;
    private final Outgoing out;
    private final Stops stops;
    private final Share share = new Share();
    private final PutBack putBack = new PutBack();
    // True while nothing may be written, because the carrier is about to change what it writes through.
    private boolean silent = true;

    /** A conversation of that session, which was made with that context, to that sink. */
    public Conversation(SessionContext context, Session<I> session, Sink sink) {
        this(context, session, sink, Gate.OPEN);
    }

    /** The same, which is held, changed and broken as that gate says. */
    public Conversation(SessionContext context, Session<I> session, Sink sink, Gate gate) {
        this.context = context;
        this.session = session;
        this.sink = sink;
        this.out = new Outgoing(context, sink);
        this.stops = new Stops(context, gate, turn);
        context.wantedWhen(turn::hasQueuedThreads);
    }

    /** The session's number. */
    public long number() {
        return context.number();
    }

    /** What is to happen, on a thread of the carrier's choice, when the session wants to {@link #push}. */
    public void onWake(Runnable action) {
        context.onWake(action);
    }

    /** What is to happen, on the thread that was held, before a session goes on that has been held or delayed. */
    public void onResume(Runnable action) {
        stops.onResume(action);
    }

    /** True while the session is held or delayed, or a command takes long: the client's silence is not its own then. */
    public boolean isHeld() {
        return stops.isWaiting();
    }

    /** True when the session has been held or delayed within the last so many milliseconds. */
    public boolean wasHeldWithin(long millis) {
        return stops.waitedWithin(millis);
    }

    /** The client is gone: a session that is held does not wait any longer. */
    public void lost() {
        turn.lock();
        try {
            stops.end("the client has gone");
        } finally {
            turn.unlock();
        }
    }

    /** The carrier has thrown away so many octets that came too early for the layer that begins now. */
    public void threwAway(int octets) {
        turn.lock();
        try {
            remarkThrownAway(octets);
        } finally {
            turn.unlock();
        }
    }

    /** The client has connected: says so in the trace. What follows is {@link #greet} or {@link #refuse}. */
    public void connected(String peer, String local) {
        turn.lock();
        try {
            context.trace().awaitRoom();
            context.connectedFrom(peer.substring(0, Math.max(0, peer.lastIndexOf(':'))));
            context.causedBy(context.record(0, new What.Connected(peer, local)), "");
        } finally {
            turn.unlock();
        }
    }

    /** Greets the client. */
    public Step.After greet() throws IOException {
        return begin(null);
    }

    /** Tells the client why it is not greeted. The carrier then closes the connection. */
    public Step.After refuse(Session.Farewell why) throws IOException {
        return begin(why);
    }

    /** Takes octets from the client and answers every command that is whole. */
    public Step.After receive(byte[] octets, int offset, int length) throws IOException {
        turn.lock();
        try {
            stops.awaitTurn();
            session.feed(octets, offset, length);
            for (var incoming = next(); incoming != null; incoming = next()) {
                share.look();
                context.trace().awaitRoom();
                var after = carryOut(incoming);
                if (after != Step.After.CONTINUE) {
                    out.flush();
                    silent = after != Step.After.CLOSE;
                    return after;
                }
            }
            out.flush();
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
            if (silent || stops.postponesPush()) {
                return Step.After.CONTINUE;
            }
            var after = finish(unlessStoreFails(session::push), true);
            silent = after == Step.After.CUT;
            return after;
        } finally {
            turn.unlock();
        }
    }

    /** Says the last words of a session that the server ends. The carrier then closes the connection. */
    public void end(Session.Farewell why) throws IOException {
        turn.lock();
        try {
            stops.end(why == Session.Farewell.SHUTDOWN ? "the server stops" : "the session ends");
            if (!closed.get() && !silent && !stops.isAmidAnswer()) {
                context.causedBy(0, "");
                finish(session.farewell(why), false);
            }
        } finally {
            turn.unlock();
        }
    }

    /** True when somebody has logged in. */
    public boolean isLoggedIn() {
        return session.isLoggedIn();
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
            stops.end("the connection has gone");
            stops.closed();
            context.causedBy(0, "");
            try {
                recordUnfinished();
            } finally {
                giveBack(reason);
            }
        } finally {
            turn.unlock();
        }
    }

    private void recordUnfinished() {
        putBack.rest().ifPresent(later -> session.feed(later, 0, later.length));
        try {
            var rest = session.unfinished();
            if (rest.size() > 0) {
                context.causedBy(context.record(0, new What.Received(rest)), "");
            }
        } catch (UncheckedIOException e) {
            context.record(new What.Remark("what came last, and was not whole, cannot be read any more: "
                    + e.getCause().getMessage()));
        }
    }

    /** Whatever else fails: what the session has of the server's is the others' again, and the trace has its end. */
    private void giveBack(String reason) {
        try {
            session.closed();
        } finally {
            context.leave();
            context.record(new What.Closed(reason));
        }
    }

    private Step.After begin(Session.Farewell refused) throws IOException {
        turn.lock();
        try {
            silent = false;
            var after = refused == null ? finish(session.greet(), true)
                    : finish(session.farewell(refused), false);
            silent = after == Step.After.CUT;
            return after;
        } finally {
            turn.unlock();
        }
    }

    /** Whoever put it there: it was not protected by the layer that begins now, and must not pass for what was. */
    private void discardInput() throws IOException {
        remarkThrownAway(session.discardInput() + putBack.rest().map(later -> later.length).orElse(0)
                + sink.discardInput());
    }

    private void remarkThrownAway(int octets) {
        if (octets > 0) {
            context.record(new What.Remark(octets + " octets that came with this command, and too early, were thrown"
                    + " away unread"));
        }
    }

    /** What the client, or whoever put octets in the place of its own, sends next; null when there is nothing. */
    private I next() {
        if (stops.isOver()) {
            return null;
        }
        var incoming = session.next();
        var later = incoming == null ? putBack.rest() : Optional.<byte[]>empty();
        if (later.isPresent()) {
            putBack.ended(session.unfinished().size() > 0);
            session.feed(later.get(), 0, later.get().length);
            incoming = session.next();
        }
        return incoming;
    }

    private Step.After carryOut(I incoming) throws IOException {
        var step = answer(incoming);
        var delay = context.takeDelay();
        if (!delay.isZero()) {
            out.flush();
            if (!stops.delay(delay)) {
                return Step.After.CONTINUE;
            }
        }
        if (step.after().startsLayer()) {
            discardInput();
        }
        var after = send(step, incoming);
        if (step.finished()) {
            return after;
        }
        stops.working();
        try {
            while (!step.finished() && after == Step.After.CONTINUE) {
                out.flush();
                if (!stops.giveWay()) {
                    return Step.After.CONTINUE;
                }
                context.trace().awaitRoom();
                step = attempt(incoming, session::proceed);
                after = send(step, incoming);
            }
            return after;
        } finally {
            stops.worked();
        }
    }

    private Step answer(I incoming) throws IOException {
        var exempt = putBack.takes();
        context.causedBy(exempt.isPresent() ? putBack.cause() : 0, incoming.command());
        var received = context.record(exempt.isPresent() ? new What.Replaced(incoming.octets(), false)
                : new What.Received(incoming.octets()));
        context.causedBy(received, incoming.command());
        var stopped = exempt.isPresent() ? null : stop(Stop.BEFORE_PARSING, incoming, received);
        if (stopped != null) {
            return stopped;
        }
        if (incoming.complete()) {
            var problem = incoming.problem();
            var understood = context.record(problem == null ? new What.Command(incoming.tag())
                    : new What.Rejected(incoming.tag(), problem, incoming.offset()));
            context.causedBy(understood, incoming.command());
            if (problem == null && exempt.filter(Stop.BEFORE_EXECUTION::equals).isEmpty()) {
                stopped = stop(Stop.BEFORE_EXECUTION, incoming, understood);
                if (stopped != null) {
                    return stopped;
                }
            }
        }
        return attempt(incoming, () -> session.handle(incoming));
    }

    private Step attempt(I incoming, Supplier<Step> work) {
        try {
            return unlessStoreFails(work);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "session " + context.number() + " failed at " + incoming.command(), e);
            return session.failed(incoming);
        }
    }

    /** The step where something else than handling it is decided on what the client sent; null when it passes. */
    private Step stop(Stop stop, I incoming, long cause) throws IOException {
        var original = stops.concern(stop) ? session.original() : null;
        if (original == null) {
            return null;
        }
        out.flush();
        var tag = stop == Stop.BEFORE_PARSING ? "" : incoming.tag();
        var decision = stops.at(stop, incoming.command(), tag, incoming.octets(), Octets.of(original), cause);
        return switch (decision) {
            case null -> Step.nothing();
            case Decision.GoOn g -> null;
            case Decision.Replace(var octets) -> {
                var bytes = octets.toBytes();
                putBack.begins(stop, stops.event(), session.takeBack());
                session.feed(bytes, 0, bytes.length);
                yield Step.nothing();
            }
            case Decision.Drop d -> {
                session.drop();
                yield Step.nothing();
            }
            case Decision.Answer(var text) -> {
                context.causedBy(stops.event(), incoming.command());
                yield session.refuse(incoming, text);
            }
            case Decision.Cut c -> Step.nothing().then(Step.After.CUT);
            case Decision.Delay d -> throw new IllegalStateException("a delay has passed: " + d);
            case Decision.Split s -> throw new IllegalStateException("what the client sent cannot be: " + s.words());
            case Decision.Trickle t -> throw new IllegalStateException("what the client sent cannot be: " + t.words());
        };
    }

    private Step.After finish(Step step, boolean stoppable) throws IOException {
        var after = stoppable ? send(step, null) : out.write(step);
        out.flush();
        return after;
    }

    /** The step, once all that it may tell of is kept for good; or the farewell where that fails. */
    private Step kept(Step step) {
        return unlessStoreFails(() -> {
            context.store().awaitKept();
            return step;
        });
    }

    private Step unlessStoreFails(Supplier<Step> work) {
        try {
            return work.get();
        } catch (StorageException e) {
            context.record(new What.Remark(e.getMessage()));
            return session.farewell(Session.Farewell.STORE_FAILED);
        }
    }

    /** Sends what a step answers, unless something else is decided on it. No incoming: what nobody asked for. */
    private Step.After send(Step answer, I incoming) throws IOException {
        var step = kept(answer);
        if (!stops.concern(Stop.BEFORE_SENDING) || !step.responses().hasNext()) {
            return out.write(step);
        }
        out.flush();
        var made = out.make(step);
        var command = context.cause().command();
        var tag = incoming == null ? "" : incoming.tag();
        var decision = stops.at(Stop.BEFORE_SENDING, command, tag, made.shown(), made.octets(), made.last());
        return switch (decision) {
            case null -> Step.After.CONTINUE;
            case Decision.GoOn g -> {
                out.write(made, made.octets());
                yield step.after();
            }
            case Decision.Replace(var octets) -> {
                var event = context.record(stops.event(), new What.Replaced(
                        step.secret() ? new Octets.Builder().hidden(octets.size()).toOctets() : octets, true));
                out.write(octets, event);
                yield step.after();
            }
            case Decision.Drop d -> step.after();
            case Decision.Answer(var text) -> {
                context.causedBy(stops.event(), command);
                out.write(session.refuse(incoming, text));
                yield step.after().startsLayer() ? Step.After.CONTINUE : step.after();
            }
            case Decision.Cut(var after) -> {
                out.write(made, Answer.part(made.octets(), 0, after));
                yield Step.After.CUT;
            }
            case Decision.Split split -> {
                var at = made.splitAt(split.at());
                yield sendInPieces(made, at, made.octets().size() - at, split.pause()) ? step.after()
                        : Step.After.CONTINUE;
            }
            case Decision.Trickle(var size, var pause) ->
                sendInPieces(made, size, size, pause) ? step.after() : Step.After.CONTINUE;
            case Decision.Delay d -> throw new IllegalStateException("a delay has passed: " + d);
        };
    }

    /** A first piece, and then others of that size, with a pause before each. False: the session was ended in one. */
    private boolean sendInPieces(Answer made, int first, int each, Duration pause) throws IOException {
        var all = made.octets();
        out.write(made, Answer.part(all, 0, first));
        for (var at = first; at < all.size(); at += each) {
            out.flush();
            if (!stops.pauseAmidAnswer(pause)) {
                return false;
            }
            // Two numbers as large as they can be are not larger together.
            out.write(made, Answer.part(all, at, (int) Math.min((long) at + each, all.size())));
        }
        return true;
    }
}
