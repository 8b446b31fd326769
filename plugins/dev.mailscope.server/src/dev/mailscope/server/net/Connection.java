package dev.mailscope.server.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipException;

import dev.mailscope.server.mailbox.Memory;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.tls.ServerTls;
import dev.mailscope.server.trace.Octets;

/** Carries the octets of one conversation over one connection, on one virtual thread. */
final class Connection implements Conversation.Sink {
    // A client that has only said little has only that buffer: thousands may idle.
    private static final int FIRST_READ = 1_024;
    private static final int MOST_READ = 16_384;
    private static final int DRAINED = 8_192;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int MOST_PAUSES = 200;
    // A client that sends more than so much before the answer to STARTTLS gets no TLS.
    private static final int MOST_EARLY = 65_536;
    private static final int PROBE_MILLIS = 1;
    private static final String CUT = "the line was cut on purpose";
    private static final int GREETING_MILLIS = 1_000;
    private static final int DRAIN_MILLIS = 500;
    private static final int DRAIN_OCTETS = 1 << 20;

    private static final AtomicLong CLOCK = new AtomicLong();

    private final Socket socket;
    private final long begun = CLOCK.incrementAndGet();
    private final ListenerTls tls;
    private final Memory memory;
    private final AtomicBoolean pushing = new AtomicBoolean();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock probing = new ReentrantLock();
    private final Ahead ahead = new Ahead();
    // Until then there is nobody who could say farewell.
    private final CountDownLatch greeted = new CountDownLatch(1);
    private final Unread unread = new Unread(this::out);
    private volatile Wire wire;
    private volatile Conversation<?> conversation;
    // When the wait for the client's octets began, by nanoTime, and how long it may last; 0 while there is none. The
    // listener watches it: a time limit of the socket's would cost a timer for every read.
    private volatile long waitingSince;
    private volatile long patience;
    private volatile String ending;

    /** A connection over that socket; without TLS when that is null. */
    Connection(Socket socket, ListenerTls tls, Memory memory) {
        this.socket = socket;
        this.memory = memory;
        this.tls = tls;
    }

    /** When it began, on a clock of its own: the longest ago is the smallest. */
    long begun() {
        return begun;
    }

    /** True when its client has logged in. */
    boolean isLoggedIn() {
        var talk = conversation;
        return talk != null && talk.isLoggedIn();
    }

    /** Talks until one side ends it; says only that it is refused, and why, unless that is null. */
    void run(Conversation<?> talk, Session.Farewell refused) {
        conversation = talk;
        var reason = "the server failed";
        try {
            socket.setTcpNoDelay(true);
            wire = new Wire(socket);
            reason = converse(refused);
        } catch (NoTls e) {
            reason = ending != null ? ending : e.getMessage();
        } catch (ZipException e) {
            reason = sayFarewell(Session.Farewell.NOT_COMPRESSED,
                    "what the client sent is not compressed as RFC 1951 says: " + e.getMessage());
        } catch (IOException e) {
            reason = ending != null ? ending : "connection lost: " + e.getMessage();
        } finally {
            greeted.countDown();
            close();
            try {
                conversation.closed(reason);
            } finally {
                if (wire != null) {
                    wire.release();
                }
            }
        }
    }

    private String converse(Session.Farewell refused) throws IOException {
        conversation.onWake(this::pushSoon);
        conversation.onResume(this::awaitProbe);
        conversation.connected(text(socket.getRemoteSocketAddress()), text(socket.getLocalSocketAddress()));
        if (tls != null && tls.atOnce()) {
            startTls();
        }
        if (refused != null) {
            conversation.refuse(refused);
            drain();
            return refused == Session.Farewell.TOO_FAST ? "too many connections of this address within a minute"
                    : "too many connections";
        }
        var after = conversation.greet();
        greeted.countDown();
        var buffer = new byte[FIRST_READ];
        while (after != Step.After.CLOSE) {
            switch (after) {
                case START_TLS -> startTls();
                case START_DEFLATE -> {
                    discardAhead();
                    wire.startDeflate();
                    conversation.compressionStarted();
                }
                case CUT -> {
                    return CUT;
                }
                case CONTINUE, CLOSE -> {
                    // the wire stays as it is
                }
            }
            var count = read(buffer);
            if (count < 0) {
                return ending != null ? ending : "client closed the connection";
            }
            after = conversation.receive(buffer, 0, count);
            if (count == buffer.length && count < MOST_READ) {
                buffer = new byte[4 * count];
            }
        }
        drain();
        return "server closed the connection";
    }

    /** What the client sends next; -1 when it has ended. */
    private int read(byte[] buffer) throws IOException {
        reading.lock();
        try {
            if (ahead.size() > 0) {
                return ahead.take(buffer);
            }
            wire.readTimeout(0);
            patience = conversation.patienceMillis();
            waitingSince = System.nanoTime() | 1;
            return wire.read(buffer);
        } finally {
            waitingSince = 0;
            reading.unlock();
        }
    }

