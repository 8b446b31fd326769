package dev.mailscope.server.imap.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What SEARCH looks for, as octets: their meaning depends on the command's charset (RFC 3501 section 6.4.4). */
public final class EncodedText {
    private final byte[] octets;

    /** The octets belong to the value from now on. */
    public EncodedText(byte[] octets) {
        this.octets = octets;
    }

    /** The octets, shared: never change them. */
    public byte[] octets() {
        return octets;
    }

    /** The text. Throws CharacterCodingException when the octets are none in that charset. */
    public String decode(Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedText that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** In quotes, read as UTF-8: to look at, not to send. */
    @Override
    public String toString() {
        return '"' + new String(octets, StandardCharsets.UTF_8).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
