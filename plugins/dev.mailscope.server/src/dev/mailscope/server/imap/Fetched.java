package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.response.FetchItem;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.Section;

/** What a FETCH response tells of one message (RFC 3501 section 7.4.2). */
final class Fetched {
    private static final Section HEADER = new Section(List.of(), Section.Text.HEADER);
    private static final Section TEXT = new Section(List.of(), Section.Text.TEXT);

    private Fetched() {
    }

    /** The flags of a message, as an answer of its own. */
    static Response flags(FolderView view, int sequence, Message message, boolean uid) {
        return flags(sequence, message.uid(), message.flags(), view.isRecent(message.uid()), uid);
    }

    static Response flags(int sequence, long uid, Flags flags, boolean recent, boolean withUid) {
        var items = new ArrayList<FetchItem>(2);
        if (withUid) {
            items.add(new FetchItem.Uid(uid));
        }
        items.add(flags(flags, recent));
        return new Response.Fetch(sequence, items);
    }

    /** The answer to these attributes, in their order. */
    static Response of(FolderView view, int sequence, Message message, List<FetchAttribute> attributes) {
        var octets = attributes.stream().allMatch(Fetched::needsNoOctets) ? null : message.content().octets();
        return new Response.Fetch(sequence,
                attributes.stream().map(attribute -> item(attribute, view, message, octets)).toList());
    }

    private static FetchItem item(FetchAttribute attribute, FolderView view, Message message, byte[] octets) {
        return switch (attribute) {
            case FetchAttribute.Simple simple -> switch (simple) {
                case FLAGS -> flags(message.flags(), view.isRecent(message.uid()));
                case UID -> new FetchItem.Uid(message.uid());
                case INTERNALDATE -> new FetchItem.InternalDate(message.internalDate());
                case RFC822_SIZE -> new FetchItem.Size(message.size());
                case ENVELOPE -> new FetchItem.EnvelopeData(Envelope.of(Header.of(octets)));
                case BODY -> structure(message, octets, false);
                case BODYSTRUCTURE -> structure(message, octets, true);
                case RFC822 -> octets(simple, message, octets, Section.MESSAGE);
                case RFC822_HEADER -> octets(simple, message, octets, HEADER);
                case RFC822_TEXT -> octets(simple, message, octets, TEXT);
            };
            case FetchAttribute.BodySection(var section, var peek, var partial) -> {
                var excerpt = excerpt(section, message, octets);
                yield new FetchItem.Octets(attribute, message.content(), excerpt == null || partial == null ? excerpt
                        : excerpt.partial(partial.offset(), partial.length()));
            }
        };
    }

    private static FetchItem flags(Flags flags, boolean recent) {
        var names = flags.names();
        if (recent) {
            names.add("\\Recent");
        }
        return new FetchItem.Flags(names);
    }

    private static FetchItem structure(Message message, byte[] octets, boolean extensible) {
        return new FetchItem.Structure(BodyStructure.of(octets, Structures.of(message.content(), octets)), extensible);
    }

    private static FetchItem octets(FetchAttribute.Simple attribute, Message message, byte[] octets, Section section) {
        return new FetchItem.Octets(attribute, message.content(), excerpt(section, message, octets));
    }

    private static Excerpt excerpt(Section section, Message message, byte[] octets) {
        return section.of(octets, Structures.of(message.content(), octets)).orElse(null);
    }

    private static boolean needsNoOctets(FetchAttribute attribute) {
        return switch (attribute) {
            case FetchAttribute.Simple simple -> switch (simple) {
                case FLAGS, UID, INTERNALDATE, RFC822_SIZE -> true;
                case ENVELOPE, BODY, BODYSTRUCTURE, RFC822, RFC822_HEADER, RFC822_TEXT -> false;
            };
            case FetchAttribute.BodySection section -> false;
        };
    }
}
