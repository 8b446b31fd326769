package dev.mailscope.server.message;

import java.time.Instant;

/**
 * A message to be threaded (RFC 5256 section 3).
 *
 * @param keys what its header says
 * @param sent the sent date: that of the header, else when the message came in (section 2.2)
 */
public record ThreadMember(SortKeys keys, Instant sent) {
}
