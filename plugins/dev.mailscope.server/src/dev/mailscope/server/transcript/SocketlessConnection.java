package dev.mailscope.server.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;

/** A client's end of a session without a socket. */
public final class SocketlessConnection {
    private static final byte[] END_POINT = "the server's certificate".getBytes(StandardCharsets.US_ASCII);

    private static final String LINE_END = "\r\n";
    private static final int MOST_UNTAKEN = 64 << 20;

    private final Conversation<?> conversation;
    private final SessionContext context;
    private final Output output;
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean closedByServer;
    private boolean closed;

    private SocketlessConnection(Conversation<?> conversation, SessionContext context, Output output) {
        this.conversation = conversation;
        this.context = context;
        this.output = output;
        conversation.onWake(() -> woken.set(true));
    }

    static <I extends Incoming> SocketlessConnection open(SessionContext context, Session<I> session, Watch watch,
            boolean tlsFirst) throws IOException {
        var output = new Output(watch);
        var connection = new SocketlessConnection(new Conversation<>(context, session, output), context, output);
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
        for (var from = 0; from < octets.length && !closed; from += chunk) {
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
        var lines = lines(1);
        if (lines.isEmpty()) {
            return null;
        }
        output.take(lines.getFirst().length() + LINE_END.length());
        return lines.getFirst();
    }

    /** The next whole lines of the server, at most so many, as {@link #takeLine} gives them; they stay. */
    public List<String> lines(int most) {
        return output.lines(most);
    }

    /** What the server has sent and nobody has taken yet. */
    public String untaken() {
        return output.text();
    }

    /** True when the server has sent something that nobody has taken yet. */
    public boolean hasUntaken() {
        return output.size() > 0;
    }

    /** True while neither side has closed the connection. */
    public boolean isOpen() {
        return !closed;
    }

    /** True when the server has closed the connection. */
    public boolean isClosedByServer() {
        return closedByServer;
    }

    /** The phase the session is or was last in. */
    public String phase() {
        return context.phase();
    }

    /** The session's number. */
    public long number() {
        return conversation.number();
    }

    /** The server ends the session. */
    public void end(Session.Farewell why) throws IOException {
        conversation.end(why);
        closedByServer = true;
        close(why == Session.Farewell.TIMEOUT ? "client was silent for too long" : "server stopped");
    }

    /** The connection breaks at the client's end. Does nothing when it is closed. */
    public void cut() {
        close("the client closed the connection");
    }

    private void close(String reason) {
        closed = true;
        conversation.closed(reason);
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
        if (!woken.getAndSet(false) || closed) {
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
                close("the server closed the connection");
            }
            // Nobody shakes hands here: what counts is what the session makes of it.
            case START_TLS -> conversation.tlsStarted("TLSv1.3", "TLS_AES_128_GCM_SHA256", END_POINT, null);
            case START_DEFLATE -> conversation.compressionStarted();
        }
    }

    /** Keeps what the server sends, and insists on being flushed. */
    private static final class Output implements Conversation.Sink {
        private final Watch watch;
        private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
        private final StringBuilder flushed = new StringBuilder();
        private int taken;

        Output(Watch watch) {
            this.watch = watch;
        }

        @Override
        public void write(Octets octets) throws IOException {
            watch.look();
            if (octets.size() > MOST_UNTAKEN - unflushed.size() - size()) {
                throw new IOException("the server has sent more than " + (MOST_UNTAKEN >> 20)
                        + " MiB on one connection that no line has expected yet");
            }
            octets.writeTo(unflushed);
        }

        @Override
        public void flush() throws IOException {
            watch.look();
            flushed.append(unflushed.toString(StandardCharsets.ISO_8859_1));
            unflushed.reset();
        }

        String text() {
            return flushed.substring(taken);
        }

        List<String> lines(int most) {
            var lines = new ArrayList<String>();
            var from = taken;
            for (var end = flushed.indexOf(LINE_END, from); end >= 0 && lines.size() < most;
                    end = flushed.indexOf(LINE_END, from)) {
                lines.add(flushed.substring(from, end));
                from = end + LINE_END.length();
            }
            return lines;
        }

        int size() {
            return flushed.length() - taken;
        }

        String take(int count) {
            var text = flushed.substring(taken, taken + count);
            taken += count;
            if (taken == flushed.length()) {
                flushed.setLength(0);
                taken = 0;
            }
            return text;
        }
    }
}
