package dev.mailscope.server.capture;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * What one side of a TCP connection said, put together from its segments: in order, each octet once. What comes early
 * waits; what never comes is a gap, as soon as the other side acknowledges what lies behind it, or too much waits.
 * Sequence numbers wrap around (RFC 9293 section 3.4); positions, from 0, do not.
 */
final class TcpDirection {
    /** Takes what was said. */
    interface Taker {
        /** These octets come next. */
        void data(byte[] octets);

        /** So many octets that come next are not in the capture. */
        void gap(long octets);

        /** A segment was not as it should be, in words. */
        void odd(String words);
    }

    // More than a sender has on its way at once, unless its window is very large.
    private static final int MOST_WAITING = 8 << 20;
    // A segment further away than any window can be (RFC 7323 section 2.3) belongs to something else.
    private static final int FURTHEST = 1 << 30;

    private final Taker taker;
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private boolean started;
    private boolean sequenceKnown;
    private int beginning;
    private int sequence;
    private long position;
    private long fin = -1;
    private int octetsWaiting;
    private boolean early;

    TcpDirection(Taker taker) {
        this.taker = taker;
    }

    /** True when its first octet is known: its SYN was seen. */
    boolean hasBeginning() {
        return started;
    }

    /** True for a SYN that is not the one this direction began with. */
    boolean isOtherBeginning(int initial) {
        return sequenceKnown && (!started || initial != beginning);
    }

    /** True when all up to its FIN has been said. */
    boolean isOver() {
        return fin >= 0 && position >= fin;
    }

    /** The SYN: the next octet is the first. */
    void begin(int initial) {
        if (!sequenceKnown) {
            started = true;
            beginning = initial;
            sequenceKnown = true;
            sequence = initial + 1;
        }
    }

    /** Takes a segment of this direction, whose data begin with that sequence number. */
    void take(int first, byte[] data, boolean last) {
        if (!sequenceKnown) {
            if (data.length == 0) {
                return;
            }
            sequenceKnown = true;
            sequence = first;
        }
        var ahead = first - sequence; // wraps as the numbers do
        if (Math.abs((long) ahead) > FURTHEST) {
            if (data.length > 0) {
                taker.odd("a segment of " + data.length + " octets was left out: its sequence number lies far away");
            }
            return;
        }
        var at = position + ahead;
        if (last && fin < 0) {
            fin = at + data.length;
        }
        if (data.length == 0 || data.length == 1 && ahead == -1) {
            return; // the latter keeps the connection alive (RFC 9293 section 3.8.4)
        }
        if (ahead < 0) {
            again(data.length, -ahead);
            if (-ahead < data.length) {
                accept(Arrays.copyOfRange(data, -ahead, data.length));
            }
        } else if (ahead == 0) {
            accept(data);
        } else {
            keep(at, data);
        }
        if (octetsWaiting > MOST_WAITING) {
            skip();
        }
    }

    /** The other side has got all before that sequence number. */
    void acknowledged(int next) {
        if (sequenceKnown && !waiting.isEmpty()) {
            var ahead = next - sequence;
            while (!waiting.isEmpty() && ahead > 0 && ahead <= FURTHEST && position + ahead >= waiting.firstKey()) {
                skip();
                ahead = next - sequence;
            }
        }
    }

    /** Nothing more comes: gives what waits, with the gaps before it. */
    void end() {
        while (!waiting.isEmpty()) {
            skip();
        }
    }

    private void again(int size, int known) {
        taker.odd(known >= size ? size + " octets were sent again (retransmission)"
                : "a segment of " + size + " octets overlaps what came before by " + known);
    }

    private void keep(long at, byte[] data) {
        var other = waiting.get(at);
        if (other != null && other.length >= data.length) {
            again(data.length, data.length);
            return;
        }
        if (!early) {
            early = true;
            taker.odd("a segment of " + data.length + " octets came early, before " + (at - position) + " octets");
        }
        octetsWaiting += data.length - (other == null ? 0 : other.length);
        waiting.put(at, data);
    }

    private void accept(byte[] data) {
        pass(data);
        while (!waiting.isEmpty() && waiting.firstKey() <= position) {
            var next = waiting.pollFirstEntry();
            octetsWaiting -= next.getValue().length;
            var known = position - next.getKey();
            if (known < next.getValue().length) {
                pass(known == 0 ? next.getValue()
                        : Arrays.copyOfRange(next.getValue(), (int) known, next.getValue().length));
            }
        }
        early = !waiting.isEmpty();
    }

    private void skip() {
        var missing = waiting.firstKey() - position;
        position += missing;
        sequence += (int) missing;
        taker.gap(missing);
        accept(new byte[0]);
    }

    private void pass(byte[] data) {
        if (data.length > 0) {
            position += data.length;
            sequence += data.length;
            taker.data(data);
        }
    }
}
