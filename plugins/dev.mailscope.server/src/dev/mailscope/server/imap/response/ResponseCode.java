package dev.mailscope.server.imap.response;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.mailscope.server.imap.command.SequenceSet;

/** What a program is to read in a status response, in brackets before the text (RFC 3501 section 7.1). */
public sealed interface ResponseCode {
    /** The codes that are a name and nothing else. */
    enum Simple implements ResponseCode {
        ALERT, PARSE, READ_ONLY, READ_WRITE, TRYCREATE,
        // RFC 4315 section 3
        UIDNOTSTICKY,
        // RFC 5530 section 3
        UNAVAILABLE, AUTHENTICATIONFAILED, AUTHORIZATIONFAILED, EXPIRED, PRIVACYREQUIRED, CONTACTADMIN, NOPERM, INUSE,
        EXPUNGEISSUED, CORRUPTION, SERVERBUG, CLIENTBUG, CANNOT, LIMIT, OVERQUOTA, ALREADYEXISTS, NONEXISTENT,
        // RFC 7162 section 3.2.11, RFC 9051 section 7.1
        CLOSED, HASCHILDREN,
        // RFC 3516 section 4.3
        UNKNOWN_CTE,
        // RFC 6154 section 3
        USEATTR,
        // RFC 5182 section 2.1
        NOTSAVED,
        // RFC 4469 section 4.2, for a message that is too large
        TOOBIG,
        // RFC 4978 section 3
        COMPRESSIONACTIVE,
        // RFC 5465 section 5.8
        NOTIFICATIONOVERFLOW;

        /** As a response writes it. */
        public String wireName() {
            return name().replace('_', '-');
        }
    }

    /** The charsets SEARCH knows; empty to say only that the one asked for is not known. */
    record BadCharset(List<String> charsets) implements ResponseCode {
        /** Keeps its own copy of the names. */
        public BadCharset {
            charsets = List.copyOf(charsets);
        }
    }

    /** The events that NOTIFY can be asked for (RFC 5465 section 8). */
    record BadEvent(List<String> events) implements ResponseCode {
        /** Keeps its own copy of the names. */
        public BadEvent {
            events = List.copyOf(events);
        }
    }

    /**
     * The first URL of CATENATE that names nothing (RFC 4469 section 4.1).
     *
     * @param url as the client wrote it, one character for each octet
     */
    record BadUrl(String url) implements ResponseCode {
    }

    /**
     * How far a command has come (RFC 9585 section 4).
     *
     * @param tag  the command's; null where it cannot be told
     * @param done how many things are done, fewer than goal
     * @param goal how many there are
     */
    record InProgress(String tag, long done, long goal) implements ResponseCode {
        /** Refuses to have come to the end. */
        public InProgress {
            if (done < 0 || done >= goal) {
                throw new IllegalArgumentException("not in progress: " + done + " of " + goal);
            }
        }
    }

    /** What the server can do. */
    record Capability(List<String> names) implements ResponseCode {
        /** Keeps its own copy of the names. */
        public Capability {
            names = List.copyOf(names);
        }
    }

    /** Which flags the client can change for good; {@code \*} when it may make new keywords. */
    record PermanentFlags(Collection<String> flags) implements ResponseCode {
        /** Keeps its own copy of the flags. */
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    /** The UID the next message will have. */
    record UidNext(long uid) implements ResponseCode {
    }

    /** The validity of the folder's UIDs. */
    record UidValidity(long validity) implements ResponseCode {
    }

    /** The sequence number of the first message without {@code \Seen}. */
    record Unseen(long number) implements ResponseCode {
    }

    /** The folder's highest modification sequence, as far as the client has been told (RFC 7162 section 3.1.2.1). */
    record HighestModSeq(long modSeq) implements ResponseCode {
    }

    /** The folder's id (RFC 8474 section 4); on the wire a letter stands before the number. */
    record MailboxId(long folderId) implements ResponseCode {
    }

    /** The messages, by sequence number or UID, that STORE left alone (RFC 7162 section 3.1.3). */
    record Modified(SequenceSet set) implements ResponseCode {
    }

    /** The largest value of an entry that was too large to be told, in octets (RFC 5464 section 4.2.1). */
    record MetadataLongEntries(long octets) implements ResponseCode {
    }

    /** The largest value of an entry that can be kept, in octets (RFC 5464 section 4.3). */
    record MetadataMaxSize(long octets) implements ResponseCode {
    }

    /** There can be no more entries (RFC 5464 section 4.3). */
    record MetadataTooMany() implements ResponseCode {
    }

    /** The UIDs of the messages appended (RFC 4315 section 3). Never change the array. */
    record AppendUid(long uidValidity, long... uids) implements ResponseCode {
        @Override
        public boolean equals(Object other) {
            return other instanceof AppendUid that && uidValidity == that.uidValidity && Arrays.equals(uids, that.uids);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(uidValidity) * 31 + Arrays.hashCode(uids);
        }
    }

    /**
     * The UIDs of the messages copied, and of the copies, one for one (RFC 4315 section 3). Never change the arrays.
     */
    record CopyUid(long uidValidity, long[] from, long[] to) implements ResponseCode {
        /** Refuses lists of different length. */
        public CopyUid {
            if (from.length != to.length || from.length == 0) {
                throw new IllegalArgumentException("each message copied has one copy");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CopyUid that && uidValidity == that.uidValidity && Arrays.equals(from, that.from)
                    && Arrays.equals(to, that.to);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(uidValidity) + Arrays.hashCode(from)) + Arrays.hashCode(to);
        }
    }
}
