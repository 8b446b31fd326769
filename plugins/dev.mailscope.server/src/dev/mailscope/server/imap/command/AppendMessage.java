package dev.mailscope.server.imap.command;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/**
 * A message that APPEND brings (RFC 3501 section 6.3.11).
 *
 * @param flags its flags, without {@code \Recent}
 * @param date  its internal date; null for the time of the command
 * @param data  its octets
 */
public record AppendMessage(List<String> flags, OffsetDateTime date, AppendData data) {
    /** Keeps its own copy of the flags. */
    public AppendMessage {
        flags = List.copyOf(flags);
        Objects.requireNonNull(data);
    }
}