    /**
     * Finds out whether the client of a held session is still there, which only reading tells: what comes is kept for
     * later. Called now and then, by a thread of the listener's.
     */
    void lookAfterHeld() {
        var talk = conversation;
        if (talk == null || !talk.isHeld()) {
            return;
        }
        var gone = false;
        probing.lock();
        try {
            gone = talk.isHeld() && reading.tryLock() && isGone();
        } finally {
            if (reading.isHeldByCurrentThread()) {
                reading.unlock();
            }
            probing.unlock();
        }
        if (gone) {
            talk.lost();
        }
    }

    private boolean isGone() {
        try {
            wire.readTimeout(PROBE_MILLIS);
            while (ahead.hasRoom()) {
                if (!ahead.readFrom(wire)) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false; // it is there, and silent
        } catch (IOException e) {
            return true; // the session's own thread finds out why
        }
    }

    /** Waits for a look after the client that is under way, so that it reads nothing that belongs to what follows. */
    private void awaitProbe() {
        probing.lock();
        probing.unlock();
    }

    private void discardAhead() {
        conversation.threwAway(ahead.discard());
    }

    private void startTls() throws NoTls {
        try {
            var with = tls.source().get();
            var session = wire.startTls(with).getSession();
            discardAhead();
            conversation.tlsStarted(session.getProtocol(), session.getCipherSuite(),
                    with.certificate().endPoint().orElse(null), ServerTls.clientCertificate(session).orElse(null));
        } catch (IOException e) {
            throw new NoTls(e);
        }
    }

    private String sayFarewell(Session.Farewell why, String reason) {
        try {
            conversation.end(why);
            endOutput();
            return reason;
        } catch (IOException e) {
            return reason + ", and is gone: " + e.getMessage();
        }
    }

    /** Ends the session from outside, with its last words when the client takes them in time. */
    void end(Session.Farewell why) {
        var because = switch (why) {
            case SHUTDOWN -> "server stopped";
            case TIMEOUT -> "client was silent for too long";
            default -> "made room for another client";
        };
        ending = because;
        try {
            greeted.await(GREETING_MILLIS, TimeUnit.MILLISECONDS);
            if (conversation != null && wire != null) {
                conversation.end(why);
                endOutput();
            }
        } catch (IOException e) {
            ending = because + ", and the client is gone: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Closes the socket of a peer that does not take what it asked for: a blocked write ends no other way. */
    void closeIfStuck(long now, Duration patience, String reason) {
        if (unread.isLongerThan(patience, now) && !socket.isClosed()) {
            ending = reason;
            close();
        }
    }

    /** Ends the session of a client that has sent nothing for too long; not while the session is held. */
    void endIfSilent(long now) {
        var since = waitingSince;
        var limit = patience;
        if (since != 0 && now - since > TimeUnit.MILLISECONDS.toNanos(limit) && ending == null
                && !conversation.isHeld() && !conversation.wasHeldWithin(limit)) {
            ending = "client was silent for too long";
            Thread.ofVirtual().name("mailscope-silence-" + conversation.number())
                    .start(() -> end(Session.Farewell.TIMEOUT));
        }
    }

    @Override
    public void write(Octets octets) throws IOException {
        octets.writeTo(unread);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        unread.write(octets, offset, length);
    }

    @Override
    public int discardInput() throws IOException {
        reading.lock();
        try {
            return wire.discard(MOST_EARLY);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        unread.flush();
    }

    private OutputStream out() {
        return wire.out();
    }

    private void pushSoon() {
        if (pushing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mailscope-push-" + conversation.number()).start(this::push);
        }
    }

    private void push() {
        // Many may have to be told much at once, and some of them not read it.
        for (var waited = 0; memory.isShort() && waited < MOST_PAUSES; waited++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        pushing.set(false);
        try {
            var after = conversation.push();
            if (after == Step.After.CUT) {
                ending = CUT;
            }
            if (after != Step.After.CONTINUE) {
                close();
            }
        } catch (IOException e) {
            ending = "connection lost: " + e.getMessage();
            close();
        }
    }

    /** Tells the peer that nothing more comes: without that, TLS would take the end for an attack. */
    private void endOutput() throws IOException {
        unread.watch(wire::endOutput);
    }

    /** Reads what the client has still sent: closing with octets unread would make TCP drop our last answer. */
    private void drain() throws IOException {
        endOutput();
        wire.readTimeout(DRAIN_MILLIS);
        var buffer = new byte[DRAINED];
        var total = 0;
        try {
            for (var n = 0; n >= 0 && total < DRAIN_OCTETS; n = wire.read(buffer)) {
                total += n;
            }
        } catch (IOException e) {
            ending = null; // the client need not close politely
        }
    }

    /** Closes the socket; what is being read or written on it fails. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            ending = "closing failed: " + e.getMessage();
        }
    }

    static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort() : String.valueOf(address);
    }

    /** TLS could not be started; the message is the whole reason. */
    private static final class NoTls extends IOException {
        private static final long serialVersionUID = 1L;

        NoTls(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
