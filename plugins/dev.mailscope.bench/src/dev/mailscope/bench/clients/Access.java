package dev.mailscope.bench.clients;

/**
 * How a client gets at the server.
 *
 * @param protocol {@code imap} or {@code pop3}
 * @param host     an address of this machine
 * @param port     the port the server listens on
 * @param user     the account's name
 * @param password its password
 */
record Access(String protocol, String host, int port, String user, String password) {
    /** As in {@code imap://127.0.0.1:1143}. */
    String url() {
        return protocol + "://" + host + ":" + port;
    }
}
