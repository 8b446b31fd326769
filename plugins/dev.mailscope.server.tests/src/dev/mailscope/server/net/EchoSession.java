package dev.mailscope.server.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;

import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;

/**
 * The smallest protocol there is: answers each line with itself, {@code big} with a lot, {@code huge} with as much in
 * one response, {@code bye} by closing, and never comes to an end with {@code work}.
 */
final class EchoSession implements Session<EchoSession.Line> {
    record Line(String text) implements Incoming {
        @Override
        public Octets octets() {
            return Octets.of(text + "\n");
        }

        @Override
        public String tag() {
            return "";
        }

        @Override
        public String command() {
            return text;
        }

        @Override
        public String problem() {
            return null;
        }

        @Override
        public int offset() {
            return -1;
        }

        @Override
        public boolean complete() {
            return true;
        }
    }

    static final int BIG = 64 * 1024 * 1024;

    private final SessionContext context;
    private final Duration patience;
    private volatile boolean loggedIn = true;
    private ByteArrayOutputStream input = new ByteArrayOutputStream();

    EchoSession(SessionContext context, Duration patience) {
        this.context = context;
        this.patience = patience;
    }

    @Override
    public Step greet() {
        return Step.of(Octets.of("hello\n"));
    }

    @Override
    public boolean isLoggedIn() {
        return loggedIn;
    }

    @Override
    public void feed(byte[] octets, int offset, int length) {
        input.write(octets, offset, length);
    }

    @Override
    public Line next() {
        var text = input.toString(StandardCharsets.US_ASCII);
        var end = text.indexOf('\n');
        if (end < 0) {
            return null;
        }
        input.reset();
        input.writeBytes(text.substring(end + 1).getBytes(StandardCharsets.US_ASCII));
        return new Line(text.substring(0, end));
    }

    @Override
    public byte[] original() {
        return null; // nothing is stopped
    }

    @Override
    public byte[] takeBack() {
        throw new IllegalStateException("nothing is stopped");
    }

    @Override
    public void drop() {
        throw new IllegalStateException("nothing is stopped");
    }

    @Override
    public Step refuse(Line incoming, String text) {
        throw new IllegalStateException("nothing is stopped");
    }

    @Override
    public Step handle(Line line) {
        return switch (line.text()) {
            case "big" -> new Step(Collections.nCopies(BIG / (1 << 20), Octets.of(new byte[1 << 20])).iterator(),
                    Step.After.CONTINUE);
            case "huge" -> Step.of(Octets.of(new byte[BIG]));
            case "work" -> Step.of(Octets.of("working\n")).unfinished();
            case "bye" -> Step.of(Octets.of("bye\n")).then(Step.After.CLOSE);
            case "fail" -> throw new IllegalStateException("asked for");
            default -> Step.of(Octets.of(line.text() + "\n"));
        };
    }

    @Override
    public Step proceed() {
        while (!context.isWanted()) {
            Thread.yield();
        }
        return Step.nothing().unfinished();
    }

    @Override
    public Step push() {
        return Step.of(Octets.of("pushed\n"));
    }

    @Override
    public Step failed(Line line) {
        return Step.of(Octets.of("failed\n"));
    }

    @Override
    public Step farewell(Farewell why) {
        return Step.of(Octets.of("farewell " + why + "\n")).then(Step.After.CLOSE);
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Octets unfinished() {
        return Octets.of(input.toByteArray());
    }

    @Override
    public int discardInput() {
        var size = input.size();
        input = new ByteArrayOutputStream();
        return size;
    }

    @Override
    public void closed() {
        // holds nothing
    }
}
