package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a message must be like to be found (RFC 3501 section 6.4.4). Printed, a key is written as a command writes it,
 * save for text that is not US-ASCII.
 */
public sealed interface SearchKey {
    /** True when the test holds for this key or, where it is made of others, for one of those. */
    default boolean any(Predicate<SearchKey> test) {
        return test.test(this) || this instanceof And(var keys) && keys.stream().anyMatch(key -> key.any(test))
                || this instanceof Or(var one, var other) && (one.any(test) || other.any(test))
                || this instanceof Not(var turned) && turned.any(test);
    }

    /** Every message. */
    record All() implements SearchKey {
        @Override
        public String toString() {
            return "ALL";
        }
    }

    /** All of these keys. */
    record And(List<SearchKey> keys) implements SearchKey {
        /** Keeps its own copy of the keys. */
        public And {
            keys = List.copyOf(keys);
        }

        @Override
        public String toString() {
            return keys.stream().map(SearchKey::toString).collect(Collectors.joining(" ", "(", ")"));
        }
    }

    /** One of the two, or both. */
    record Or(SearchKey one, SearchKey other) implements SearchKey {
        @Override
        public String toString() {
            return "OR " + one + ' ' + other;
        }
    }

    /** Whatever the key does not find. */
    record Not(SearchKey key) implements SearchKey {
        @Override
        public String toString() {
            return "NOT " + key;
        }
    }

    /** A flag or keyword that is set, or is not: ANSWERED, UNSEEN, KEYWORD and the like. */
    record Flag(String name, boolean set) implements SearchKey {
        @Override
        public String toString() {
            return (set ? "" : "UN") + (name.startsWith("\\") ? name.substring(1).toUpperCase(Locale.ROOT)
                    : "KEYWORD " + name);
        }
    }

    /** RECENT, or OLD when not set. NEW is RECENT and UNSEEN. */
    record Recent(boolean set) implements SearchKey {
        @Override
        public String toString() {
            return set ? "RECENT" : "OLD";
        }
    }

    /** Messages by sequence number. */
    record Sequence(SequenceSet set) implements SearchKey {
        @Override
        public String toString() {
            return set.toString();
        }
    }

    /** Messages by UID. */
    record Uid(SequenceSet set) implements SearchKey {
        @Override
        public String toString() {
            return "UID " + set;
        }
    }

    /** Messages changed at that modification sequence or later (RFC 7162 section 3.1.5). */
    record ModSeq(long from) implements SearchKey {
        @Override
        public String toString() {
            return "MODSEQ " + from;
        }
    }

    /** The parts of the envelope that have a key of their own. */
    enum EnvelopeField {
        BCC, CC, FROM, SUBJECT, TO
    }

    /** Text in one of the envelope's fields. */
    record Envelope(EnvelopeField field, EncodedText text) implements SearchKey {
        @Override
        public String toString() {
            return field + " " + text;
        }
    }

    /**
     * Text in a header field; empty text asks only whether the field is there.
     *
     * @param field the field's name in the client's spelling, one character for each octet
     */
    record Header(String field, EncodedText text) implements SearchKey {
        @Override
        public String toString() {
            return "HEADER " + new EncodedText(field.getBytes(StandardCharsets.ISO_8859_1)) + ' '
                    + text;
        }
    }

    /** Text in the body. */
    record Body(EncodedText text) implements SearchKey {
        @Override
        public String toString() {
            return "BODY " + text;
        }
    }

    /** Text in the header or the body. */
    record Text(EncodedText text) implements SearchKey {
        @Override
        public String toString() {
            return "TEXT " + text;
        }
    }

    /** How a date is compared, time and zone left aside. */
    enum When {
        /** Earlier than that day. */
        BEFORE,
        /** On that day. */
        ON,
        /** On that day or later. */
        SINCE
    }

    /** By the internal date. */
    record Received(When when, LocalDate date) implements SearchKey {
        @Override
        public String toString() {
            return when + " " + DateSyntax.print(date);
        }
    }

    /** By the day, in UTC, on which the message came into this folder (RFC 8514 section 4.3). */
    record Saved(When when, LocalDate date) implements SearchKey {
        @Override
        public String toString() {
            return "SAVED" + when + ' ' + DateSyntax.print(date);
        }
    }

    /** Every message, since the server keeps the date of all (RFC 8514 section 4.3). */
    record SaveDateSupported() implements SearchKey {
        @Override
        public String toString() {
            return "SAVEDATESUPPORTED";
        }
    }

    /** By the time since the internal date, in seconds: at least that much (RFC 5032 section 3). */
    record Older(long seconds) implements SearchKey {
        @Override
        public String toString() {
            return "OLDER " + seconds;
        }
    }

    /** By the time since the internal date, in seconds: at most that much (RFC 5032 section 3). */
    record Younger(long seconds) implements SearchKey {
        @Override
        public String toString() {
            return "YOUNGER " + seconds;
        }
    }

    /** The messages with that EMAILID (RFC 8474 section 6). */
    record EmailId(String id) implements SearchKey {
        @Override
        public String toString() {
            return "EMAILID " + id;
        }
    }

    /** The messages with that THREADID (RFC 8474 section 6). */
    record ThreadId(String id) implements SearchKey {
        @Override
        public String toString() {
            return "THREADID " + id;
        }
    }

    /** By the Date field of the header. */
    record Sent(When when, LocalDate date) implements SearchKey {
        @Override
        public String toString() {
            return "SENT" + when + ' ' + DateSyntax.print(date);
        }
    }

    /** More octets than that. */
    record Larger(long octets) implements SearchKey {
        @Override
        public String toString() {
            return "LARGER " + octets;
        }
    }

    /** Fewer octets than that. */
    record Smaller(long octets) implements SearchKey {
        @Override
        public String toString() {
            return "SMALLER " + octets;
        }
    }
}
