package dev.mailscope.server.trace;

import java.util.List;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Notice;

/** What happened, as one event of the trace. Phases and commands travel as plain names: the trace knows no protocol. */
public sealed interface What {
    /**
     * A client has connected.
     *
     * @param peer  the client's address and port
     * @param local the address and port it connected to
     */
    record Connected(String peer, String local) implements What {
    }

    /** Octets came from the client: one command or line, framed, secrets hidden. */
    record Received(Octets octets) implements What {
    }

    /** The octets of the causing event were understood as the command in the event's column, with that tag. */
    record Command(String tag) implements What {
    }

    /**
     * The octets of the causing event were not understood, or are not allowed.
     *
     * @param problem what is wrong, in words
     * @param offset  at which octet, from 0; -1 when it concerns the whole
     */
    record Rejected(String tag, String problem, int offset) implements What {
    }

    /**
     * The session went from one phase into another; the event's phase is the new one.
     *
     * @param user the user who logged in with that, empty when nobody did
     */
    record PhaseChanged(String from, String to, String user) implements What {
        /** From one phase into another, without a login. */
        public PhaseChanged(String from, String to) {
            this(from, to, "");
        }
    }

    /** A transaction changed the server's state; version is the new state's. */
    record StateChanged(long version, List<Change> changes) implements What {
        /** Keeps its own copy of the changes. */
        public StateChanged {
            changes = List.copyOf(changes);
        }
    }

    /** One response, made for the client. */
    record Response(Octets octets) implements What {
    }

    /**
     * Octets were written to the connection: the responses of this session from one event number to another.
     *
     * @param octets how many
     * @param first  the number of the first response's event
     * @param last   the number of the last response's event
     */
    record Sent(long octets, long first, long last) implements What {
    }

    /** The session opened a folder (IMAP) or its maildrop (POP3) and knows of all that is in it at this moment. */
    record ViewOpened(String account, long folderId, String folder, boolean readOnly) implements What {
    }

    /** The session no longer has a folder open. */
    record ViewClosed(String folder) implements What {
    }

    /** A POP3 session has marked a message to be deleted in Update, or taken the mark back (RFC 1939 section 5). */
    record Marked(int number, long uid, boolean deleted) implements What {
    }

    /** The session's client has been told what changed in its folder. */
    record Told(List<Notice> notices) implements What {
        /** Keeps its own copy of the notices. */
        public Told {
            notices = List.copyOf(notices);
        }
    }

    /**
     * A TLS handshake has succeeded: what follows on the connection is encrypted.
     *
     * @param protocol      the version, such as TLSv1.3
     * @param cipher        the cipher suite by its standard name
     * @param clientSubject the subject of the trusted certificate the client showed, empty when it showed none
     */
    record TlsStarted(String protocol, String cipher, String clientSubject) implements What {
    }

    /** What follows on the connection is compressed, by that algorithm (RFC 4978). */
    record CompressionStarted(String algorithm) implements What {
    }

    /**
     * A message came by SMTP for these accounts; the change of state that this event causes puts it into their INBOX.
     *
     * @param peer       the client's address and port
     * @param sender     the reverse-path of MAIL, empty for the null one (RFC 5321 section 4.1.1.2)
     * @param recipients the forward-paths of RCPT that were accepted, as the client wrote them
     */
    record Delivery(String peer, String sender, List<String> recipients) implements What {
        /** Keeps its own copy of the recipients. */
        public Delivery {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * A device (a user agent with a copy of the mail of its own) says what it is like now.
     *
     * @param name     what its user calls it
     * @param protocol the protocol it speaks: {@code imap} or {@code pop3}
     * @param mode     how it is set, in words
     * @param online   true when it has a network
     * @param peers    the addresses and ports that its open connections speak from, in order
     * @param held     how many messages it has in each folder, by the folder's name
     */
    record Device(String name, String protocol, String mode, boolean online, List<String> peers,
            TreePMap<String, Integer> held) implements What {
        /** Keeps its own copy of the addresses. */
        public Device {
            peers = peers.stream().sorted().toList();
        }
    }

    /**
     * The session is held: what passes waits for a decision.
     *
     * @param stop where, in words
     * @param why  what it is held by
     */
    record Held(String stop, String why) implements What {
    }

    /** A session that was held goes on, or ends, by that decision in words; its cause is the event that held it. */
    record Released(String stop, String decision) implements What {
    }

    /**
     * A fault has struck what passes.
     *
     * @param stop     where, in words
     * @param decision what it does, in words
     * @param name     the fault's name
     */
    record Fault(String stop, String decision, String name) implements What {
    }

    /**
     * Octets took the place of others by a decision or a fault, which is the cause; secrets hidden.
     *
     * @param toClient true for what is sent to the client; false for what is taken as if the client had sent it, framed
     *                 again
     */
    record Replaced(Octets octets, boolean toClient) implements What {
    }

    /** The connection ended. */
    record Closed(String reason) implements What {
    }

    /** The server or the recording itself has something to say: started, stopped, oldest events dropped. */
    record Remark(String text) implements What {
    }

    /** The kinds of events, as names for filters and columns. */
    default String kind() {
        return switch (this) {
            case Connected c -> "connected";
            case Received r -> "received";
            case Command c -> "command";
            case Rejected r -> "rejected";
            case PhaseChanged p -> "phase";
            case StateChanged s -> "state";
            case Response r -> "response";
            case Sent s -> "sent";
            case ViewOpened v -> "opened";
            case ViewClosed v -> "left";
            case Marked m -> "marked";
            case Told t -> "told";
            case TlsStarted t -> "tls";
            case CompressionStarted c -> "compression";
            case Delivery d -> "delivery";
            case Device d -> "device";
            case Held h -> "held";
            case Released r -> "released";
            case Fault f -> "fault";
            case Replaced r -> "replaced";
            case Closed c -> "closed";
            case Remark r -> "remark";
        };
    }
}
