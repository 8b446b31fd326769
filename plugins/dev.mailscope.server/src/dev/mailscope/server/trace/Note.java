package dev.mailscope.server.trace;

import java.io.IOException;
import java.time.Instant;

/**
 * What somebody has noted on an event of a recording; without a text it is a bookmark.
 *
 * @param event     the event's number
 * @param eventTime when the event happened, in microseconds since 1970: the event itself may be gone from a recording
 *                  that has reached its size limit, its note is not
 * @param written   when it was written, in microseconds since 1970
 * @param text      the words, with LF between lines; empty for a bookmark
 */
public record Note(long event, long eventTime, long written, String text) {
    /** The most characters of a note. */
    public static final int LONGEST = 4_000;
    // No block of events and no other row of a recording begins so.
    private static final int KIND = 'N';
    private static final int VERSION = 1;

    /** IllegalArgumentException when the text is too long. */
    public Note {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A note has at most " + LONGEST + " characters, this one has "
                    + text.length() + ".");
        }
    }

    /** True when it marks the event and says nothing. */
    public boolean isBookmark() {
        return text.isEmpty();
    }

    /** When the event happened. */
    public Instant eventInstant() {
        return Instant.ofEpochSecond(Math.floorDiv(eventTime, 1_000_000L),
                Math.floorMod(eventTime, 1_000_000L) * 1_000L);
    }

    /** The octets that stand in the file. */
    byte[] encode() {
        var out = new BinaryOutput();
        out.octet(KIND);
        out.octet(VERSION);
        out.number(eventTime);
        out.number(written);
        out.text(text);
        return out.seal();
    }

    /** True for the beginning, seal included, of a note's octets. */
    static boolean isNote(byte[] row) {
        return row.length > BinaryOutput.SEAL && row[BinaryOutput.SEAL] == KIND;
    }

    /** The note of that event. IOException when it is damaged, or of a newer version. */
    static Note decode(long event, byte[] row) throws IOException {
        var in = new BinaryInput(row);
        if (in.octet() != KIND) {
            throw new IOException("damaged: no note");
        }
        var version = in.octet();
        if (version != VERSION) {
            throw new IOException("of format " + version + ", which is newer than " + VERSION);
        }
        var eventTime = in.number();
        var written = in.number();
        var text = in.text();
        if (text.length() > LONGEST) {
            throw new IOException("damaged: a note of " + text.length() + " characters");
        }
        return new Note(event, eventTime, written, text);
    }
}
