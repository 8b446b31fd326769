package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;

/** What a capture tells of one message in one folder. */
final class MessageFacts {
    private static final OffsetDateTime UNKNOWN_DATE = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    private MessageFacts same;
    long uid;
    boolean uidIsGuess;
    long size = -1;
    Flags flags;
    OffsetDateTime date;
    Content content;
    byte[] header;
    String uniqueId;
    boolean wasThere;
    boolean brought;
    // Found the first time, and told the second time.
    boolean gone;
    boolean removed;

    /** These facts, or those they were found to be about the same message as. */
    MessageFacts now() {
        return same == null ? this : same.now();
    }

    /** These facts are about the same message as the others, which have all from now on. */
    void becomes(MessageFacts other) {
        if (other == this) {
            return;
        }
        other.size = other.size < 0 ? size : other.size;
        other.flags = other.flags == null ? flags : other.flags;
        other.date = other.date == null ? date : other.date;
        other.content = other.content == null ? content : other.content;
        other.header = other.header == null ? header : other.header;
        other.uniqueId = other.uniqueId == null ? uniqueId : other.uniqueId;
        other.brought |= brought;
        other.wasThere |= wasThere;
        same = other;
    }

    /** The message as it first was. What is not known is said in its place. */
    Message message(long modSeq) {
        var received = date == null ? UNKNOWN_DATE : date;
        return new Message(uid, modSeq, flags == null ? Flags.NONE : flags, received, received.toInstant(),
                content == null ? placeholder() : content);
    }

    private Content placeholder() {
        var missing = new StringBuilder();
        missing.append(header == null ? "Its octets are not in the capture." : "Only its header is in the capture.")
                .append(size < 0 ? " Nor is its size." : " It has " + size + " octets.");
        if (uidIsGuess) {
            missing.append(" Its UID is not in the capture either: the one it has here only keeps its place.");
        }
        if (flags == null) {
            missing.append(" Its flags are not known.");
        }
        if (date == null) {
            missing.append(" Nor is its internal date.");
        }
        var text = (header == null ? "Subject: (not in the capture)\r\n\r\n" : "")
                + "[" + missing + "]\r\n";
        var words = text.getBytes(StandardCharsets.US_ASCII);
        if (header == null) {
            return Content.of(words);
        }
        var octets = Arrays.copyOf(header, header.length + words.length);
        System.arraycopy(words, 0, octets, header.length, words.length);
        return Content.of(octets);
    }
}
