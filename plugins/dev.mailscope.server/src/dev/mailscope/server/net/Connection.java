package dev.mailscope.server.net;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;

/** Carries the octets of one conversation over one socket, on one virtual thread. */
final class Connection implements Conversation.Sink {
    private static final int READ_SIZE = 8_192;
    private static final int DRAIN_MILLIS = 500;
    private static final int DRAIN_OCTETS = 1 << 20;

    private final Socket socket;
    private final AtomicBoolean pushing = new AtomicBoolean();
    private OutputStream out;
    private Conversation<?> conversation;
    // When the write under way began, by nanoTime; 0 while nothing is being written.
    private volatile long writingSince;
    private volatile String ending;

    Connection(Socket socket) {
        this.socket = socket;
    }

    /** Talks until one side ends it. {@code refused}: says only that there are too many connections. */
    void run(Conversation<?> talk, boolean refused) {
        conversation = talk;
        String reason;
        try {
            socket.setTcpNoDelay(true);
            out = new BufferedOutputStream(socket.getOutputStream());
            reason = refused ? refuse() : converse();
        } catch (SocketTimeoutException e) {
            reason = sayFarewell();
        } catch (IOException e) {
            reason = ending != null ? ending : "connection lost: " + e.getMessage();
        } finally {
            close();
        }
        conversation.closed(reason);
    }

    private String converse() throws IOException {
        conversation.onWake(this::pushSoon);
        var after = conversation.open(text(socket.getRemoteSocketAddress()), text(socket.getLocalSocketAddress()));
        var in = socket.getInputStream();
        var buffer = new byte[READ_SIZE];
        while (after == Step.After.CONTINUE) {
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, conversation.patienceMillis()));
            var count = in.read(buffer);
            if (count < 0) {
                return "client closed the connection";
            }
            after = conversation.receive(buffer, 0, count);
        }
        if (after == Step.After.START_TLS) {
            throw new IOException("this listener has no TLS");
        }
        drain();
        return "server closed the connection";
    }

    private String refuse() throws IOException {
        conversation.refuse(text(socket.getRemoteSocketAddress()), text(socket.getLocalSocketAddress()));
        drain();
        return "too many connections";
    }

    private String sayFarewell() {
        try {
            conversation.end(Session.Farewell.TIMEOUT);
            return "client was silent for too long";
        } catch (IOException e) {
            return "client was silent for too long, and is gone: " + e.getMessage();
        }
    }

    /** Ends the session from outside, with its last words when the client takes them in time. */
    void end(Session.Farewell why) {
        ending = "server stopped";
        try {
            if (conversation != null) {
                conversation.end(why);
            }
        } catch (IOException e) {
            ending = "server stopped, and the client is gone: " + e.getMessage();
        } finally {
            close();
        }
    }

    /** Closes the socket of a peer that does not take what it asked for: a blocked write ends no other way. */
    void closeIfStuck(long now, Duration patience) {
        var since = writingSince;
        if (since != 0 && now - since > patience.toNanos()) {
            ending = "client does not read what it asked for";
            close();
        }
    }

    @Override
    public void write(Octets octets) throws IOException {
        writingSince = System.nanoTime() | 1;
        octets.writeTo(out);
        writingSince = 0;
    }

    @Override
    public void flush() throws IOException {
        writingSince = System.nanoTime() | 1;
        out.flush();
        writingSince = 0;
    }

    private void pushSoon() {
        if (pushing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mailscope-push-" + conversation.number()).start(this::push);
        }
    }

    private void push() {
        pushing.set(false);
        try {
            if (conversation.push() == Step.After.CLOSE) {
                close();
            }
        } catch (IOException e) {
            ending = "connection lost: " + e.getMessage();
            close();
        }
    }

    /** Reads what the client has still sent: closing with octets unread would make TCP drop our last answer. */
    private void drain() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(DRAIN_MILLIS);
        var buffer = new byte[READ_SIZE];
        var total = 0;
        try {
            for (var n = 0; n >= 0 && total < DRAIN_OCTETS; n = socket.getInputStream().read(buffer)) {
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
}
