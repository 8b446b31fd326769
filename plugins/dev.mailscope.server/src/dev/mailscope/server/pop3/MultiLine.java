package dev.mailscope.server.pop3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.Range;
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
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte LF = '\n';
    // A shorter stretch costs less as a copy than as a reference to the message.
    private static final int WORTH_A_SLICE = 128;
    // What a reference costs, in octets and roughly.
    private static final int REFERENCE = 64;

    private final MessageOctets octets;
    private final int end;

    private MultiLine(MessageOctets octets, int end) {
        this.octets = octets;
        this.end = end;
    }

    /** Where a text goes. */
    private interface Taker {
        /** Octets that are not the message's. */
        void added(byte[] more) throws IOException;

        /** A run of the message. */
        void run(Range range) throws IOException;
    }

    /** The response to RETR: its first line, and the whole message. */
    static Octets message(String first, Content content) {
        return response(first, content, content.open(), content.size());
    }

    /** The response to TOP: its first line, and the message to that line of its body (RFC 1939 section 7). */
    static Octets top(String first, Content content, int lines) {
        var octets = content.open();
        return response(first, content, octets, endOfTop(octets, lines));
    }

    private static Octets response(String first, Content content, MessageOctets octets, int end) {
        var response = new Octets.Builder().text(first);
        response.write(CRLF, 0, CRLF.length);
        try {
            var pieces = new Pieces(response, content, octets);
            new MultiLine(octets, end).writeTo(pieces);
            return response.text(".\r\n").toOctets();
        } catch (TooManyPieces e) {
            var text = Content.derived(out -> new MultiLine(content.open(), end).writeTo(out));
            return new Octets.Builder().text(first + "\r\n").slice(text, 0, text.size()).text(".\r\n").toOctets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeTo(OutputStream out) throws IOException {
        writeTo(new Taker() {
            @Override
            public void added(byte[] more) throws IOException {
                out.write(more);
            }

            @Override
            public void run(Range range) throws IOException {
                octets.writeTo(out, range);
            }
        });
    }

    private void writeTo(Taker out) throws IOException {
        var dot = new byte[] {'.'};
        var from = 0;
        if (end > 0 && octets.at(0) == '.') {
            out.added(dot);
        }
        for (var i = octets.indexOf(LF, 0, end); i >= 0; i = octets.indexOf(LF, i + 1, end)) {
            if (i == 0 || octets.at(i - 1) != '\r') {
                out.run(Range.between(from, i));
                out.added(CRLF);
                from = i + 1;
            }
            if (i + 1 < end && octets.at(i + 1) == '.') {
                out.run(Range.between(from, i + 1));
                out.added(dot);
                from = i + 1;
            }
        }
        out.run(Range.between(from, end));
        if (end > 0 && octets.at(end - 1) != LF) {
            out.added(CRLF);
        }
    }

    /** Makes references to the message of what is long, and copies of what is short. */
    private static final class Pieces implements Taker {
        private final Octets.Builder response;
        private final Content content;
        private final MessageOctets octets;
        private long kept;

        Pieces(Octets.Builder response, Content content, MessageOctets octets) {
            this.response = response;
            this.content = content;
            this.octets = octets;
        }

        @Override
        public void added(byte[] more) throws TooManyPieces {
            keep(more.length);
            response.write(more, 0, more.length);
        }

        @Override
        public void run(Range range) throws IOException {
            if (range.length() < WORTH_A_SLICE) {
                keep(range.length());
                octets.writeTo(response, range);
            } else {
                keep(REFERENCE);
                response.slice(content, range.offset(), range.length());
            }
        }

        private void keep(int more) throws TooManyPieces {
            kept += more;
            if (kept > Content.LARGE && !content.isInMemory()) {
                throw new TooManyPieces();
            }
        }
    }

    /** The references to a large message, which is not in memory, would fill that themselves. */
    private static final class TooManyPieces extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Where the header, the empty line after it and that many lines end. */
    private static int endOfTop(MessageOctets octets, int lines) {
        var inBody = false;
        var left = lines;
        var from = 0;
        for (var i = octets.indexOf(LF, 0, octets.length()); i >= 0; i = octets.indexOf(LF, from, octets.length())) {
            if (inBody) {
                left--;
            } else {
                inBody = i == from || i == from + 1 && octets.at(from) == '\r';
            }
            if (inBody && left == 0) {
                return i + 1;
            }
            from = i + 1;
        }
        return octets.length();
    }
}
