package dev.mailscope.server.imap.command;

import java.util.List;

/**
 * How STORE changes flags (RFC 3501 section 6.4.6).
 *
 * @param silent true when the client does not want to be told the outcome
 * @param flags  without {@code \Recent}; system flags in the RFC's spelling, others in the client's
 */
public record StoreFlags(Mode mode, boolean silent, List<String> flags) {
    /** What happens to the flags a message has. */
    public enum Mode {
        /** They give way to the named ones. */
        REPLACE(""),
        /** They stay and the named ones are added. */
        ADD("+"),
        /** The named ones are taken away. */
        REMOVE("-");

        private final String sign;

        Mode(String sign) {
            this.sign = sign;
        }
    }

    /** Keeps its own copy of the flags. */
    public StoreFlags {
        flags = List.copyOf(flags);
    }

    /** As a command writes it. */
    @Override
    public String toString() {
        return mode.sign + "FLAGS" + (silent ? ".SILENT" : "") + " (" + String.join(" ", flags) + ')';
    }
}
