package dev.mailscope.server.pop3;

import dev.mailscope.server.trace.Octets;

/** What a line was taken for. */
public sealed interface Parsed {
    /** The octets of the line that must not be shown, from one (included) to another (not included). */
    record Secret(int from, int to) {
        /** Nothing is secret. */
        public static final Secret NONE = new Secret(0, 0);

        /** The line as it may be shown. */
        Octets hide(byte[] line) {
            var octets = new Octets.Builder();
            hide(line, octets);
            return octets.toOctets();
        }

        /** Appends the line as it may be shown. */
        void hide(byte[] line, Octets.Builder octets) {
            octets.write(line, 0, from);
            octets.hidden(to - from);
            octets.write(line, to, line.length - to);
        }
    }

    /** Where the secret stands in the line. */
    Secret secret();

    /** A command. */
    record Understood(Pop3Command command, Secret secret) implements Parsed {
    }

    /**
     * No command.
     *
     * @param verb    the command it seems to be, null when that is not known either
     * @param problem what is wrong, a sentence that quotes nothing the client sent
     * @param offset  at which octet, from 0
     */
    record NotUnderstood(Pop3Verb verb, String problem, int offset, Secret secret) implements Parsed {
    }
}
