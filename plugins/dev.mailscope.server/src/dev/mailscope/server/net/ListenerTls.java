package dev.mailscope.server.net;

import dev.mailscope.server.tls.TlsSource;

/**
 * TLS on the connections of a listener.
 *
 * @param source what it is started with
 * @param atOnce true when it begins with the first octet (RFC 8314 section 3), false when the session says when
 */
public record ListenerTls(TlsSource source, boolean atOnce) {
}
