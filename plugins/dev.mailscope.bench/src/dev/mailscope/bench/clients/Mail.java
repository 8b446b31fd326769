package dev.mailscope.bench.clients;

import dev.mailscope.server.mailbox.Flags;

/**
 * A mail as the server is expected to hold it.
 *
 * @param octets its octets
 * @param flags  its flags
 */
record Mail(byte[] octets, Flags flags) {
    /** It with those flags too. */
    Mail plus(Flags more) {
        return new Mail(octets, flags.plus(more));
    }
}
