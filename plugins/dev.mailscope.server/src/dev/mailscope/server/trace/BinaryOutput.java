package dev.mailscope.server.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes numbers and octets compactly into one array, sealed with a checksum. Reusable; for one thread. */
public final class BinaryOutput {
    /** The octets that the checksum takes. */
    static final int SEAL = 4;

    private byte[] bytes = new byte[1_024];
    private int size = SEAL;

    /** The octets written so far, the seal included. */
    public int size() {
        return size;
    }

    /** A number in 1 to 10 octets, small ones in few. */
    public void number(long value) {
        ensure(10);
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that may be below zero, near to zero in few octets. */
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    /** One octet. */
    public void octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** One octet. */
    public void bool(boolean value) {
        octet(value ? 1 : 0);
    }

    /** Octets without their length. */
    public void raw(byte[] octets) {
        raw(octets, 0, octets.length);
    }

    /** The same, of a part of the array. */
    void raw(byte[] octets, int offset, int length) {
        ensure(length);
        System.arraycopy(octets, offset, bytes, size, length);
        size += length;
    }

    /** Octets after their length. */
    public void octets(byte[] octets) {
        number(octets.length);
        raw(octets);
    }

    /** Text in UTF-8 after its length. */
    public void text(String text) {
        octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes back what was written since it had that size. */
    void truncate(int earlier) {
        size = earlier;
    }

    /** What was written, sealed; the output is empty again. */
    public byte[] seal() {
        return seal(null);
    }

    /** The same with what was written into the other one, which stays as it is, behind it; null for nothing. */
    byte[] seal(BinaryOutput rest) {
        var more = rest == null ? 0 : rest.size - SEAL;
        var sealed = Arrays.copyOf(bytes, Math.addExact(size, more));
        if (more > 0) {
            System.arraycopy(rest.bytes, SEAL, sealed, size, more);
        }
        var crc = new CRC32C();
        crc.update(sealed, SEAL, sealed.length - SEAL);
        var sum = (int) crc.getValue();
        for (var i = 0; i < SEAL; i++) {
            sealed[i] = (byte) (sum >>> 8 * i);
        }
        size = SEAL;
        return sealed;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
