package dev.mailscope.bench.clients;

import java.util.List;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.message.Content;

/** A mail program that takes mail out of the INBOX, over POP3 or IMAP, and knows afterwards what it has taken. */
interface FetchClient {
    /** What asks for a whole mail over POP3; fetchmail uses TOP when it keeps mail, as it documents. */
    Pattern POP3_RETRIEVAL = Pattern.compile("^> (RETR \\d+|TOP \\d+ \\d{4,})$");

    /** Takes what it has not taken yet. Unless it is to keep the mail, everything it ever took goes at the server. */
    void fetch(boolean keep) throws Exception;

    /** Every mail it has taken. */
    List<byte[]> taken() throws Exception;

    /**
     * What the server sends it of a mail: over POP3 to a program that does not say UTF8, a surrogate of one whose
     * header is not in US-ASCII (RFC 6856 section 2.1).
     */
    default byte[] sent(byte[] octets) {
        return retrieval() == POP3_RETRIEVAL ? Content.of(octets).surrogate().octets() : octets;
    }

    /** What the program keeps of a mail's octets, as it documents. */
    default byte[] kept(byte[] octets) {
        return octets;
    }

    /** Whether it takes a mail that it has not taken yet. */
    default boolean takes(Mail mail) {
        return true;
    }

    /** The flags that a mail has got at the server once the program has taken it. */
    default Flags fetched() {
        return Flags.NONE;
    }

    /** The command with which it takes one mail, looked for in a line of the trace. */
    default Pattern retrieval() {
        return POP3_RETRIEVAL;
    }

    /** What the server may refuse it, matched against a whole line of the trace. */
    default List<Pattern> refusals() {
        return List.of();
    }

    /** One that can remove a single mail as well. */
    interface Choosing extends FetchClient {
        /** Removes the mail with that message number, from 1. */
        void delete(int number) throws Exception;
    }
}
