package dev.mailscope.lab.device;

import java.time.Instant;
import java.util.Objects;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.message.Summary;
import dev.mailscope.server.trace.Octets;

/**
 * A message as a device keeps it.
 *
 * @param id       its number on this device: with IMAP its UID, or a negative number until the server has given it one;
 *                 with POP3 the order in which it came
 * @param uniqueId with POP3, what UIDL says of it (RFC 1939 section 7); empty with IMAP
 * @param flags    as this device knows them
 * @param fetched  when it came to this device
 * @param octets   its octets, as the server gave them
 */
public record LocalMessage(long id, String uniqueId, Flags flags, Instant fetched, Octets octets) {
    /** Checks that nothing is missing. */
    public LocalMessage {
        Objects.requireNonNull(uniqueId);
        Objects.requireNonNull(flags);
        Objects.requireNonNull(fetched);
        Objects.requireNonNull(octets);
    }

    /** The same message with other flags. */
    public LocalMessage with(Flags other) {
        return new LocalMessage(id, uniqueId, other, fetched, octets);
    }

    /** The same message by another number. */
    public LocalMessage withId(long other) {
        return new LocalMessage(other, uniqueId, flags, fetched, octets);
    }

    /** Its subject, its sender and its date. */
    public Summary summary() {
        return Summary.of(octets.toBytes());
    }
}
