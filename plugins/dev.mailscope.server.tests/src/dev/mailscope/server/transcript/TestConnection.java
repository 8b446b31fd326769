package dev.mailscope.server.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;

/** A client's end of a session without a socket. */
public final class TestConnection {
    private static final byte[] END_POINT = "the server's certificate".getBytes(StandardCharsets.US_ASCII);

    private final Conversation<?> conversation;
    private final Recording recording;
    private final Output output;
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean closedByServer;

    private TestConnection(Conversation<?> conversation, Recording recording, Output output) {
        this.conversation = conversation;
        this.recording = recording;
        this.output = output;
        conversation.onWake(() -> woken.set(true));
    }

    static <I extends Incoming> TestConnection open(SessionContext context, Session<I> session, Recording recording,
            boolean tlsFirst) throws IOException {
        var output = new Output();
        var connection = new TestConnection(new Conversation<>(context, session, output), recording, output);
        connection.conversation.connected("127.0.0.1:" + (40_000 + context.number()), "127.0.0.1:1");
        if (tlsFirst) {
            connection.after(Step.After.START_TLS);
        }
        connection.after(connection.conversation.greet());
        return connection;
    }

    /** Sends octets in one piece; what is sent after the server has closed is lost. */
    public void send(byte[] octets) throws IOException {
        send(octets, octets.length);
    }

    /** Sends octets in pieces of at most that many. */
    public void send(byte[] octets, int chunk) throws IOException {
        for (var from = 0; from < octets.length && !closedByServer; from += chunk) {
            after(conversation.receive(octets, from, Math.min(chunk, octets.length - from)));
        }
    }

    /** Sends a line, CRLF added, and gives all that the server has answered since it was last asked. */
    public String ask(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return takeAll();
    }

    /** All that the server has sent since it was last asked, one character for each octet. */
    public String takeAll() {
        return output.take(output.size());
    }

    /** The server's next line without its CRLF, one character for each octet; null when there is no whole one. */
    public String takeLine() {
        var text = output.text();
        var end = text.indexOf("\r\n");
        if (end < 0) {
            return null;
        }
        output.take(end + 2);
        return text.substring(0, end);
    }

    /** What the server has sent and nobody has taken yet. */
    public String untaken() {
        return output.text();
    }

    /** True when the server has closed the connection. */
    public boolean isClosedByServer() {
        return closedByServer;
    }

    /** The phase the session is or was last in. */
    public String phase() {
        for (var number = recording.last(); number >= recording.first(); number--) {
            var event = recording.event(number);
            if (event.session() == conversation.number()) {
                return event.phase();
            }
        }
        throw new IllegalStateException("no event of session " + conversation.number());
    }

    /** The session's number. */
    public long number() {
        return conversation.number();
    }

    /** The server ends the session. */
    public void end(Session.Farewell why) throws IOException {
        conversation.end(why);
        closedByServer = true;
        conversation.closed(why == Session.Farewell.TIMEOUT ? "client was silent for too long" : "server stopped");
    }

    /** The connection breaks at the client's end. Does nothing when it is closed. */
    public void cut() {
        conversation.closed("the client closed the connection");
    }

    /** The client has gone while its session is busy. */
    public void lost() {
        conversation.lost();
    }

    /** True when the session wants to tell its client something, and has not been let to. */
    public boolean isWoken() {
        return woken.get();
    }

    boolean pushIfWoken() throws IOException {
        if (!woken.getAndSet(false) || closedByServer) {
            return false;
        }
        after(conversation.push());
        return true;
    }

    private void after(Step.After after) {
        switch (after) {
            case CONTINUE -> {
            }
            case CUT -> cut();
            case CLOSE -> {
                closedByServer = true;
                conversation.closed("the server closed the connection");
            }
            // Nobody shakes hands here: what counts is what the session makes of it.
            case START_TLS -> conversation.tlsStarted("TLSv1.3", "TLS_AES_128_GCM_SHA256", END_POINT, null);
            case START_DEFLATE -> conversation.compressionStarted();
        }
    }

    /** Keeps what the server sends, and insists on being flushed. */
    private static final class Output implements Conversation.Sink {
        private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
        private String flushed = "";

        @Override
        public void write(Octets octets) throws IOException {
            octets.writeTo(unflushed);
        }

        @Override
        public void flush() {
            flushed += unflushed.toString(StandardCharsets.ISO_8859_1);
            unflushed.reset();
        }

        String text() {
            return flushed;
        }

        int size() {
            return flushed.length();
        }

        String take(int count) {
            var taken = flushed.substring(0, count);
            flushed = flushed.substring(count);
            return taken;
        }
    }
}
