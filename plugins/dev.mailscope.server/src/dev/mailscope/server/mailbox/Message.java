package dev.mailscope.server.mailbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

import dev.mailscope.server.message.Content;

/**
 * One message in one folder.
 *
 * @param uid          its unique identifier in the folder, 1 to 2^32-1 (RFC 9051 section 2.3.1.1)
 * @param modSeq       the modification sequence of its last change (RFC 7162)
 * @param flags        its flags
 * @param internalDate when it was received, with the zone it was given in (RFC 9051 section 2.3.3)
 * @param saved        when it came into this folder (RFC 8514)
 * @param content      its octets; the content's id serves as EMAILID (RFC 8474)
 */
public record Message(long uid, long modSeq, Flags flags, OffsetDateTime internalDate, Instant saved,
        Content content) {

    /** Checks that nothing is missing. */
    public Message {
        Objects.requireNonNull(flags);
        Objects.requireNonNull(internalDate);
        Objects.requireNonNull(saved);
        Objects.requireNonNull(content);
    }

    /** This message with other flags, changed at that modification sequence. */
    public Message with(Flags newFlags, long newModSeq) {
        return new Message(uid, newModSeq, newFlags, internalDate, saved, content);
    }

    Message with(Content same) {
        return new Message(uid, modSeq, flags, internalDate, saved, same);
    }

    /** Its size in octets. */
    public int size() {
        return content.size();
    }
}
