package dev.mailscope.server.imap;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.FetchItem;
import dev.mailscope.server.imap.response.ResponseEncoder;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;

/**
 * ENVELOPE, BODY and BODYSTRUCTURE of the messages looked at last, as they go over the wire: a folder that is listed
 * again, by this client or the next one, is not read and taken apart again.
 */
enum Described {
    ENVELOPE(octets -> new FetchItem.EnvelopeData(Envelope.of(Header.of(octets)))),
    BODY(octets -> new FetchItem.Structure(structure(octets), false)),
    BODYSTRUCTURE(octets -> new FetchItem.Structure(structure(octets), true));

    private static final int MOST = 20_000;
    // A larger one is a curiosity, or meant to fill the memory.
    private static final int LARGEST = 8_192;

    private final Map<Dialect, ByContent<FetchItem.Made>> known = new EnumMap<>(Dialect.class);

    Described(Function<MessageOctets, FetchItem> item) {
        for (var dialect : Dialect.values()) {
            known.put(dialect, new ByContent<>(MOST,
                    octets -> new FetchItem.Made(ResponseEncoder.encoded(item.apply(octets), dialect)),
                    made -> made.octets().length <= LARGEST));
        }
    }

    /** What is told of this content in that dialect; its octets are asked for only when that is not known. */
    FetchItem of(Content content, Dialect dialect) {
        return known.get(dialect).of(content);
    }

    private static BodyStructure structure(MessageOctets octets) {
        return BodyStructure.of(octets, MimePart.parse(octets));
    }
}
