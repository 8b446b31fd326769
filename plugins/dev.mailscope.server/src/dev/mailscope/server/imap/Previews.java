package dev.mailscope.server.imap;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.MimePart;
import dev.mailscope.server.message.Preview;

/** The previews of the messages looked at last: who lists a folder asks for the same ones again and again. */
final class Previews {
    private static final ByContent<String> KNOWN = new ByContent<>(10_000,
            octets -> Preview.of(octets, MimePart.parse(octets)));

    private Previews() {
    }

    /** The preview of a message; its octets are read only when it is not known. */
    static String of(Content content) {
        return KNOWN.of(content);
    }
}
