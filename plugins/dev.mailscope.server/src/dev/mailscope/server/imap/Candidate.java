package dev.mailscope.server.imap;

import java.time.Instant;

import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;
import dev.mailscope.server.message.SortKeys;

/** One message of a view while SEARCH, SORT or THREAD looks at it; what costs time is read when it is first needed. */
final class Candidate {
    private static final ByContent<SortKeys> SORT_KEYS = new ByContent<>(20_000,
            octets -> SortKeys.of(Header.of(octets)));

    private final FolderView view;
    private final int sequence;
    private final Message message;
    private MessageOctets octets;
    private Header header;
    private SortKeys sortKeys;

    Candidate(FolderView view, int sequence, Message message) {
        this.view = view;
        this.sequence = sequence;
        this.message = message;
    }

    int sequence() {
        return sequence;
    }

    Message message() {
        return message;
    }

    boolean recent() {
        return view.isRecent(message.uid());
    }

    MessageOctets octets() {
        if (octets == null) {
            octets = message.content().open();
        }
        return octets;
    }

    Header header() {
        if (header == null) {
            header = Header.of(octets());
        }
        return header;
    }

    /** What the header is sorted and threaded by. */
    SortKeys sortKeys() {
        if (sortKeys == null) {
            sortKeys = SORT_KEYS.of(message.content());
        }
        return sortKeys;
    }

    /** The sent date, which is when the message came in where it does not say (RFC 5256 section 2.2). */
    Instant sent() {
        return sortKeys().sent().orElse(message.internalDate()).toInstant();
    }

    /** The same when it has been looked at: of many that are found, the octets are not all kept. */
    Candidate tested() {
        octets = null;
        header = null;
        return this;
    }

    MimePart structure() {
        return Structures.of(message.content(), octets());
    }
}
