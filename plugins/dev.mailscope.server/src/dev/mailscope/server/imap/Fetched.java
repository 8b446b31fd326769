package dev.mailscope.server.imap;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.response.FetchItem;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseEncoder;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.message.TransferEncoding;

/** What a FETCH response tells of one message (RFC 3501 section 7.4.2). */
final class Fetched {
    // System flags alone, without and with \Recent, by their bits, as they go over the wire in every dialect.
    private static final FetchItem[] SYSTEM_FLAGS = systemFlags(false);
    private static final FetchItem[] SYSTEM_FLAGS_RECENT = systemFlags(true);
    private static final Section HEADER = new Section(List.of(), Section.Text.HEADER);
    private static final Section TEXT = new Section(List.of(), Section.Text.TEXT);

    private Fetched() {
    }

    /**
     * That a message has these flags now, as an answer of its own; with its UID and modification sequence for a client
     * that wants them (RFC 7162 section 3.2.4, RFC 9051 section 7.5.2).
     */
    static Response flags(Notice.FlagsChanged changed, Enabled enabled, boolean uid) {
        var items = new ArrayList<FetchItem>(3);
        if (uid || enabled.condstore() || enabled.rev2()) {
            items.add(new FetchItem.Uid(changed.uid()));
        }
        items.add(flags(changed.flags(), changed.recent() && !enabled.rev2()));
        if (enabled.condstore()) {
            items.add(new FetchItem.ModSeq(changed.modSeq()));
        }
        return new Response.Fetch(changed.sequence(), items);
    }

    /** Adds to what is told unasked what a client wants with it (RFC 7162 section 3.2.4, RFC 9051 section 7.5.2). */
    static void addIdentity(List<FetchAttribute> attributes, Enabled enabled) {
        if (enabled.condstore() || enabled.rev2()) {
            add(FetchAttribute.Simple.UID, attributes);
        }
        if (enabled.condstore()) {
            add(FetchAttribute.Simple.MODSEQ, attributes);
        }
    }

    static void add(FetchAttribute attribute, List<FetchAttribute> attributes) {
        if (!attributes.contains(attribute)) {
            attributes.add(attribute);
        }
    }

    /** A message's modification sequence alone, for a client that works out the flags itself. */
    static Response modSeq(int sequence, Message message) {
        return new Response.Fetch(sequence,
                List.of(new FetchItem.Uid(message.uid()), new FetchItem.ModSeq(message.modSeq())));
    }

    /** True for what a message's flags and its place in the folder tell. */
    static boolean isOfFlags(FetchAttribute attribute) {
        return attribute == FetchAttribute.Simple.FLAGS || attribute == FetchAttribute.Simple.UID;
    }

    /**
     * The answer to attributes {@linkplain #isOfFlags of flags} alone, in their order. The message itself is not looked
     * at: those of a large folder lie all over the memory.
     */
    static Response of(FolderView view, int sequence, Flags flags, List<FetchAttribute> attributes, Enabled enabled) {
        var items = new FetchItem[attributes.size()];
        for (var i = 0; i < items.length; i++) {
            items[i] = attributes.get(i) == FetchAttribute.Simple.UID ? new FetchItem.Uid(view.uid(sequence))
                    : flags(flags, view.recent() > 0 && view.isRecent(view.uid(sequence)) && !enabled.rev2());
        }
        return new Response.Fetch(sequence, List.of(items));
    }

    /** The answer to these attributes, in their order. */
    static Response of(FolderView view, int sequence, Message message, List<FetchAttribute> attributes,
            Enabled enabled) {
        // No streams, nor a list that is copied: this is done for every message of a large folder.
        var items = new FetchItem[attributes.size()];
        Content shown = null;
        MessageOctets octets = null;
        for (var i = 0; i < items.length; i++) {
            var attribute = attributes.get(i);
            if (shown == null && !needsNoContent(attribute)) {
                shown = enabled.shown(message.content());
            }
            if (octets == null && !needsNoOctets(attribute) && !(isWhole(attribute) && !shown.hasNul())) {
                octets = shown.open();
            }
            items[i] = item(attribute, view, message, shown, octets, enabled);
        }
        return new Response.Fetch(sequence, List.of(items));
    }

    /** With the content the client is shown of the message, and its octets; null where the attribute needs none. */
    private static FetchItem item(FetchAttribute attribute, FolderView view, Message message, Content shown,
            MessageOctets octets, Enabled enabled) {
        return switch (attribute) {
            case FetchAttribute.Simple simple -> switch (simple) {
                case FLAGS -> flags(message.flags(), view.isRecent(message.uid()) && !enabled.rev2());
                case UID -> new FetchItem.Uid(message.uid());
                case MODSEQ -> new FetchItem.ModSeq(message.modSeq());
                case INTERNALDATE -> new FetchItem.InternalDate(message.internalDate());
                // In UTC, as the store notes it.
                case SAVEDATE -> new FetchItem.SaveDate(message.saved().atOffset(ZoneOffset.UTC));
                case EMAILID -> new FetchItem.EmailId(emailId(message));
                case THREADID -> new FetchItem.NoThreadId();
                case RFC822_SIZE -> new FetchItem.Size(shown.size());
                case ENVELOPE -> Described.ENVELOPE.of(shown, enabled.dialect());
                case BODY -> Described.BODY.of(shown, enabled.dialect());
                case BODYSTRUCTURE -> Described.BODYSTRUCTURE.of(shown, enabled.dialect());
                case RFC822 -> octets(simple, shown, octets, excerpt(Section.MESSAGE, shown, octets));
                case RFC822_HEADER -> octets(simple, shown, octets, excerpt(HEADER, shown, octets));
                case RFC822_TEXT -> octets(simple, shown, octets, excerpt(TEXT, shown, octets));
            };
            case FetchAttribute.BodySection(var section, var peek, var partial) -> {
                var excerpt = excerpt(section, shown, octets);
                yield octets(attribute, shown, octets, partial == null ? excerpt
                        : excerpt.map(whole -> whole.partial(partial.offset(), partial.length())));
            }
            case FetchAttribute.Binary(var section, var peek, var partial) -> {
                var decoded = Decoded.of(section, shown, octets);
                yield new FetchItem.Octets(attribute, decoded.content(), decoded.excerpt() == null || partial == null
                        ? decoded.excerpt() : decoded.excerpt().partial(partial.offset(), partial.length()));
            }
            // Made at once, LAZY or not: the message is at hand.
            case FetchAttribute.Preview preview -> new FetchItem.Preview(Previews.of(message.content()));
            case FetchAttribute.BinarySize(var section) -> {
                var excerpt = Decoded.of(section, shown, octets).excerpt();
                yield new FetchItem.BinarySize(section, excerpt == null ? 0 : excerpt.size());
            }
        };
    }

