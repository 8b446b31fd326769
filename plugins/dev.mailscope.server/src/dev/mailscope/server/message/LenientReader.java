package dev.mailscope.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes octets to chars; what is no valid UTF-8 is taken for windows-1252, in other charsets for U+FFFD. */
final class LenientReader extends Reader {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int ROOM = 8192;
    private static final int LEAST = 64;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer octets;
    private final CharBuffer chars;
    private boolean ended;
    private boolean flushed;

    /** A reader of those octets, of which there are at most so many. */
    LenientReader(InputStream in, Charset charset, int most) {
        this.in = in;
        // Most texts are short, and many are read: none is to cost more room than it needs.
        final int room = Math.clamp(most, LEAST, ROOM);
        octets = ByteBuffer.allocate(room).flip();
        chars = CharBuffer.allocate(room).flip();
        decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (flushed) {
                return -1;
            }
            fill();
        }
        final int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    private void fill() throws IOException {
        chars.clear();
        if (!ended) {
            octets.compact();
            final int count = in.read(octets.array(), octets.position(), octets.remaining());
            ended = count < 0;
            octets.position(octets.position() + Math.max(0, count)).flip();
        }
        CoderResult result = decoder.decode(octets, chars, ended);
        while (result.isError() && chars.remaining() > 1) {
            replace(result.length());
            result = decoder.decode(octets, chars, ended);
        }
        if (ended && result.isUnderflow()) {
            flushed = decoder.flush(chars).isUnderflow();
        }
        chars.flip();
    }

    private void replace(int length) {
        if (decoder.charset().equals(StandardCharsets.UTF_8)) {
            chars.put(new String(octets.array(), octets.position(), 1, WINDOWS_1252));
            octets.position(octets.position() + 1);
        } else {
            chars.put('\ufffd');
            octets.position(octets.position() + Math.min(length, octets.remaining()));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
