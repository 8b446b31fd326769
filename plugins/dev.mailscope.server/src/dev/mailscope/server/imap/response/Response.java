package dev.mailscope.server.imap.response;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.mailscope.server.imap.command.IdField;
import dev.mailscope.server.imap.command.PartialRange;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.message.ThreadForest;

/** What an IMAP server says (RFC 3501 section 7). Names of folders are in Unicode. */
public sealed interface Response {
    /** How a command, or the session, stands. */
    enum Condition {
        /** Done, or good news. */
        OK,
        /** Not done. */
        NO,
        /** Not understood, or not allowed here. */
        BAD,
        /** The greeting of a session that is already logged in. */
        PREAUTH,
        /** The session ends. */
        BYE
    }

    /**
     * A status response (section 7.1).
     *
     * @param tag  the command's tag; null for an untagged one
     * @param code null for none
     * @param text for people; what cannot be sent in a text is replaced
     */
    record Status(String tag, Condition condition, ResponseCode code, String text) implements Response {
        /** The end of the command with that tag, without a code. */
        public static Status tagged(String tag, Condition condition, String text) {
            return new Status(tag, condition, null, text);
        }

        /** News of no command in particular, without a code. */
        public static Status untagged(Condition condition, String text) {
            return new Status(null, condition, null, text);
        }
    }

    /** CAPABILITY (section 7.2.1). */
    record Capability(List<String> names) implements Response {
        /** Keeps its own copy of the names. */
        public Capability {
            names = List.copyOf(names);
        }
    }

    /**
     * LIST (section 7.2.2).
     *
     * @param attributes such as {@code \Noselect} and {@code \HasChildren} (RFC 3348)
     * @param separator  between levels of a name; 0 for NIL, where there are no levels
     * @param childInfo  the selection options that a name below fits (RFC 5258 section 3.5); empty for no CHILDINFO
     * @param oldName    what the folder was called before (RFC 5465 section 5.4, RFC 9051 section 6.3.9.7); null for no
     *                   OLDNAME
     */
    record ListMailbox(Collection<String> attributes, char separator, String mailbox, List<String> childInfo,
            String oldName) implements Response {
        /** Keeps its own copy of the lists. */
        public ListMailbox {
            attributes = List.copyOf(attributes);
            childInfo = List.copyOf(childInfo);
        }

        /** Without extended data. */
        public ListMailbox(Collection<String> attributes, char separator, String mailbox) {
            this(attributes, separator, mailbox, List.of(), null);
        }
    }

    /** LSUB (section 7.2.3); see {@link ListMailbox}. */
    record ListSubscribed(Collection<String> attributes, char separator, String mailbox) implements Response {
        /** Keeps its own copy of the attributes. */
        public ListSubscribed {
            attributes = List.copyOf(attributes);
        }
    }

