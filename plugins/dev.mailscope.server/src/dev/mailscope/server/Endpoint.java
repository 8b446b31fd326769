package dev.mailscope.server;

import java.net.InetSocketAddress;

/**
 * Where the server listens for a protocol.
 *
 * @param protocol {@code imap}, {@code pop3} or {@code smtp}; {@code imaps} or {@code pop3s} where TLS begins at once
 * @param address  the address and the port in use
 */
public record Endpoint(String protocol, InetSocketAddress address) {
    /** As in {@code imap=127.0.0.1:1143}. */
    @Override
    public String toString() {
        return protocol + "=" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