    /**
     * The same for every message with this content and internal date, in whatever folder: what a folder may not change
     * in one message must not differ between messages with the same EMAILID (RFC 8474 section 5.1).
     */
    static String emailId(Message message) {
        var date = message.internalDate();
        return message.content().id() + '-' + date.toEpochSecond() + '-' + date.getOffset().getTotalSeconds();
    }

    private static FetchItem flags(Flags flags, boolean recent) {
        return flags.hasKeywords() ? new FetchItem.Flags(names(flags, recent))
                : (recent ? SYSTEM_FLAGS_RECENT : SYSTEM_FLAGS)[flags.systemBits()];
    }

    private static FetchItem[] systemFlags(boolean recent) {
        return IntStream.range(0, 1 << Flags.systemNames().size())
                .mapToObj(bits -> new FetchItem.Made(ResponseEncoder.encoded(
                        new FetchItem.Flags(names(Flags.ofSystemBits(bits), recent)), Dialect.REV1)))
                .toArray(FetchItem[]::new);
    }

    private static List<String> names(Flags flags, boolean recent) {
        var names = flags.names();
        if (recent) {
            names.add("\\Recent");
        }
        return names;
    }

    private static FetchItem octets(FetchAttribute attribute, Content shown, MessageOctets octets,
            Optional<Excerpt> excerpt) {
        if (excerpt.isEmpty() || octets == null) {
            return new FetchItem.Octets(attribute, shown, excerpt.orElse(null));
        }
        return excerpt.get() instanceof Excerpt.Slice slice && slice.size() > Content.LARGE
                ? new FetchItem.Octets(attribute, shown.withoutNul(), slice)
                : new FetchItem.Octets(attribute, shown, excerpt.get().withoutNul(octets));
    }

    /** Without the octets it is the whole message, which is sent from where it lies. */
    private static Optional<Excerpt> excerpt(Section section, Content shown, MessageOctets octets) {
        if (octets == null) {
            shown.check();
            return Optional.of(new Excerpt.Slice(new Range(0, shown.size())));
        }
        return section.of(octets, Structures.of(shown, octets));
    }

    private static boolean needsNoContent(FetchAttribute attribute) {
        return needsNoOctets(attribute) && !(attribute instanceof FetchAttribute.Simple simple && switch (simple) {
            case RFC822_SIZE, ENVELOPE, BODY, BODYSTRUCTURE -> true;
            case FLAGS, UID, INTERNALDATE, SAVEDATE, EMAILID, THREADID, MODSEQ, RFC822, RFC822_HEADER, RFC822_TEXT ->
                false;
        });
    }

    /** True for what asks for the message as a whole, or a run of it. */
    private static boolean isWhole(FetchAttribute attribute) {
        return attribute == FetchAttribute.Simple.RFC822
                || attribute instanceof FetchAttribute.BodySection body && body.section().equals(Section.MESSAGE);
    }

    private static boolean needsNoOctets(FetchAttribute attribute) {
        return switch (attribute) {
            case FetchAttribute.Simple simple -> switch (simple) {
                case FLAGS, UID, INTERNALDATE, SAVEDATE, EMAILID, THREADID, MODSEQ, RFC822_SIZE, ENVELOPE, BODY,
                        BODYSTRUCTURE -> true;
                case RFC822, RFC822_HEADER, RFC822_TEXT -> false;
            };
            case FetchAttribute.BodySection section -> false;
            case FetchAttribute.Binary binary -> false;
            case FetchAttribute.BinarySize size -> false;
            case FetchAttribute.Preview preview -> true;
        };
    }

    /** True when all of these can be answered: no part is in a transfer encoding that nobody knows. */
    static boolean canDecode(Message message, List<FetchAttribute> attributes) {
        for (var attribute : attributes) {
            var section = switch (attribute) {
                case FetchAttribute.Binary(var part, var peek, var partial) -> part;
                case FetchAttribute.BinarySize(var part) -> part;
                case FetchAttribute.BodySection b -> Section.MESSAGE;
                case FetchAttribute.Preview p -> Section.MESSAGE;
                case FetchAttribute.Simple s -> Section.MESSAGE;
            };
            if (!section.part().isEmpty()) {
                var octets = message.content().open();
                var part = Structures.of(message.content(), octets).part(section.part());
                if (part.isPresent() && !TransferEncoding.isKnown(octets, part.get())) {
                    return false;
                }
            }
        }
        return true;
    }
}
