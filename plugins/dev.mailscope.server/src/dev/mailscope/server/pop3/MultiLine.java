package dev.mailscope.server.pop3;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;

/**
 * A message as the text of a multi-line response (RFC 1939 section 3): every line ends with CRLF, a line that begins
 * with a dot gets another one before it, and a dot alone ends the text.
 * <p>
 * A message whose lines end with CRLF arrives as it is stored, octet by octet. A bare LF is taken for a line end and
 * sent as CRLF, and a last line without an end gets one, because POP3 has no way to send either. A bare CR is sent as
 * it is. The size of a message counts what is sent, without the dots that the client takes away (RFC 1939 section 11):
 * it is the number of octets the client ends up with, {@link Content#sizeWithCrlf}.
 */
final class MultiLine {
    private static final String CRLF = "\r\n";
    // A shorter stretch costs less as a copy than as a reference to the message.
    private static final int WORTH_A_SLICE = 128;

    private MultiLine() {
    }

    /** The response to RETR: its first line, and the whole message. */
    static Octets message(String first, Content content) {
        return text(first, content, content.octets().length);
    }

    /** The response to TOP: its first line, and the message to that line of its body (RFC 1939 section 7). */
    static Octets top(String first, Content content, int lines) {
        return text(first, content, endOfTop(content.octets(), lines));
    }

    private static Octets text(String first, Content content, int end) {
        var octets = content.octets();
        var response = new Octets.Builder().text(first).text(CRLF);
        var from = 0;
        if (end > 0 && octets[0] == '.') {
            response.write('.');
        }
        for (var i = 0; i < end; i++) {
            if (octets[i] != '\n') {
                continue;
            }
            if (isBare(octets, i)) {
                stretch(response, content, octets, from, i);
                response.text(CRLF);
                from = i + 1;
            }
            if (i + 1 < end && octets[i + 1] == '.') {
                stretch(response, content, octets, from, i + 1);
                response.write('.');
                from = i + 1;
            }
        }
        stretch(response, content, octets, from, end);
        if (end > 0 && octets[end - 1] != '\n') {
            response.text(CRLF);
        }
        return response.text("." + CRLF).toOctets();
    }

    private static void stretch(Octets.Builder response, Content content, byte[] octets, int from, int to) {
        if (to - from < WORTH_A_SLICE) {
            response.write(octets, from, to - from);
        } else {
            response.slice(content, from, to - from);
        }
    }

    /** Where the header, the empty line after it and that many lines end. */
    private static int endOfTop(byte[] octets, int lines) {
        var inBody = false;
        var left = lines;
        for (int from = 0, i = 0; i < octets.length; i++) {
            if (octets[i] != '\n') {
                continue;
            }
            if (inBody) {
                left--;
            } else {
                inBody = i == from || i == from + 1 && octets[from] == '\r';
            }
            if (inBody && left == 0) {
                return i + 1;
            }
            from = i + 1;
        }
        return octets.length;
    }

    private static boolean isBare(byte[] octets, int lineFeed) {
        return lineFeed == 0 || octets[lineFeed - 1] != '\r';
    }
}
