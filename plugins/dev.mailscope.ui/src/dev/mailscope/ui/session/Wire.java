package dev.mailscope.ui.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.osgi.util.NLS;

/**
 * What carries a session's octets: a socket, and TLS on it from the moment it is started. A certificate that cannot be
 * trusted does not end the session, for to look at a server is what the console is for; the user is told.
 */
final class Wire {
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final Socket plain;
    private final InetSocketAddress address;
    private final Predicate<X509Certificate> own;
    private volatile Socket now;

    /**
     * @param plain   a connected socket
     * @param address the server, by the name it is to be known by
     * @param own     tells whether a certificate is that of the workbench's own server
     */
    Wire(Socket plain, InetSocketAddress address, Predicate<X509Certificate> own) {
        this.plain = plain;
        this.address = address;
        this.own = own;
        now = plain;
    }

    InputStream in() throws IOException {
        return now.getInputStream();
    }

    OutputStream out() throws IOException {
        return now.getOutputStream();
    }

    /** True when the octets travel within TLS. */
    boolean isSecure() {
        return now != plain;
    }

    /**
     * Lets TLS begin, as its client; nothing else may be read or written meanwhile.
     *
     * @return the protocol, the cipher suite and what is to be thought of the certificate, in words
     */
    String startTls() throws IOException {
        try {
            var judge = new Judge();
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {judge}, null);
            var secure = (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHostString(),
                    address.getPort(), true);
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            plain.setSoTimeout(HANDSHAKE_MILLIS);
            secure.startHandshake();
            plain.setSoTimeout(0);
            now = secure;
            var session = secure.getSession();
            return NLS.bind(Messages.Wire_secure, new Object[] {session.getProtocol(), session.getCipherSuite(),
                judge.verdict});
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException(e);
        }
    }

    /** Lets every certificate pass and says what is to be thought of it. */
    private final class Judge extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager strict = strict();
        private String verdict = "";

        private Judge() throws GeneralSecurityException {
        }

        private static X509ExtendedTrustManager strict() throws GeneralSecurityException {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new GeneralSecurityException("no X.509 trust manager");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            if (own.test(chain[0])) {
                verdict = NLS.bind(Messages.Wire_own, fingerprint(chain[0]));
                return;
            }
            try {
                strict.checkServerTrusted(chain, type, socket);
                verdict = NLS.bind(Messages.Wire_trusted, chain[0].getSubjectX500Principal(),
                        chain[0].getIssuerX500Principal());
            } catch (CertificateException e) {
                verdict = NLS.bind(Messages.Wire_untrusted, new Object[] {chain[0].getSubjectX500Principal(),
                    e.getMessage(), fingerprint(chain[0])});
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not used here: the console's TLS is on a socket");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("not used here: the console's TLS is on a socket");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("not used here: the console is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not used here: the console is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("not used here: the console is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return strict.getAcceptedIssuers();
        }
    }
}
