package dev.mailscope.bench.load;

/** Which servers are measured, by what they are called in the tables and on the command line. */
enum Kind {
    /** Mailscope that records nothing. */
    QUIET("Mailscope, no trace"),
    /** Mailscope that records every event to a file. */
    RECORDING("Mailscope, recording"),
    DOVECOT("Dovecot"),
    GREENMAIL("GreenMail"),
    /** A server that knows the answers by heart and understands nothing: what this machine and its sockets allow. */
    BARE("bare limit");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