    /** STATUS (section 7.2.4), in the order of the map; of MAILBOXID the folder's number. */
    record MailboxStatus(String mailbox, Map<StatusItem, Long> values) implements Response {
        /** Keeps its own copy of the values. */
        public MailboxStatus {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * ACL (RFC 4314 section 3.6).
     *
     * @param rights their letters by identifier
     */
    record AccessList(String mailbox, Map<String, String> rights) implements Response {
        /** Keeps its own copy of the rights. */
        public AccessList {
            rights = Collections.unmodifiableMap(new LinkedHashMap<>(rights));
        }
    }

    /**
     * LISTRIGHTS (RFC 4314 section 3.7).
     *
     * @param required the letters of what the identifier always has, maybe none
     * @param optional the letters of what it can be given, those that go together as one
     */
    record ListRights(String mailbox, String identifier, String required, List<String> optional)
            implements Response {
        /** Keeps its own copy of the rights. */
        public ListRights {
            optional = List.copyOf(optional);
        }
    }

    /** MYRIGHTS (RFC 4314 section 3.8): the letters of what the user may do with a folder. */
    record MyRights(String mailbox, String rights) implements Response {
    }

    /**
     * What of a resource is used, and how much of it may be (RFC 9208 section 4.2.1).
     *
     * @param name in capitals
     */
    record QuotaResource(String name, long usage, long limit) {
    }

    /** QUOTA (RFC 9208 section 4.2.1); without resources, the root has no limits. */
    record Quota(String root, List<QuotaResource> resources) implements Response {
        /** Keeps its own copy of the resources. */
        public Quota {
            resources = List.copyOf(resources);
        }
    }

    /** QUOTAROOT (RFC 9208 section 4.2.2): the names of the quota roots that a folder belongs to. */
    record QuotaRoot(String mailbox, List<String> roots) implements Response {
        /** Keeps its own copy of the names. */
        public QuotaRoot {
            roots = List.copyOf(roots);
        }
    }

    /**
     * METADATA with values (RFC 5464 section 4.4.1).
     *
     * @param mailbox empty for the server itself
     * @param values  at least one, by entry, one character for each octet; empty for NIL
     */
    record Metadata(String mailbox, Map<String, Optional<String>> values) implements Response {
        /** Keeps its own copy of the values, in their order. */
        public Metadata {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * METADATA without values (RFC 5464 section 4.4.2): what has been changed, set or removed.
     *
     * @param mailbox empty for the server itself
     * @param entries at least one
     */
    record MetadataChange(String mailbox, List<String> entries) implements Response {
        /** Keeps its own copy of the entries. */
        public MetadataChange {
            entries = List.copyOf(entries);
        }
    }

    /** ENABLED (RFC 5161 section 3.2): what the command has enabled; without names, nothing more than before. */
    record Enabled(List<String> names) implements Response {
        /** Keeps its own copy of the names. */
        public Enabled {
            names = List.copyOf(names);
        }
    }

    /**
     * SEARCH (section 7.2.5).
     *
     * @param modSeq  the highest modification sequence of the messages found (RFC 7162 section 3.1.6); empty for none
     * @param numbers sequence numbers or UIDs; never change the array
     */
    record Search(OptionalLong modSeq, long... numbers) implements Response {
        @Override
        public boolean equals(Object other) {
            return other instanceof Search that && modSeq.equals(that.modSeq) && Arrays.equals(numbers, that.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    /**
     * SORT (RFC 5256 section 4).
     *
     * @param modSeq  the highest modification sequence of the messages found (RFC 7162 section 3.1.9); empty for none
     * @param numbers sequence numbers or UIDs in their order; never change the array
     */
    record Sort(OptionalLong modSeq, long... numbers) implements Response {
        @Override
        public boolean equals(Object other) {
            return other instanceof Sort that && modSeq.equals(that.modSeq) && Arrays.equals(numbers, that.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    /**
     * THREAD (RFC 5256 section 4).
     *
     * @param forest  the messages in their threads
     * @param numbers sequence numbers or UIDs, for the places that the forest names; never change the array
     */
    record Thread(ThreadForest forest, long... numbers) implements Response {
        @Override
        public boolean equals(Object other) {
            return other instanceof Thread that && forest.equals(that.forest) && Arrays.equals(numbers, that.numbers);
        }

        @Override
        public int hashCode() {
            return 31 * forest.hashCode() + Arrays.hashCode(numbers);
        }
    }

    /**
     * What of a window's range there is (RFC 9394 section 3.1).
     *
     * @param found the numbers in their order; null for NIL, when the range names nothing that was found
     */
    record Partial(PartialRange range, SequenceSet found) {
    }

    /**
     * ESEARCH (RFC 4731 section 3.1, RFC 9051 section 7.3.4), which says only what was asked for and what there is.
     *
     * @param tag    of the command it answers
     * @param uid    true when the numbers are UIDs
     * @param min    the lowest number found
     * @param max    the highest number found
     * @param all    the numbers found, in their order; null when they were not asked for or there are none
     * @param partial a window on them; null when it was not asked for
     * @param count  how many were found
     * @param modSeq the highest modification sequence of those that the response tells of (RFC 4731 section 3.2)
     */
    record ExtendedSearch(String tag, boolean uid, OptionalLong min, OptionalLong max, SequenceSet all,
            Partial partial, OptionalLong count, OptionalLong modSeq) implements Response {
    }

    /** FLAGS (section 7.2.6): the flags that messages of the folder can have. */
    record Flags(Collection<String> flags) implements Response {
        /** Keeps its own copy of the flags. */
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /** EXISTS (section 7.3.1): the number of messages in the folder. */
    record Exists(long messages) implements Response {
    }

    /** RECENT (section 7.3.2): the number of messages with {@code \Recent} set. */
    record Recent(long messages) implements Response {
    }

    /** EXPUNGE (section 7.4.1): the message is gone, and the numbers behind it are one less from now on. */
    record Expunge(long number) implements Response {
    }

    /**
     * VANISHED (RFC 7162 section 3.2.10).
     *
     * @param earlier true for messages that were gone before the client's sequence numbers began to count
     * @param uids    ascending, at least one
     */
    record Vanished(boolean earlier, SequenceSet uids) implements Response {
    }

    /** FETCH (section 7.4.2): something of the message with that sequence number. */
    record Fetch(long number, List<FetchItem> items) implements Response {
        /** Keeps its own copy of the items. */
        public Fetch {
            items = List.copyOf(items);
        }
    }

    /** Where folders of one kind begin (RFC 2342); the separator is 0 for NIL. */
    record Namespace(String prefix, char separator) {
    }

    /** NAMESPACE (RFC 2342 section 5); an empty list is NIL: there are none of that kind. */
    record Namespaces(List<Namespace> personal, List<Namespace> otherUsers, List<Namespace> shared)
            implements Response {
        /** Keeps its own copy of the lists. */
        public Namespaces {
            personal = List.copyOf(personal);
            otherUsers = List.copyOf(otherUsers);
            shared = List.copyOf(shared);
        }
    }

    /** ID (RFC 2971); without fields, NIL. */
    record Id(List<IdField> fields) implements Response {
        /** Keeps its own copy of the fields. */
        public Id {
            fields = List.copyOf(fields);
        }
    }

    /** A continuation request (section 7.5): the client may go on. */
    record Continuation(String text) implements Response {
    }

    /**
     * A continuation request that is a challenge of a SASL mechanism (section 7.5); sent in base64 and never printed.
     * Never change the array.
     */
    record Challenge(byte[] octets) implements Response {
        @Override
        public boolean equals(Object other) {
            return other instanceof Challenge that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Challenge[]";
        }
    }
}
