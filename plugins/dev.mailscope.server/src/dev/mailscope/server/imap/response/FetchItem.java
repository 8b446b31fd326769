package dev.mailscope.server.imap.response;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Section;

/** One thing a FETCH response tells of a message (RFC 3501 section 7.4.2). */
public sealed interface FetchItem {
    /** FLAGS, {@code \Recent} among them when it is set. */
    record Flags(Collection<String> flags) implements FetchItem {
        /** Keeps its own copy of the flags. */
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /** UID. */
    record Uid(long uid) implements FetchItem {
    }

    /** MODSEQ (RFC 7162 section 3.1.4.2). */
    record ModSeq(long modSeq) implements FetchItem {
    }

    /** INTERNALDATE. */
    record InternalDate(OffsetDateTime date) implements FetchItem {
    }

    /** SAVEDATE: when the message came into this folder (RFC 8514 section 4.2). */
    record SaveDate(OffsetDateTime date) implements FetchItem {
    }

    /**
     * EMAILID (RFC 8474 section 5.1).
     *
     * @param id the same for the same content and internal date
     */
    record EmailId(String id) implements FetchItem {
    }

    /** THREADID as NIL: the server keeps no threads (RFC 8474 section 5.2). */
    record NoThreadId() implements FetchItem {
    }

    /** RFC822.SIZE. */
    record Size(long octets) implements FetchItem {
    }

    /**
     * An item that was encoded before, {@linkplain ResponseEncoder#encoded for the dialect} it is sent in.
     *
     * @param octets its name and value; never change the array
     */
    record Made(byte[] octets) implements FetchItem {
    }

    /** ENVELOPE. */
    record EnvelopeData(Envelope envelope) implements FetchItem {
    }

    /**
     * BODYSTRUCTURE, or BODY.
     *
     * @param extensible false for BODY, which leaves the extension data out
     */
    record Structure(BodyStructure structure, boolean extensible) implements FetchItem {
    }

    /** PREVIEW; empty when there is no text (RFC 8970 section 3.2). */
    record Preview(String text) implements FetchItem {
    }

    /** BINARY.SIZE of that part (RFC 9051 section 7.5.2). */
    record BinarySize(Section section, long octets) implements FetchItem {
    }

    /**
     * Octets of the message: {@code BODY[…]}, {@code BINARY[…]}, RFC822, RFC822.HEADER or RFC822.TEXT.
     *
     * @param attribute what was asked for; its partial gives the origin that the response names
     * @param excerpt   which octets of the content, the partial already applied; null for NIL: there is no such section
     */
    record Octets(FetchAttribute attribute, Content content, Excerpt excerpt) implements FetchItem {
        /** Refuses an attribute that does not ask for octets. */
        public Octets {
            var octets = switch (attribute) {
                case FetchAttribute.BodySection section -> true;
                case FetchAttribute.Binary binary -> true;
                case FetchAttribute.BinarySize size -> false;
                case FetchAttribute.Preview preview -> false;
                case FetchAttribute.Simple simple -> switch (simple) {
                    case RFC822, RFC822_HEADER, RFC822_TEXT -> true;
                    case FLAGS, UID, INTERNALDATE, SAVEDATE, EMAILID, THREADID, MODSEQ, RFC822_SIZE, ENVELOPE, BODY,
                         BODYSTRUCTURE -> false;
                };
            };
            if (!octets) {
                throw new IllegalArgumentException(attribute + " does not ask for octets");
            }
        }
    }
}
