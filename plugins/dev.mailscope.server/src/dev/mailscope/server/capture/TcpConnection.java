package dev.mailscope.server.capture;

/** One TCP connection of a capture: its two directions, and how it begins and ends. */
final class TcpConnection {
    /** Takes what passes over the connection. */
    interface Taker {
        /** Octets that one side has sent. */
        void data(boolean fromClient, byte[] octets, long micros);

        /** So many octets of one side are missing. */
        void gap(boolean fromClient, long octets, long micros);

        /** Something about the segments of one side that is worth knowing, in words. */
        void odd(boolean fromClient, String words, long micros);

        /** It has ended, for that reason in words. */
        void closed(String reason, long micros);
    }

    private final Endpoint client;
    private final Taker taker;
    private final TcpDirection fromClient = new TcpDirection(direction(true));
    private final TcpDirection fromServer = new TcpDirection(direction(false));
    private long now;
    private String firstToEnd = "";
    private boolean closed;

    /** A connection that this client began. */
    TcpConnection(Endpoint client, Taker taker) {
        this.client = client;
        this.taker = taker;
    }

    /** True when the capture has its beginning: what each side says first is the first it said. */
    boolean hasBeginning() {
        return fromClient.hasBeginning() || fromServer.hasBeginning();
    }

    boolean isClosed() {
        return closed;
    }

    /** True when the segment begins another connection between the same ports. */
    boolean isOver(Segment segment) {
        return segment.syn() && !segment.rst() && (closed || direction(segment).isOtherBeginning(segment.sequence()));
    }

    /** Takes the next segment of the capture. */
    void take(Segment segment) {
        now = segment.micros();
        if (closed) {
            return;
        }
        var own = direction(segment);
        var other = own == fromClient ? fromServer : fromClient;
        if (segment.syn()) {
            own.begin(segment.sequence());
        }
        own.take(segment.sequence() + (segment.syn() ? 1 : 0), segment.data(), segment.fin());
        if (segment.ack()) {
            other.acknowledged(segment.acknowledged());
        }
        if (segment.rst()) {
            close("the " + side(own) + " reset the connection", now);
        } else {
            for (var each : new TcpDirection[] {own, other}) {
                if (each.isOver() && firstToEnd.isEmpty()) {
                    firstToEnd = side(each);
                }
            }
            if (own.isOver() && other.isOver()) {
                close("the " + firstToEnd + " closed the connection", now);
            }
        }
    }

    /** The capture ends, or the connection gives way to another. */
    void end(String reason, long micros) {
        now = Math.max(now, micros);
        close(firstToEnd.isEmpty() ? reason : "the " + firstToEnd + " closed the connection", now);
    }

    private void close(String reason, long micros) {
        if (!closed) {
            fromClient.end();
            fromServer.end();
            closed = true;
            taker.closed(reason, micros);
        }
    }

    private TcpDirection direction(Segment segment) {
        return segment.from().equals(client) ? fromClient : fromServer;
    }

    private String side(TcpDirection direction) {
        return direction == fromClient ? "client" : "server";
    }

    private TcpDirection.Taker direction(boolean client) {
        return new TcpDirection.Taker() {
            @Override
            public void data(byte[] octets) {
                taker.data(client, octets, now);
            }

            @Override
            public void gap(long octets) {
                taker.gap(client, octets, now);
            }

            @Override
            public void odd(String words) {
                taker.odd(client, words, now);
            }
        };
    }
}
