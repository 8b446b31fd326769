package dev.mailscope.bench.clients;

import dev.mailscope.server.mailbox.Flags;

/**
 * A mail in a client's local copy.
 *
 * @param id     the name it has there, in the client's own terms: a UID, a file
 * @param octets what the client keeps of it
 * @param flags  the flags the client keeps with it
 */
record Copy(String id, byte[] octets, Flags flags) {
}
