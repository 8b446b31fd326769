package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads what {@link BinaryOutput} wrote. What it reads may be damaged or made up by a stranger: every length is checked
 * against what is there before anything is made of it.
 */
public final class BinaryInput {
    private final byte[] bytes;
    private int at = BinaryOutput.SEAL;

    /** Opens sealed octets; they are damaged when the seal does not fit. */
    public BinaryInput(byte[] sealed) throws IOException {
        if (sealed.length < BinaryOutput.SEAL) {
            throw new IOException("damaged: too short");
        }
        bytes = sealed;
        var crc = new CRC32C();
        crc.update(bytes, at, bytes.length - at);
        var sum = 0;
        for (var i = 0; i < BinaryOutput.SEAL; i++) {
            sum |= (bytes[i] & 0xFF) << 8 * i;
        }
        if (sum != (int) crc.getValue()) {
            throw new IOException("damaged: the checksum is wrong");
        }
    }

    /** True when everything has been read. */
    public boolean atEnd() {
        return at == bytes.length;
    }

    /** A number as {@link BinaryOutput#number} writes it. */
    public long number() throws IOException {
        // Most of a recording is numbers: this is what reading it takes.
        var value = 0L;
        var next = at;
        for (var shift = 0; shift < 64; shift += 7) {
            if (next >= bytes.length) {
                throw new IOException("damaged: ends too early");
            }
            var b = bytes[next++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                at = next;
                return value;
            }
        }
        throw new IOException("damaged: a number without end");
    }

    long signed() throws IOException {
        var value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number that fits an int and is not below zero. */
    public int size() throws IOException {
        var value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IOException("damaged: " + value + " is no size");
        }
        return (int) value;
    }

    /** How many things follow, each of at least one octet. */
    public int count() throws IOException {
        var count = size();
        if (count > bytes.length - at) {
            throw new IOException("damaged: " + count + " things in " + (bytes.length - at) + " octets");
        }
        return count;
    }

    /** One octet, 0 to 255. */
    public int octet() throws IOException {
        if (at >= bytes.length) {
            throw new IOException("damaged: ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    /** True or false. */
    public boolean bool() throws IOException {
        return octet() != 0;
    }

    byte[] raw(int length) throws IOException {
        if (length > bytes.length - at) {
            throw new IOException("damaged: ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Octets after their length. */
    public byte[] octets() throws IOException {
        return raw(size());
    }

    /** Text in UTF-8 after its length. */
    public String text() throws IOException {
        var length = size();
        if (length > bytes.length - at) {
            throw new IOException("damaged: ends too early");
        }
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }
}
