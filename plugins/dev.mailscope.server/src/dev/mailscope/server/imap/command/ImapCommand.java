package dev.mailscope.server.imap.command;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import dev.mailscope.server.mailbox.Rights;

/** A command that is well-formed. Names of folders are in Unicode, as the client has written them. */
public sealed interface ImapCommand {
    /** Its name, phases and explanation. */
    ImapVerb verb();

    /** The commands that are a name and nothing else. */
    enum Simple implements ImapCommand {
        CAPABILITY(ImapVerb.CAPABILITY),
        NOOP(ImapVerb.NOOP),
        LOGOUT(ImapVerb.LOGOUT),
        STARTTLS(ImapVerb.STARTTLS),
        NAMESPACE(ImapVerb.NAMESPACE),
        IDLE(ImapVerb.IDLE),
        CHECK(ImapVerb.CHECK),
        CLOSE(ImapVerb.CLOSE),
        UNSELECT(ImapVerb.UNSELECT),
        EXPUNGE(ImapVerb.EXPUNGE);

        private final ImapVerb verb;

        Simple(ImapVerb verb) {
            this.verb = verb;
        }

        @Override
        public ImapVerb verb() {
            return verb;
        }
    }

    /**
     * ID (RFC 2971).
     *
     * @param fields what the client says of itself; empty for NIL
     */
    record Id(List<IdField> fields) implements ImapCommand {
        /** Keeps its own copy of the fields. */
        public Id {
            fields = List.copyOf(fields);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.ID;
        }
    }

