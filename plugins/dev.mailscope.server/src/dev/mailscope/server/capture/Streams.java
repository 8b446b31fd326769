package dev.mailscope.server.capture;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.mailscope.server.trace.Recording;

/** The TCP connections of a capture, by their ends. */
final class Streams implements Stream.Sessions {
    private static final int MOST = 50_000;

    /** Two ends, in either order. */
    private record Ends(Endpoint one, Endpoint other) {
        static Ends of(Segment segment) {
            return segment.from().toString().compareTo(segment.to().toString()) < 0
                    ? new Ends(segment.from(), segment.to()) : new Ends(segment.to(), segment.from());
        }
    }

    /** A connection, and what becomes of what passes over it. */
    private record Open(TcpConnection connection, Stream stream) {
    }

    private final Map<Ends, Open> open = new LinkedHashMap<>();
    private final Mailboxes mailboxes;
    private final Recording recording;
    private long sessions;
    private long leftOut;

    /** Connections whose sessions go into that recording, or into none when it is null. */
    Streams(Mailboxes mailboxes, Recording recording) {
        this.mailboxes = mailboxes;
        this.recording = recording;
    }

    @Override
    public Trail begin(Protocol protocol) {
        sessions++;
        return new Trail(recording, sessions, protocol.wireName(), protocol.firstPhase());
    }

    @Override
    public Mailboxes mailboxes() {
        return mailboxes;
    }

    /** How many sessions there were. */
    long sessions() {
        return sessions;
    }

    /** How many segments were left out, because more connections were open than can be. */
    long leftOut() {
        return leftOut;
    }

    /** Takes the next segment of the capture. */
    void take(Segment segment) {
        var ends = Ends.of(segment);
        var there = open.get(ends);
        if (there != null && there.connection.isOver(segment)) {
            there.connection.end("another connection between the same ports began", segment.micros());
            open.remove(ends);
            there = null;
        }
        if (there == null) {
            there = begin(segment);
            if (there == null) {
                return;
            }
            if (open.size() >= MOST) {
                open.values().removeIf(each -> each.stream.isIgnored() || each.connection.isClosed());
            }
            if (open.size() >= MOST) {
                leftOut++;
                return;
            }
            open.put(ends, there);
        }
        if (!there.stream.isIgnored()) {
            there.connection.take(segment);
        }
    }

    /** The capture ends. */
    void end(long micros) {
        open.values().forEach(each -> each.connection.end("the capture ends here, and the connection was still open",
                micros));
        open.clear();
    }

    /** A connection that this segment begins, or shows; null when it cannot be about mail. */
    private Open begin(Segment segment) {
        var fromClient = isFromClient(segment);
        if (fromClient == null || segment.rst() || segment.fin() && segment.data().length == 0) {
            return null;
        }
        var client = fromClient ? segment.from() : segment.to();
        var server = fromClient ? segment.to() : segment.from();
        var stream = new Stream(client, server, this, segment.micros());
        var connection = new TcpConnection(client, stream);
        stream.of(connection);
        return new Open(connection, stream);
    }

    private static Boolean isFromClient(Segment segment) {
        if (segment.syn()) {
            return !segment.ack();
        }
        if (Protocol.onPort(segment.to().port()).isPresent()) {
            return true;
        }
        return Protocol.onPort(segment.from().port()).isPresent()
                || Protocol.greetingWith(segment.data()).isPresent() ? Boolean.FALSE : null;
    }
}
