package dev.mailscope.server.message;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes the octets of a content piece by piece and keeps none: only what is known of the whole is left. */
public final class Measured extends OutputStream {
    private final MessageDigest digest;
    private boolean ascii = true;
    private boolean nul;
    private long size;
    private long more;
    private byte last = '\n';
    private String id;

    /** Nothing has been taken. */
    public Measured() {
        this(sha256());
    }

    private Measured(MessageDigest digest) {
        this.digest = digest;
    }

    private Measured(Measured before) {
        try {
            digest = (MessageDigest) before.digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform copies a SHA-256", e);
        }
        ascii = before.ascii;
        nul = before.nul;
        size = before.size;
        more = before.more;
        last = before.last;
    }

    /** What is known of what has been taken so far, for itself: more may be taken here. */
    public Measured soFar() {
        return new Measured(this);
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (id != null) {
            throw new IllegalStateException("all has been taken");
        }
        digest.update(octets, offset, length);
        look(octets, offset, length);
    }

    /** The SHA-256 of what has been taken, in lower-case hexadecimal; nothing can be taken after that. */
    public String id() {
        if (id == null) {
            id = HexFormat.of().formatHex(digest.digest());
        }
        return id;
    }

    /** The content of what has been taken, which lies there; nothing can be taken after that. */
    public Content content(Content.Source source) {
        return Content.stored(id(), size(), look(), source);
    }

    /** How many octets have been taken. */
    public int size() {
        return Math.toIntExact(size);
    }

    /** What one look at every octet tells, in one piece. */
    static Content.Look look(byte[] octets) {
        final var measured = new Measured((MessageDigest) null);
        measured.look(octets, 0, octets.length);
        return measured.look();
    }

    /** What has been seen in what has been taken. */
    Content.Look look() {
        return new Content.Look(ascii, nul, Math.toIntExact(last == '\n' ? size + more : size + more + 2));
    }

    private void look(byte[] octets, int offset, int length) {
        // All octets together tell by their sign whether one is above 127.
        byte all = 0;
        boolean anyNul = nul;
        int bare = 0;
        byte before = size == 0 ? 0 : last;
        for (int i = offset; i < offset + length; i++) {
            final byte octet = octets[i];
            all |= octet;
            anyNul |= octet == 0;
            if (octet == '\n' && before != '\r') {
                bare++;
            }
            before = octet;
        }
        ascii &= all >= 0;
        nul = anyNul;
        more += bare;
        size += length;
        last = length == 0 ? last : before;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
