package dev.mailscope.server.imap;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;

/**
 * The MIME structures of the messages looked at last: a client that fetches a message part by part has it taken apart
 * once.
 */
final class Structures {
    private static final ByContent<MimePart> KNOWN = new ByContent<>(1_000, MimePart::parse);

    private Structures() {
    }

    /** The structure of a message; the octets are the content's. */
    static MimePart of(Content content, MessageOctets octets) {
        return KNOWN.of(content, () -> octets);
    }
}
