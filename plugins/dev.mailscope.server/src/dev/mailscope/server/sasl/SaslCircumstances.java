package dev.mailscope.server.sasl;

import java.util.Optional;

import javax.security.auth.x500.X500Principal;

/** What an exchange needs to know of the connection it takes place on. */
public final class SaslCircumstances {
    private final boolean tls;
    private final boolean plaintextAllowed;
    private final byte[] endPoint;
    private final X500Principal clientCertificate;

    private SaslCircumstances(boolean tls, boolean plaintextAllowed, byte[] endPoint,
            X500Principal clientCertificate) {
        this.tls = tls;
        this.plaintextAllowed = plaintextAllowed;
        this.endPoint = endPoint == null ? null : endPoint.clone();
        this.clientCertificate = clientCertificate;
    }

    /** A connection without TLS. */
    public static SaslCircumstances withoutTls(boolean plaintextAllowed) {
        return new SaslCircumstances(false, plaintextAllowed, null, null);
    }

    /**
     * A connection with TLS.
     *
     * @param endPoint          the channel binding {@code tls-server-end-point} (RFC 5929 section 4), null for none
     * @param clientCertificate the subject of the trusted certificate the client showed, null for none
     */
    public static SaslCircumstances withTls(byte[] endPoint, X500Principal clientCertificate) {
        return new SaslCircumstances(true, true, endPoint, clientCertificate);
    }

    /** True when what passes cannot be read by others. */
    public boolean tls() {
        return tls;
    }

    /** True when a client may send its password: under TLS, or where the server allows it in the clear. */
    public boolean passwordsAllowed() {
        return tls || plaintextAllowed;
    }

    /** The channel binding, when the connection has one. */
    Optional<byte[]> endPoint() {
        return Optional.ofNullable(endPoint);
    }

    /** The client certificate's subject, when it showed one. */
    Optional<X500Principal> clientCertificate() {
        return Optional.ofNullable(clientCertificate);
    }

    @Override
    public String toString() {
        return "SaslCircumstances[tls=" + tls + ", passwordsAllowed=" + passwordsAllowed() + "]";
    }
}
