package dev.mailscope.bench.clients;

/**
 * How a client gets at the server.
 *
 * @param protocol    {@code imap} or {@code pop3}
 * @param security    how the connection is protected; the server accepts no password in a way that is protected less
 * @param host        an address of this machine
 * @param port        the port the server listens on
 * @param user        the account's name
 * @param password    its password
 * @param certificate the server's certificate in PEM, the only one the client shall trust
 */
record Access(String protocol, Security security, String host, int port, String user, String password,
        String certificate) {
    /** True over POP3. */
    boolean isPop3() {
        return protocol.equals("pop3");
    }

    /** The protocol as URLs name it: {@code imap}, {@code imaps}. */
    String scheme() {
        return security == Security.TLS ? protocol + "s" : protocol;
    }

    /** As in {@code imap://127.0.0.1:1143}. */
    String url() {
        return scheme() + "://" + host + ":" + port;
    }
}
