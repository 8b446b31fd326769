package dev.mailscope.server.imap;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Measured;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.message.TransferEncoding;

/**
 * A part of a message without its transfer encoding (BINARY, RFC 3516 section 4.2): a large one is decoded anew each
 * time it is written, and its size is remembered.
 *
 * @param content what the excerpt is of
 * @param excerpt null where there is no such part
 */
record Decoded(Content content, Excerpt excerpt) {
    // What is known, and not where the octets are: the same message may lie in another store too.
    private static final ByContent<Measured> LARGE = new ByContent<>(1_000);

    /** That part of the message the client is shown, whose octets these are; a whole message has none to undo. */
    static Decoded of(Section section, Content shown, MessageOctets octets) {
        if (section.part().isEmpty()) {
            return whole(shown);
        }
        var part = Structures.of(shown, octets).part(section.part());
        if (part.isEmpty()) {
            return new Decoded(shown, null);
        }
        return part.get().body().length() <= Content.LARGE
                ? new Decoded(shown, new Excerpt.Picked(TransferEncoding.decode(octets, part.get())))
                : whole(large(section, shown, part.get()));
    }

    private static Content large(Section section, Content shown, MimePart part) {
        var known = LARGE.of(shown.id() + ' ' + section, () -> TransferEncoding.measured(shown, part));
        return TransferEncoding.decoded(shown, part, known);
    }

    private static Decoded whole(Content content) {
        return new Decoded(content, new Excerpt.Slice(new Range(0, content.size())));
    }
}
