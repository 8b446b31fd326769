package dev.mailscope.server.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What the headers of a message are written in: its own, and those of its parts and of the messages in them. */
public enum HeaderText {
    /** US-ASCII throughout (RFC 5322). */
    ASCII,
    /** UTF-8 beyond US-ASCII in one of them at least, and nothing else (RFC 6532). */
    UTF8,
    /** Octets above 127 that are no UTF-8: no standard has them. */
    UNKNOWN;

    /** What the headers of a message are written in. A body makes no difference. */
    public static HeaderText of(Content message) {
        HeaderText found = ASCII;
        if (message.isAscii()) {
            return found;
        }
        final MessageOctets octets = message.open();
        for (final Header header : Surrogate.headers(octets)) {
            final HeaderText text = of(octets.copy(header.range()));
            found = text.compareTo(found) > 0 ? text : found;
        }
        return found;
    }

    private static HeaderText of(byte[] header) {
        boolean ascii = true;
        for (final byte octet : header) {
            ascii &= octet >= 0;
        }
        if (ascii) {
            return ASCII;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header));
            return UTF8;
        } catch (CharacterCodingException e) {
            return UNKNOWN;
        }
    }
}
