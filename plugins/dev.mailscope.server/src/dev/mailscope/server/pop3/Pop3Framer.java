package dev.mailscope.server.pop3;

import java.util.Arrays;

/**
 * Cuts a client's octets into lines. A line ends with LF, and a CR before it belongs to the end. Of a line that is too
 * long the beginning is given at once and the rest in whatever pieces it comes, so that nothing of it is kept.
 */
final class Pop3Framer {
    /** What a piece of the client's octets is. */
    enum Part {
        /** A line with its end. */
        LINE,
        /** The beginning of a line that is too long, as many octets as a line may have. */
        TOO_LONG,
        /** More of that line; its end when the last octet is LF. */
        REST
    }

    /** Octets as they came. */
    record Piece(Part part, byte[] octets) {
    }

    private int limit;
    private byte[] buffer = new byte[256];
    private int start;
    private int scanned;
    private int end;
    private boolean inRest;

    /** A framer of lines of at most that many octets, their end included. */
    Pop3Framer(int limit) {
        this.limit = limit;
    }

    /** Allows lines of at most that many octets, from the next line on. Only between two lines. */
    void limit(int octets) {
        limit = octets;
    }

    /** Takes octets from the client. */
    void feed(byte[] octets, int offset, int length) {
        if (end + length > buffer.length) {
            var kept = end - start;
            var target = kept + length > buffer.length ? new byte[Math.max(kept + length, 2 * buffer.length)] : buffer;
            System.arraycopy(buffer, start, target, 0, kept);
            buffer = target;
            scanned -= start;
            start = 0;
            end = kept;
        }
        System.arraycopy(octets, offset, buffer, end, length);
        end += length;
    }

    /** The next piece; null when more octets are needed. */
    Piece next() {
        while (scanned < end) {
            if (buffer[scanned++] == '\n') {
                var part = inRest ? Part.REST : Part.LINE;
                inRest = false;
                return take(part);
            }
            if (!inRest && scanned - start == limit) {
                inRest = true;
                return take(Part.TOO_LONG);
            }
        }
        return inRest && start < end ? take(Part.REST) : null;
    }

    /** True when what comes next belongs to a line that is too long. */
    boolean isInRest() {
        return inRest;
    }

    /** What was fed and not given yet. */
    byte[] waiting() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** What was fed and not given yet, which it no longer has; only between two lines. */
    byte[] takeRest() {
        var rest = waiting();
        start = 0;
        scanned = 0;
        end = 0;
        return rest;
    }

    /** Throws away what was fed and not given yet, and gives the number of octets. */
    int discard() {
        var count = end - start;
        start = 0;
        scanned = 0;
        end = 0;
        inRest = false;
        return count;
    }

    private Piece take(Part part) {
        var piece = new Piece(part, Arrays.copyOfRange(buffer, start, scanned));
        start = scanned;
        return piece;
    }
}
