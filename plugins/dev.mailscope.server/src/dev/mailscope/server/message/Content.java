package dev.mailscope.server.message;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The exact octets of one message, identified by their SHA-256. Immutable; two contents are equal when their octets
 * are. The octets may lie elsewhere (in a recording) and are then fetched each time they are asked for.
 */
public final class Content {
    private final String id;
    private final int size;
    private final Supplier<byte[]> source;

    private Content(String id, int size, Supplier<byte[]> source) {
        this.id = id;
        this.size = size;
        this.source = source;
    }

    /** A content held in memory. The array belongs to the content from now on and must not be changed. */
    public static Content of(byte[] octets) {
        Objects.requireNonNull(octets);
        return new Content(HexFormat.of().formatHex(sha256(octets)), octets.length, () -> octets);
    }

    /** A content whose octets lie elsewhere; the source is asked each time and must always give the same octets. */
    public static Content stored(String id, int size, Supplier<byte[]> source) {
        return new Content(Objects.requireNonNull(id), size, Objects.requireNonNull(source));
    }

    /** The SHA-256 of the octets, in lower-case hexadecimal. */
    public String id() {
        return id;
    }

    /** The number of octets (RFC822.SIZE, and the size POP3 announces). */
    public int size() {
        return size;
    }

    /** The octets themselves, shared: never change them. */
    public byte[] octets() {
        return source.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Content[" + id.substring(0, 8) + ", " + size + " octets]";
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
