package dev.mailscope.server.message;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    private final Source source;
    // Null until somebody asks; any thread comes to the same.
    private volatile Look look;
    private volatile Content surrogate;

    /** What one look at every octet tells. */
    private record Look(boolean ascii, boolean nul, int sizeWithCrlf) {
    }

    /** Where octets lie; must always give the same. UncheckedIOException when they cannot be read. */
    public interface Source {
        /** All of them. */
        byte[] octets();

        /** Makes sure, once, that they are there and are the right ones. UncheckedIOException when not. */
        default void check() {
            // in memory they are
        }

        /** Writes some of them, from that one on, without holding all in memory where they lie elsewhere. */
        default void writeTo(OutputStream out, int offset, int length) throws IOException {
            out.write(octets(), offset, length);
        }
    }

    private Content(String id, int size, Source source) {
        this.id = id;
        this.size = size;
        this.source = source;
    }

    /** A content held in memory. The array belongs to the content from now on and must not be changed. */
    public static Content of(byte[] octets) {
        Objects.requireNonNull(octets);
        final var content = new Content(HexFormat.of().formatHex(sha256(octets)), octets.length, () -> octets);
        content.look = look(octets);
        return content;
    }

    /** A content whose octets lie elsewhere; the source is asked each time and must always give the same octets. */
    public static Content stored(String id, int size, Supplier<byte[]> source) {
        Objects.requireNonNull(source);
        return new Content(Objects.requireNonNull(id), size, source::get);
    }

    /**
     * The same, where it is known what a look at the octets tells.
     *
     * @param ascii        see {@link #isAscii}
     * @param nul          see {@link #hasNul}
     * @param sizeWithCrlf see {@link #sizeWithCrlf}
     */
    public static Content stored(String id, int size, boolean ascii, boolean nul, int sizeWithCrlf, Source source) {
        final var content = new Content(Objects.requireNonNull(id), size, Objects.requireNonNull(source));
        content.look = new Look(ascii, nul, sizeWithCrlf);
        return content;
    }

    /** The SHA-256 of the octets, in lower-case hexadecimal. */
    public String id() {
        return id;
    }

    /** The number of octets (RFC822.SIZE). */
    public int size() {
        return size;
    }

    /** The octets themselves, shared: never change them. */
    public byte[] octets() {
        return source.octets();
    }

    /** Makes sure, before some of the octets are written, that they can be. UncheckedIOException when not. */
    public void check() {
        source.check();
    }

    /** Writes some of the octets, from that one on; those of a large message are not all held in memory. */
    public void writeTo(OutputStream out, int offset, int length) throws IOException {
        try {
            source.writeTo(out, offset, length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The number of octets when every line ends with CRLF, the last one too: a bare LF counts as two, a missing line end
     * at the end is added. The octets are looked at once at most, whoever asks.
     */
    public int sizeWithCrlf() {
        return looked().sizeWithCrlf;
    }

    /** True when no octet is above 127. The octets are looked at once at most, whoever asks. */
    public boolean isAscii() {
        return looked().ascii;
    }

    /** True when an octet is 0. The octets are looked at once at most, whoever asks. */
    public boolean hasNul() {
        return looked().nul;
    }

    /**
     * This message for a client that does not know internationalized headers (RFC 6532): the surrogate of RFC 6855
     * section 7, or this content itself when it needs none. Made once.
     */
    public Content surrogate() {
        if (isAscii()) {
            return this;
        }
        if (surrogate == null) {
            surrogate = Surrogate.of(octets()).map(Content::of).orElse(this);
        }
        return surrogate;
    }

    private Look looked() {
        if (look == null) {
            look = look(octets());
        }
        return look;
    }

    private static Look look(byte[] octets) {
        boolean ascii = true;
        boolean nul = false;
        int size = octets.length;
        for (int i = 0; i < octets.length; i++) {
            ascii &= octets[i] >= 0;
            nul |= octets[i] == 0;
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                size++;
            }
        }
        return new Look(ascii, nul,
                octets.length > 0 && octets[octets.length - 1] != '\n' ? size + 2 : size);
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
