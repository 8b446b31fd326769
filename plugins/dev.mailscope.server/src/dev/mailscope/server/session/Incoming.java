package dev.mailscope.server.session;

import dev.mailscope.server.trace.Octets;

/** What a session made of the octets it was fed: one command, or a part of one that has to be answered already. */
public interface Incoming {
    /** The octets as they came, secrets hidden; without those an earlier part has shown. */
    Octets octets();

    /** The command's tag, empty for none. */
    String tag();

    /** The command's name in capitals as the trace shows it, empty when it was not understood. */
    String command();

    /** What is wrong with it, in words and without quoting a secret; null when it was understood. */
    String problem();

    /** At which octet of the command the problem lies, from 0; -1 when it concerns the whole. */
    int offset();

    /** False for a part of a command, such as the announcement of a literal; then nothing is executed yet. */
    boolean complete();
}
