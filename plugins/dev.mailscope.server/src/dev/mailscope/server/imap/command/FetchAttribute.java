package dev.mailscope.server.imap.command;

import java.util.List;
import java.util.Map;

import dev.mailscope.server.message.Section;

/** One thing FETCH asks of a message (RFC 3501 section 6.4.5, "fetch-att"). */
public sealed interface FetchAttribute {
    /** The ones that are a name and nothing else. */
    enum Simple implements FetchAttribute {
        /** The flags. */
        FLAGS("FLAGS"),
        /** The unique identifier. */
        UID("UID"),
        /** When the server received the message. */
        INTERNALDATE("INTERNALDATE"),
        /** When the message came into this folder (RFC 8514). */
        SAVEDATE("SAVEDATE"),
        /** What the same message has wherever it lies (RFC 8474 section 5.1). */
        EMAILID("EMAILID"),
        /** The thread it belongs to (RFC 8474 section 5.2). */
        THREADID("THREADID"),
        /** The modification sequence of its last change (RFC 7162 section 3.1.4.2). */
        MODSEQ("MODSEQ"),
        /** The size in octets. */
        RFC822_SIZE("RFC822.SIZE"),
        /** Date, subject, addresses and message identifiers, parsed. */
        ENVELOPE("ENVELOPE"),
        /** The MIME structure without extension data. */
        BODY("BODY"),
        /** The MIME structure with extension data. */
        BODYSTRUCTURE("BODYSTRUCTURE"),
        /** The whole message; sets {@code \Seen}. */
        RFC822("RFC822"),
        /** The header. */
        RFC822_HEADER("RFC822.HEADER"),
        /** The message without its header; sets {@code \Seen}. */
        RFC822_TEXT("RFC822.TEXT");

        private final String wireName;

        Simple(String wireName) {
            this.wireName = wireName;
        }

        /** As commands and responses write it. */
        public String wireName() {
            return wireName;
        }

        @Override
        public boolean setsSeen() {
            return this == RFC822 || this == RFC822_TEXT;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    /**
     * {@code BODY[section]<offset.length>}.
     *
     * @param peek    true for {@code BODY.PEEK}, which leaves {@code \Seen} alone
     * @param partial which octets of the section; null for all
     */
    record BodySection(Section section, boolean peek, Partial partial) implements FetchAttribute {
        @Override
        public boolean setsSeen() {
            return !peek;
        }

        @Override
        public String toString() {
            return (peek ? "BODY.PEEK[" : "BODY[") + section + ']'
                    + (partial == null ? "" : partial);
        }
    }

    /**
     * {@code BINARY[part]<offset.length>}: a part with its transfer encoding undone (RFC 9051 section 6.4.5).
     *
     * @param section a part and nothing of it in particular
     * @param peek    true for {@code BINARY.PEEK}, which leaves {@code \Seen} alone
     * @param partial which of the decoded octets; null for all
     */
    record Binary(Section section, boolean peek, Partial partial) implements FetchAttribute {
        @Override
        public boolean setsSeen() {
            return !peek;
        }

        @Override
        public String toString() {
            return (peek ? "BINARY.PEEK[" : "BINARY[") + section + ']' + (partial == null ? "" : partial);
        }
    }

    /** {@code BINARY.SIZE[part]}: how many octets {@link Binary} gives. */
    record BinarySize(Section section) implements FetchAttribute {
        @Override
        public boolean setsSeen() {
            return false;
        }

        @Override
        public String toString() {
            return "BINARY.SIZE[" + section + ']';
        }
    }

    /**
     * PREVIEW: the beginning of the text (RFC 8970).
     *
     * @param lazy true where no preview would do if one took long
     */
    record Preview(boolean lazy) implements FetchAttribute {
        @Override
        public boolean setsSeen() {
            return false;
        }

        @Override
        public String toString() {
            return lazy ? "PREVIEW (LAZY)" : "PREVIEW";
        }
    }

    /**
     * A piece of a section.
     *
     * @param offset its first octet, from 0
     * @param length how many octets at most, at least 1
     */
    record Partial(long offset, long length) {
        /** Refuses a piece of nothing. */
        public Partial {
            if (offset < 0 || length < 1) {
                throw new IllegalArgumentException("not a piece: " + offset + "." + length);
            }
        }

        /** As a command writes it. */
        @Override
        public String toString() {
            return "<" + offset + '.' + length + '>';
        }
    }

    /** What ALL, FAST and FULL stand for; each is written alone, without parentheses. */
    Map<String, List<FetchAttribute>> MACROS = Map.of(
            "ALL", List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE, Simple.ENVELOPE),
            "FAST", List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE),
            "FULL", List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE, Simple.ENVELOPE, Simple.BODY));

    /** True when fetching it sets {@code \Seen}, in a folder that was not opened read-only. */
    boolean setsSeen();
}
