package dev.mailscope.server.message;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The exact octets of one message, identified by their SHA-256. Immutable; two contents are equal when their octets
 * are. The octets may lie elsewhere (in a recording) and are then fetched each time they are asked for.
 */
public final class Content {
    /** A larger one, in octets, that lies elsewhere is read piece by piece and never taken into memory as a whole. */
    public static final int LARGE = 1 << 20;

    private final String id;
    private final int size;
    private final Source source;
    // Null until somebody asks; any thread comes to the same.
    private volatile Look look;
    private volatile Content surrogate;

    /** What one look at every octet tells. */
    record Look(boolean ascii, boolean nul, int sizeWithCrlf) {
    }

    /** Where octets lie; must always give the same. UncheckedIOException when they cannot be read. */
    public interface Source {
        /** All of them. */
        byte[] octets();

        /** True when they are in memory anyway. */
        default boolean isInMemory() {
            return false;
        }

        /** Makes sure, once, that they are there and are the right ones. UncheckedIOException when not. */
        default void check() {
            // in memory they are
        }

        /** Writes some of them, from that one on, without holding all in memory where they lie elsewhere. */
        default void writeTo(OutputStream out, int offset, int length) throws IOException {
            out.write(octets(), offset, length);
        }
    }

    /** What makes the octets of a derived content. */
    public interface Writer {
        /** Writes all of them; the same each time. */
        void writeTo(OutputStream out) throws IOException;
    }

    private record InMemory(byte[] octets) implements Source {
        @Override
        public boolean isInMemory() {
            return true;
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
        final var content = new Content(HexFormat.of().formatHex(Measured.sha256().digest(octets)), octets.length,
                new InMemory(octets));
        content.look = Measured.look(octets);
        return content;
    }

    /** A content whose octets lie elsewhere; the source is asked each time and must always give the same octets. */
    public static Content stored(String id, int size, Source source) {
        return new Content(Objects.requireNonNull(id), size, Objects.requireNonNull(source));
    }

    /**
     * The same, where it is known what a look at the octets tells.
     *
     * @param ascii        see {@link #isAscii}
     * @param nul          see {@link #hasNul}
     * @param sizeWithCrlf see {@link #sizeWithCrlf}
     */
    public static Content stored(String id, int size, boolean ascii, boolean nul, int sizeWithCrlf, Source source) {
        return stored(id, size, new Look(ascii, nul, sizeWithCrlf), source);
    }

    /** The same. */
    static Content stored(String id, int size, Look look, Source source) {
        final var content = new Content(Objects.requireNonNull(id), size, Objects.requireNonNull(source));
        content.look = look;
        return content;
    }

    /**
     * A content that is made anew each time somebody asks for it, and now to see what it is: for large ones, which are
     * written from the beginning to the end and not {@linkplain #open read in place}. UncheckedIOException when it
     * cannot be made.
     */
    public static Content derived(Writer writer) {
        return measured(writer, new Derived(writer));
    }

    /** The same of octets of which any can be had without those before them. */
    static Content derived(int size, Source source) {
        return measured(out -> source.writeTo(out, 0, size), source);
    }

    private static Content measured(Writer writer, Source source) {
        final var measured = new Measured();
        try {
            writer.writeTo(measured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return measured.content(source);
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

    /** The octets, to be read in place: those of a large content that lies elsewhere stay there. */
    public MessageOctets open() {
        if (isInMemory() || size <= LARGE) {
            return MessageOctets.of(octets());
        }
        check();
        return MessageOctets.windowOn(this);
    }

    /** True when the octets are in memory, and stay there as long as this content. */
    public boolean isInMemory() {
        return source.isInMemory();
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
            surrogate = Surrogate.of(this).orElse(this);
        }
        return surrogate;
    }

    /** This message without NUL, which no IMAP literal may hold: see {@link Excerpt#withoutNul}. */
    public Content withoutNul() {
        return hasNul() ? derived(size, new Excerpt.NulReplaced(this)) : this;
    }

    private Look looked() {
        if (look == null) {
            final var measured = new Measured();
            try {
                writeTo(measured, 0, size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            look = measured.look();
        }
        return look;
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
}
