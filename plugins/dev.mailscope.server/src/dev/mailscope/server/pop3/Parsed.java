package dev.mailscope.server.pop3;

/** What a line was taken for. */
public sealed interface Parsed {
    /** The octets of the line that must not be shown, from one (included) to another (not included). */
    record Secret(int from, int to) {
        /** Nothing is secret. */
        public static final Secret NONE = new Secret(0, 0);
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
