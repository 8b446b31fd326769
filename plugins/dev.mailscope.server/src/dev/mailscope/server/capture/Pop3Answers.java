package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;

/** Cuts what a POP3 server said into answers: a line, or lines up to a dot alone (RFC 1939 section 3). */
final class Pop3Answers {
    /** How large an answer may become before it is given as it is. */
    private static final int MOST = 64 << 20;

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private byte[] octets = new byte[0];
    private int at;
    private int lines;
    private int inLine;
    private boolean dot;
    private boolean positive;

    /** Takes octets. Ask for {@link #next} until it gives nothing. */
    void feed(byte[] more) {
        var left = octets.length - at;
        var all = new byte[left + more.length];
        System.arraycopy(octets, at, all, 0, left);
        System.arraycopy(more, 0, all, left, more.length);
        octets = all;
        at = 0;
    }

    /** The next answer, which when it is positive may have several lines; null when it is not whole. */
    byte[] next(boolean multiLine) {
        while (at < octets.length) {
            var octet = octets[at++];
            if (answer.size() == 0) {
                positive = octet == '+';
            }
            answer.write(octet);
            inLine++;
            // The last line is a dot, with CR LF or a bare LF.
            dot = inLine == 1 ? octet == '.' : dot && (octet == '\n' || inLine == 2 && octet == '\r');
            if (octet == '\n') {
                var ends = !multiLine || !positive || dot && lines > 0;
                lines++;
                inLine = 0;
                if (ends) {
                    return rest();
                }
            }
            if (answer.size() > MOST) {
                return rest();
            }
        }
        return null;
    }

    /** What there is of an answer that is not whole. */
    byte[] rest() {
        var whole = answer.toByteArray();
        answer.reset();
        lines = 0;
        inLine = 0;
        dot = false;
        return whole;
    }
}
