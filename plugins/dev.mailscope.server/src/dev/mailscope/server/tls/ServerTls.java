package dev.mailscope.server.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** Starts TLS 1.2 or 1.3, and no other, as the server on connections that exist: at once, or after STARTTLS or STLS. */
public final class ServerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int LONGER_THAN_A_TICKET_LASTS = 8 * 24 * 60 * 60; // seconds; 7 days by RFC 8446 4.6.1

    private final ServerCertificate certificate;
    private final SSLContext context;
    private final boolean wantsClientCertificate;
    private final Duration patience;

    private ServerTls(ServerCertificate certificate, SSLContext context, boolean wantsClientCertificate,
            Duration patience) {
        this.certificate = certificate;
        this.context = context;
        this.wantsClientCertificate = wantsClientCertificate;
        this.patience = patience;
    }

    /**
     * TLS with that certificate.
     *
     * @param clientTrust whose client certificates are believed, for SASL EXTERNAL; null when none are asked for
     * @param patience    how long a handshake may take as a whole
     */
    public static ServerTls with(ServerCertificate certificate, KeyStore clientTrust, Duration patience)
            throws IOException {
        try {
            var password = "in memory".toCharArray();
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate.keyStore(password), password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), clientTrust == null ? new TrustManager[0] : trust(clientTrust), null);
            resumeNothing(context.getServerSessionContext());
            return new ServerTls(certificate, context, clientTrust != null, patience);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used with this certificate: " + e.getMessage(), e);
        }
    }

    /**
     * A ticket would come right after the handshake of TLS 1.3, when clients that read on one thread and write on
     * another (imaplib2, and so OfflineIMAP) now and then lose their first command over it. The JDK sends none when
     * sessions last longer than a ticket may; its own switch is one for the whole JVM.
     */
    private static void resumeNothing(SSLSessionContext sessions) {
        sessions.setSessionTimeout(LONGER_THAN_A_TICKET_LASTS);
        sessions.setSessionCacheSize(1); // 0 would be no limit
    }

    /** The certificate it shows. */
    public ServerCertificate certificate() {
        return certificate;
    }

    /** The context with which it speaks; a caller of its own sets the protocol versions itself. */
    public SSLContext context() {
        return context;
    }

    /**
     * Starts TLS on a connection and gives the socket to use from now on; closing that one closes the connection. What
     * was read from the connection before must have been dropped: TLS begins with the next octet. IOException when the
     * handshake fails or takes too long; then the connection is closed.
     */
    public SSLSocket start(Socket connection) throws IOException {
        var late = new AtomicBoolean();
        var watch = Thread.ofVirtual().name("mailscope-tls-watch").start(() -> closeLate(connection, late));
        try {
            var socket = handshake(connection);
            end(watch);
            if (late.get()) {
                throw new IOException("it ended too late");
            }
            return socket;
        } catch (IOException e) {
            end(watch);
            connection.close();
            throw new IOException(late.get() ? "the TLS handshake took longer than " + patience.toMillis() + " ms"
                    : "the TLS handshake failed: " + e.getMessage(), e);
        }
    }

    /** The subject of the trusted certificate the client showed; empty when it showed none. */
    public static Optional<X500Principal> clientCertificate(SSLSession session) {
        try {
            return session.getPeerPrincipal() instanceof X500Principal subject ? Optional.of(subject)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private SSLSocket handshake(Socket connection) throws IOException {
        // The form of createSocket that takes octets read already, here none, makes the server's side.
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connection, null, true);
        socket.setSSLParameters(parameters(socket.getSSLParameters()));
        connection.setSoTimeout(0);
        socket.startHandshake();
        return socket;
    }

    private SSLParameters parameters(SSLParameters parameters) {
        parameters.setProtocols(PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        if (wantsClientCertificate) {
            parameters.setWantClientAuth(true);
        }
        return parameters;
    }

    /** A read timeout would not do: a peer could send an octet now and then for ever. */
    private void closeLate(Socket connection, AtomicBoolean late) {
        try {
            Thread.sleep(patience);
            late.set(true);
            connection.close();
        } catch (InterruptedException e) {
            return; // the handshake is over
        } catch (IOException e) {
            late.set(true); // it is closed already
        }
    }

    /** From here on the watch closes nothing any more. */
    private static void end(Thread watch) {
        watch.interrupt();
        var interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static TrustManager[] trust(KeyStore clientTrust) throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clientTrust);
        return trust.getTrustManagers();
    }
}
