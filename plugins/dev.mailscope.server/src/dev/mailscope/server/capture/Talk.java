package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/**
 * What client and server said on one connection, as it becomes events: in the order of the capture, each octet once. A
 * subclass knows the protocol.
 */
abstract class Talk {
    // More than this, and so much more than what came, is no mail.
    private static final long MOST_INFLATED = 16L << 20;
    private static final int MOST_TIMES = 100;
    private static final Pattern MASKED = Pattern.compile("(?im)"
            + "^(\\S+ LOGIN \\S+ |\\S+ AUTHENTICATE \\S+ |AUTH \\S+ |APOP \\S+ )(\\*+)$");
    private static final int MOST_MASKED = 8 * 1024;
    private static final int PIECE = 1 << 16;

    /** What is missing of what the client says next, which may leave a secret where none should be. */
    enum Torn {
        /** Nothing. */
        WHOLE,
        /** Perhaps its beginning: the capture begins here. */
        AT_START,
        /** A part of it, by a gap. */
        BY_GAP;

        /** True when nothing of that must be shown, which was understood or not. */
        boolean hides(Incoming incoming, boolean understood) {
            return this == BY_GAP || this == AT_START && (!understood || !incoming.complete());
        }
    }

    static final String NOT_WHOLE = "A part of it is not in the capture.";
    static final int MOST_HELD = 1 << 20;

    final Trail trail;
    // True when what was missing may have changed the phase.
    boolean uncertain;
    boolean greeted;
    // Octets of the client that cannot be read yet.
    long held;
    private Torn torn;
    private String opaque = "";
    private long[] unread = new long[2];
    private Inflater[] inflaters;
    private boolean layerBegins;
    private long compressed;
    private long inflated;

    /**
     * A session.
     *
     * @param whole true when the capture has its beginning
     */
    Talk(Trail trail, boolean whole) {
        this.trail = trail;
        this.uncertain = !whole;
        this.torn = whole ? Torn.WHOLE : Torn.AT_START;
        this.greeted = !whole;
    }

    /** A part of what the client says is missing here. */
    final void tear() {
        torn = Torn.BY_GAP;
        uncertain = true;
    }

    /** The client has said that; true when nothing of it must be shown. */
    final boolean hides(Incoming incoming, boolean understood) {
        var hides = torn.hides(incoming, understood);
        trail.of(hides ? "" : incoming.command());
        torn = incoming.complete() ? Torn.WHOLE : torn;
        return hides;
    }

    /** Records what the client has said, or only how much, and gives the event's number. */
    final long received(Octets octets, boolean hides) {
        return trail.record(0, new What.Received(!hides ? octets
                : new Octets.Builder().hidden(octets.size()).toOctets()));
    }

    /** Records what the client has not said to its end. */
    final void unfinished(Octets rest) {
        trail.of("");
        if (rest.size() > 0) {
            received(rest, torn != Torn.WHOLE);
        }
    }

    /**
     * The client's octets with letters where a recording that was exported has asterisks for a secret: so that the rest
     * of the line can be read. The letters are as secret as what they stand for.
     */
    static byte[] unmasked(byte[] octets) {
        if (octets.length > MOST_MASKED) {
            return octets;
        }
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        var masked = MASKED.matcher(text);
        return !masked.find() ? octets
                : masked.replaceAll(found -> found.group(1) + "a".repeat(found.group(2).length()))
                        .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Octets that one side sent at that time. */
    final void data(boolean fromClient, byte[] octets, long micros) {
        trail.at(micros);
        if (!opaque.isEmpty()) {
            unread[fromClient ? 0 : 1] += octets.length;
            return;
        }
        if (layerBegins) {
            layerBegins = false;
            if (isPlain(octets)) {
                inflaters = null; // what is exported of a compressed session is the text
            }
        }
        if (inflaters == null) {
            plain(fromClient, fromClient ? unmasked(octets) : octets);
        } else {
            inflate(fromClient, octets);
        }
    }

    /** So many octets of one side are not in the capture. */
    final void gap(boolean fromClient, long octets, long micros) {
        trail.at(micros);
        if (!opaque.isEmpty()) {
            return;
        }
        trail.record(0, new What.Remark(octets + (octets == 1 ? " octet" : " octets") + " of the "
                + (fromClient ? "client" : "server") + (octets == 1 ? " is" : " are")
                + " missing in the capture here"));
        if (inflaters == null) {
            lost(fromClient, octets);
        } else {
            becomesOpaque("what follows a gap cannot be inflated");
        }
    }

    /** The connection has ended, for that reason. */
    final void closed(String reason, long micros) {
        trail.at(micros);
        if (!opaque.isEmpty() && unread[0] + unread[1] > 0) {
            trail.of("");
            trail.record(0, new What.Remark("not read, because " + opaque + ": " + unread[0]
                    + " octets of the client and "
                    + unread[1] + " of the server"));
        }
        end();
        if (inflaters != null) {
            inflaters[0].end();
            inflaters[1].end();
        }
        trail.of("");
        trail.record(0, new What.Closed(reason));
    }

    /** From here on nothing can be read, for that reason. */
    final void becomesOpaque(String why) {
        opaque = why;
        trail.record(0, new What.Remark("from here on nothing can be read: " + why));
    }

    final boolean isOpaque() {
        return !opaque.isEmpty();
    }

    /** From here on both sides compress (RFC 4978). */
    final void compresses(long cause) {
        trail.record(cause, new What.CompressionStarted("DEFLATE"));
        inflaters = new Inflater[] {new Inflater(true), new Inflater(true)};
        layerBegins = true;
    }

    /** Octets of one side, without any layer around them. */
    abstract void plain(boolean fromClient, byte[] octets);

    /** So many octets of one side are missing. */
    abstract void lost(boolean fromClient, long octets);

    /** Nothing more comes. */
    abstract void end();

    private static boolean isPlain(byte[] octets) {
        for (var octet : octets) {
            if ((octet < ' ' || octet > '~') && octet != '\r' && octet != '\n') {
                return false;
            }
        }
        return true;
    }

    private void inflate(boolean fromClient, byte[] octets) {
        var inflater = inflaters[fromClient ? 0 : 1];
        inflater.setInput(octets);
        compressed += octets.length;
        var piece = new byte[PIECE];
        var out = new ByteArrayOutputStream();
        try {
            for (var count = inflater.inflate(piece); count > 0; count = inflater.inflate(piece)) {
                inflated += count;
                if (inflated > MOST_INFLATED && inflated / MOST_TIMES > compressed) {
                    becomesOpaque("inflated it is more than " + MOST_TIMES + " times as large, which mail is not");
                    return;
                }
                out.write(piece, 0, count);
                if (out.size() >= PIECE) {
                    plain(fromClient, out.toByteArray());
                    out.reset();
                    if (isOpaque()) {
                        return;
                    }
                }
            }
            if (out.size() > 0) {
                plain(fromClient, out.toByteArray());
            }
        } catch (DataFormatException e) {
            becomesOpaque("it should be compressed and is not");
        }
    }
}
