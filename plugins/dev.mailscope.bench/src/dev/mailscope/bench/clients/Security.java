package dev.mailscope.bench.clients;

/** How a connection is protected. */
enum Security {
    /** Not at all. */
    PLAIN(""),
    /** By an upgrade: STARTTLS (RFC 9051 section 6.2.1), STLS (RFC 2595 section 4). */
    STARTTLS("-starttls"),
    /** From its first octet on, on a port of its own (RFC 8314 section 3). */
    TLS("s");

    private final String suffix;

    Security(String suffix) {
        this.suffix = suffix;
    }

    /** What a round's name has after the protocol. */
    String suffix() {
        return suffix;
    }
}