    /** LOGIN (RFC 3501 section 6.2.3). The password is never printed. */
    record Login(String user, String password) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.LOGIN;
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ']';
        }
    }

    /**
     * AUTHENTICATE (RFC 3501 section 6.2.2). The response is never printed.
     *
     * @param mechanism       in capitals
     * @param initialResponse decoded, empty for {@code =} (RFC 4959); null when it is not there
     */
    record Authenticate(String mechanism, byte[] initialResponse) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.AUTHENTICATE;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Authenticate that && mechanism.equals(that.mechanism)
                    && Arrays.equals(initialResponse, that.initialResponse);
        }

        @Override
        public int hashCode() {
            return Objects.hash(mechanism, Arrays.hashCode(initialResponse));
        }

        @Override
        public String toString() {
            return "Authenticate[mechanism=" + mechanism + ']';
        }
    }

    /**
     * COMPRESS (RFC 4978).
     *
     * @param algorithm in capitals
     */
    record Compress(String algorithm) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.COMPRESS;
        }
    }

    /**
     * ENABLE (RFC 5161 section 3.1).
     *
     * @param names what is to be enabled, in capitals, known to the server or not
     */
    record Enable(List<String> names) implements ImapCommand {
        /** Keeps its own copy of the names. */
        public Enable {
            names = List.copyOf(names);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.ENABLE;
        }
    }

    /**
     * SELECT (RFC 3501 section 6.3.1), or EXAMINE (section 6.3.2) when read-only.
     *
     * @param condstore true with the parameter CONDSTORE (RFC 7162 section 3.1.8)
     * @param resync    what the client knows of the folder already; null when it does not say so
     */
    record Select(String mailbox, boolean readOnly, boolean condstore, QuickResync resync) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return readOnly ? ImapVerb.EXAMINE : ImapVerb.SELECT;
        }
    }

    /**
     * CREATE (RFC 3501 section 6.3.3).
     *
     * @param uses what the folder is to be for, as the client wrote it, known to the server or not (RFC 6154 section 3)
     */
    record Create(String mailbox, List<String> uses) implements ImapCommand {
        /** Keeps its own copy of the uses. */
        public Create {
            uses = List.copyOf(uses);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.CREATE;
        }
    }

    /** DELETE (RFC 3501 section 6.3.4). */
    record Delete(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.DELETE;
        }
    }

    /** RENAME (RFC 3501 section 6.3.5). */
    record Rename(String from, String to) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.RENAME;
        }
    }

    /** SUBSCRIBE (RFC 3501 section 6.3.6). */
    record Subscribe(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.SUBSCRIBE;
        }
    }

    /** UNSUBSCRIBE (RFC 3501 section 6.3.7). */
    record Unsubscribe(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.UNSUBSCRIBE;
        }
    }

    /**
     * LIST (RFC 3501 section 6.3.8, RFC 5258, RFC 9051 section 6.3.9). Reference and patterns are in Unicode, in the
     * client's case.
     *
     * @param patterns a name need match only one of them
     * @param options  what the extended command says besides; null for the basic one
     */
    record ListMailboxes(String reference, List<String> patterns, ListOptions options) implements ImapCommand {
        /** Keeps its own copy of the patterns. */
        public ListMailboxes {
            patterns = List.copyOf(patterns);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.LIST;
        }
    }

    /** LSUB (RFC 3501 section 6.3.9). Reference and pattern are in Unicode, in the client's case. */
    record ListSubscribed(String reference, String pattern) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.LSUB;
        }
    }

    /** STATUS (RFC 3501 section 6.3.10). Items in the client's order, each once. */
    record Status(String mailbox, List<StatusItem> items) implements ImapCommand {
        /** Keeps its own copy of the items. */
        public Status {
            items = List.copyOf(items);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.STATUS;
        }
    }

    /**
     * SETACL (RFC 4314 section 3.1).
     *
     * @param identifier as the client has written it
     */
    record SetAcl(String mailbox, String identifier, Mode mode, Rights rights) implements ImapCommand {
        /** What the rights do to those that the identifier has. */
        public enum Mode {
            /** They take their place. */
            REPLACE,
            /** They come to them. */
            ADD,
            /** They are taken from them. */
            REMOVE
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.SETACL;
        }
    }

    /** DELETEACL (RFC 4314 section 3.2). */
    record DeleteAcl(String mailbox, String identifier) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.DELETEACL;
        }
    }

    /** GETACL (RFC 4314 section 3.3). */
    record GetAcl(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.GETACL;
        }
    }

    /** LISTRIGHTS (RFC 4314 section 3.4). */
    record ListRights(String mailbox, String identifier) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.LISTRIGHTS;
        }
    }

    /** MYRIGHTS (RFC 4314 section 3.5). */
    record MyRights(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.MYRIGHTS;
        }
    }

    /** GETQUOTA (RFC 9208 section 4.1.1). */
    record GetQuota(String root) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.GETQUOTA;
        }
    }

    /** GETQUOTAROOT (RFC 9208 section 4.1.2). */
    record GetQuotaRoot(String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.GETQUOTAROOT;
        }
    }

    /**
     * SETQUOTA (RFC 9208 section 4.1.3).
     *
     * @param limits by the name of the resource in capitals, known to the server or not
     */
    record SetQuota(String root, Map<String, Long> limits) implements ImapCommand {
        /** Keeps its own copy of the limits, in their order. */
        public SetQuota {
            limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.SETQUOTA;
        }
    }

    /**
     * GETMETADATA (RFC 5464 section 4.2).
     *
     * @param mailbox empty for the server itself
     * @param maxSize the largest value that is wanted, in octets; empty for any
     * @param depth   how far below the entries
     * @param entries in lower case, each once
     */
    record GetMetadata(String mailbox, OptionalLong maxSize, Depth depth, List<String> entries)
            implements ImapCommand {
        /** How far below an entry (RFC 5464 section 4.2.2). */
        public enum Depth {
            /** The entry itself. */
            ZERO("0"),
            /** And what is directly below it. */
            ONE("1"),
            /** And all below it. */
            INFINITY("infinity");

            private final String wireName;

            Depth(String wireName) {
                this.wireName = wireName;
            }

            /** As a command writes it. */
            public String wireName() {
                return wireName;
            }
        }

        /** Keeps its own copy of the entries. */
        public GetMetadata {
            entries = List.copyOf(entries);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.GETMETADATA;
        }
    }

    /**
     * SETMETADATA (RFC 5464 section 4.3).
     *
     * @param mailbox empty for the server itself
     * @param values  by the entry in lower case, one character for each octet; empty for an entry that is to go
     */
    record SetMetadata(String mailbox, Map<String, Optional<String>> values) implements ImapCommand {
        /** Keeps its own copy of the values, in their order. */
        public SetMetadata {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.SETMETADATA;
        }
    }

    /** APPEND (RFC 3501 section 6.3.11) of one message or several (RFC 3502). */
    record Append(String mailbox, List<AppendMessage> messages) implements ImapCommand {
        /** Keeps its own copy of the messages. */
        public Append {
            messages = List.copyOf(messages);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.APPEND;
        }
    }

    /**
     * NOTIFY (RFC 5465 section 3.1).
     *
     * @param status true to be told at once how the watched folders stand
     * @param groups what the client wants to be told of; empty for NONE
     */
    record Notify(boolean status, List<EventGroup> groups) implements ImapCommand {
        /** Keeps its own copy of the groups. */
        public Notify {
            groups = List.copyOf(groups);
        }

        @Override
        public ImapVerb verb() {
            return ImapVerb.NOTIFY;
        }
    }

    /** UID EXPUNGE (RFC 4315 section 2.1). */
    record UidExpunge(SequenceSet uids) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return ImapVerb.UID_EXPUNGE;
        }
    }

    /**
     * SEARCH (RFC 3501 section 6.4.4).
     *
     * @param uid     true for UID SEARCH
     * @param result  what of the outcome is asked for, null when the client does not say (RFC 4731)
     * @param charset as the client wrote it; null when it named none
     */
    record Search(boolean uid, SearchResult result, String charset, SearchKey key) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_SEARCH : ImapVerb.SEARCH;
        }
    }

    /**
     * SORT (RFC 5256 section 3).
     *
     * @param uid      true for UID SORT
     * @param result   what of the outcome is asked for, null when the client does not say (RFC 5267 section 3)
     * @param criteria at least one, the most important first
     * @param charset  of the key, as the client wrote it
     */
    record Sort(boolean uid, SearchResult result, List<SortCriterion> criteria, String charset, SearchKey key)
            implements ImapCommand {
        /** Keeps its own copy of the criteria. */
        public Sort {
            criteria = List.copyOf(criteria);
        }

        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_SORT : ImapVerb.SORT;
        }
    }

    /**
     * THREAD (RFC 5256 section 3).
     *
     * @param uid     true for UID THREAD
     * @param charset of the key, as the client wrote it
     */
    record Thread(boolean uid, ThreadAlgorithm algorithm, String charset, SearchKey key) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_THREAD : ImapVerb.THREAD;
        }
    }

    /**
     * FETCH (RFC 3501 section 6.4.5).
     *
     * @param uid        true for UID FETCH, where the set names UIDs
     * @param attributes in the client's order, each once, macros replaced
     * @param modifier   which of the messages named are wanted
     */
    record Fetch(boolean uid, SequenceSet set, List<FetchAttribute> attributes, FetchModifier modifier)
            implements ImapCommand {
        /** Keeps its own copy of the attributes. */
        public Fetch {
            attributes = List.copyOf(attributes);
        }

        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_FETCH : ImapVerb.FETCH;
        }
    }

    /**
     * STORE (RFC 3501 section 6.4.6); with uid, UID STORE.
     *
     * @param unchangedSince only messages changed no later are stored to (RFC 7162 section 3.1.3); empty for all
     */
    record Store(boolean uid, SequenceSet set, OptionalLong unchangedSince, StoreFlags flags) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_STORE : ImapVerb.STORE;
        }
    }

    /** COPY (RFC 3501 section 6.4.7); with uid, UID COPY. */
    record Copy(boolean uid, SequenceSet set, String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_COPY : ImapVerb.COPY;
        }
    }

    /** MOVE (RFC 6851); with uid, UID MOVE. */
    record Move(boolean uid, SequenceSet set, String mailbox) implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_MOVE : ImapVerb.MOVE;
        }
    }

    /**
     * REPLACE (RFC 8508); with uid, UID REPLACE.
     *
     * @param message the one message that goes, of the open folder
     * @param mailbox where the replacement goes to
     */
    record Replace(boolean uid, SequenceSet message, String mailbox, AppendMessage replacement)
            implements ImapCommand {
        @Override
        public ImapVerb verb() {
            return uid ? ImapVerb.UID_REPLACE : ImapVerb.REPLACE;
        }
    }
}
