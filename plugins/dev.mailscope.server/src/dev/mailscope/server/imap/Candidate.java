package dev.mailscope.server.imap;

import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.MimePart;

/** One message of a view while SEARCH looks at it; what costs time is read when it is first needed. */
final class Candidate {
    private final FolderView view;
    private final int sequence;
    private final Message message;
    private byte[] octets;
    private Header header;

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

    byte[] octets() {
        if (octets == null) {
            octets = message.content().octets();
        }
        return octets;
    }

    Header header() {
        if (header == null) {
            header = Header.of(octets());
        }
        return header;
    }

    MimePart structure() {
        return Structures.of(message.content(), octets());
    }
}
