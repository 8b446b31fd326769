package dev.mailscope.bench.clients;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;

/**
 * A mail program with a local copy of the whole account, over IMAP. What it is told to do it does at the server or in
 * its local copy, whichever is its way; {@link #sync} brings both in step.
 */
interface SyncClient {
    /** Brings the local copy and the server in step. */
    void sync() throws Exception;

    /** What the local copy holds, by the folder's full name in Unicode. */
    Map<String, List<Copy>> copy() throws Exception;

    /** Sets a flag of a mail. */
    void flag(String folder, Copy mail, Flags flag) throws Exception;

    /** Adds a mail of the user's own to a folder. */
    void append(String folder, byte[] mail) throws Exception;

    /** Moves a mail to another folder. */
    void move(String folder, Copy mail, String target) throws Exception;

    /** Removes a mail. */
    void delete(String folder, Copy mail) throws Exception;

    /** What the program keeps of a mail's octets, as it documents: line ends, say, or a header field of its own. */
    default byte[] kept(byte[] octets) {
        return octets;
    }

    /** What the program keeps of a mail's flags, as it documents. */
    default Flags kept(Flags flags) {
        return flags;
    }

    /** The flags it gives to a mail that it appends. */
    default Flags appended() {
        return Flags.NONE;
    }

    /** The flags that a mail has got at the server once the program has fetched it. */
    default Flags fetched() {
        return Flags.NONE;
    }

    /** What the server may refuse it, matched against a whole line of the trace. */
    default List<Pattern> refusals() {
        return List.of();
    }
}
