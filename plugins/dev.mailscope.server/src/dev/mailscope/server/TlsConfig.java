package dev.mailscope.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a server uses TLS. It is always offered on the ports that begin without it (STARTTLS, STLS).
 *
 * @param imapsPort         where IMAP begins with TLS (RFC 8314 section 3.2), 0 for any free port; empty for nowhere
 * @param pop3sPort         the same for POP3 (section 3.1)
 * @param required          true when no client may send a password without TLS
 * @param keyStore          the user's own certificate; null for a self-signed one
 * @param selfSigned        the file the self-signed certificate is kept in, made on first use, and anew when it does
 *                          not name where the server listens; null when it lives only as long as the server
 * @param clientAuthorities a file with the certificates of those whose client certificates are believed, for SASL
 *                          EXTERNAL; null when clients are not asked for one
 */
public record TlsConfig(OptionalInt imapsPort, OptionalInt pop3sPort, boolean required, KeyStoreFile keyStore,
        Path selfSigned, Path clientAuthorities) {
    /** The port Mailscope proposes for IMAP with TLS; the standard one is 993. */
    public static final int DEFAULT_IMAPS_PORT = 1993;
    /** The port Mailscope proposes for POP3 with TLS; the standard one is 995. */
    public static final int DEFAULT_POP3S_PORT = 1995;
    /** How long a TLS handshake may take. */
    public static final Duration HANDSHAKE = Duration.ofSeconds(30);
    /** No ports of its own, not required, a self-signed certificate that is kept nowhere. */
    public static final TlsConfig DEFAULT = new TlsConfig(OptionalInt.empty(), OptionalInt.empty(), false, null, null,
            null);

    /**
     * A key store of the user's.
     *
     * @param file     PKCS #12 or JKS, with one key
     * @param password of the key store and the key; never shown
     */
    public record KeyStoreFile(Path file, String password) {
        /** Checks that nothing is missing. */
        public KeyStoreFile {
            Objects.requireNonNull(file);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "KeyStoreFile[" + file + "]";
        }
    }

    /** Checks the ports. */
    public TlsConfig {
        imapsPort.ifPresent(port -> ServerConfig.checkPort("IMAPS", port));
        pop3sPort.ifPresent(port -> ServerConfig.checkPort("POP3S", port));
    }

    /** The same with other ports. */
    public TlsConfig withPorts(OptionalInt imaps, OptionalInt pop3s) {
        return new TlsConfig(imaps, pop3s, required, keyStore, selfSigned, clientAuthorities);
    }

    /** The same, and a password passes only with TLS, or without it too. */
    public TlsConfig withRequired(boolean isRequired) {
        return new TlsConfig(imapsPort, pop3sPort, isRequired, keyStore, selfSigned, clientAuthorities);
    }

    /** The same with the certificate of the user's key store. */
    public TlsConfig withKeyStore(KeyStoreFile own) {
        return new TlsConfig(imapsPort, pop3sPort, required, own, selfSigned, clientAuthorities);
    }

    /** The same with the self-signed certificate kept in that file. */
    public TlsConfig withSelfSigned(Path file) {
        return new TlsConfig(imapsPort, pop3sPort, required, keyStore, file, clientAuthorities);
    }

    /** The same, and clients are asked for a certificate that one of these authorities has signed. */
    public TlsConfig withClientAuthorities(Path file) {
        return new TlsConfig(imapsPort, pop3sPort, required, keyStore, selfSigned, file);
    }

    /** True when it names a file of the user's, which must be right from the start. */
    boolean isGivenByUser() {
        return keyStore != null || clientAuthorities != null;
    }
}
