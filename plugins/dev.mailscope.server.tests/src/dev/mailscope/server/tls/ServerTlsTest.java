package dev.mailscope.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ServerCertificate SERVER = ServerCertificate.temporary(CertificateNames.LOCAL);
    private static final ServerCertificate CLIENT = ServerCertificate.temporary(CertificateNames.LOCAL);

    private ServerSocket listener;
    private Socket plain;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
        plain.setSoTimeout((int) PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        plain.close();
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aConnectionThatSpokePlaintextGoesOnWithTls(String version) throws Exception {
        var server = run(() -> {
            try (var connection = listener.accept()) {
                assertEquals("STARTTLS", line(connection));
                write(connection, "OK\n");
                var secure = ServerTls.with(SERVER, null, PATIENCE).start(connection);
                assertEquals(Optional.empty(), ServerTls.clientCertificate(secure.getSession()));
                write(secure, "you said " + line(secure) + "\n");
                secure.shutdownOutput();
                assertEquals(-1, secure.getInputStream().read());
                return secure.getSession().getProtocol();
            }
        });
        write(plain, "STARTTLS\n");
        assertEquals("OK", line(plain));
        var secure = client(version, null);
        write(secure, "hello\n");
        assertEquals("you said hello", line(secure));
        assertEquals(-1, secure.getInputStream().read());
        secure.close();
        assertEquals(version, get(server));
    }

    /** The ticket that a session is resumed with would follow the handshake, when some clients expect nothing. */
    @Test
    void noSessionIsResumed() throws Exception {
        var tls = ServerTls.with(SERVER, null, PATIENCE);
        var server = run(() -> {
            for (var i = 0; i < 2; i++) {
                try (var secure = tls.start(listener.accept())) {
                    write(secure, line(secure) + "\n");
                }
            }
            return null;
        });
        var context = context(null, SERVER);
        assertNull(exchange(context, plain));
        try (var second = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            assertNull(exchange(context, second), "what marks the first session");
        }
        get(server);
    }

    /** Says a line over TLS 1.3, reads the same, marks the session, and tells how it was marked before. */
    private Object exchange(SSLContext context, Socket connection) throws IOException {
        try (var secure = (SSLSocket) context.getSocketFactory().createSocket(connection, "localhost",
                listener.getLocalPort(), true)) {
            secure.setEnabledProtocols(new String[] {"TLSv1.3"});
            write(secure, "hello\n");
            assertEquals("hello", line(secure));
            var before = secure.getSession().getValue("mark");
            secure.getSession().putValue("mark", "first");
            return before;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void olderVersionsAreRefused(String version) throws Exception {
        var server = run(() -> ServerTls.with(SERVER, null, PATIENCE).start(listener.accept()));
        // Java's own client will not say so any more: this is its hello as octets.
        plain.getOutputStream().write(clientHello(version.equals("TLSv1") ? 1 : 2));
        plain.getOutputStream().flush();
        var alert = plain.getInputStream().readNBytes(7);
        assertEquals(21, alert[0], "an alert");
        assertEquals(70, alert[6], "protocol_version");
        var failed = assertThrows(ExecutionException.class, () -> get(server)).getCause();
        assertTrue(failed.getMessage().startsWith("the TLS handshake failed: "), failed.getMessage());
        assertEquals(-1, plain.getInputStream().read());
    }

    @Test
    void aClientChecksTheNameAndTheCertificate() throws Exception {
        var server = run(() -> ServerTls.with(SERVER, null, PATIENCE).start(listener.accept()));
        var socket = (SSLSocket) context(null, ServerCertificate.temporary(CertificateNames.LOCAL)).getSocketFactory()
                .createSocket(plain, "localhost", listener.getLocalPort(), true);
        assertThrows(SSLHandshakeException.class, socket::startHandshake);
        assertInstanceOf(IOException.class, assertThrows(ExecutionException.class, () -> get(server)).getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aTrustedClientCertificateIsKnown(String version) throws Exception {
        var trusted = trusted(CLIENT);
        var server = run(() -> {
            var secure = ServerTls.with(SERVER, trusted, PATIENCE).start(listener.accept());
            var subject = ServerTls.clientCertificate(secure.getSession());
            write(secure, "hello\n");
            return subject;
        });
        assertEquals("hello", line(client(version, CLIENT)));
        assertEquals(Optional.of(new X500Principal("CN=localhost, O=Mailscope")), get(server));
    }

    @Test
    void aClientNeedNotHaveACertificate() throws Exception {
        var trusted = trusted(CLIENT);
        var server = run(() -> {
            var secure = ServerTls.with(SERVER, trusted, PATIENCE).start(listener.accept());
            write(secure, "hello\n");
            return ServerTls.clientCertificate(secure.getSession());
        });
        assertEquals("hello", line(client("TLSv1.3", null)));
        assertEquals(Optional.empty(), get(server));
    }

    @Test
    void aClientCertificateThatNobodyTrustsIsRefused() throws Exception {
        var trusted = trusted(ServerCertificate.temporary(CertificateNames.LOCAL));
        var server = run(() -> ServerTls.with(SERVER, trusted, PATIENCE).start(listener.accept()));
        var client = run(() -> client("TLSv1.2", CLIENT));
        assertInstanceOf(IOException.class, assertThrows(ExecutionException.class, () -> get(server)).getCause());
        assertThrows(ExecutionException.class, () -> get(client));
    }

    @Test
    void aClientThatSaysNothingIsNotWaitedForForEver() throws Exception {
        var server = run(() -> ServerTls.with(SERVER, null, Duration.ofMillis(50)).start(listener.accept()));
        var late = assertThrows(ExecutionException.class, () -> server.get(10, TimeUnit.SECONDS)).getCause();
        assertEquals("the TLS handshake took longer than 50 ms", late.getMessage());
        assertEquals(-1, plain.getInputStream().read());
    }

    @Test
    void aClientThatSpeaksPlaintextIsRefused() throws Exception {
        var server = run(() -> ServerTls.with(SERVER, null, PATIENCE).start(listener.accept()));
        write(plain, "a LOGIN alice wonderland\r\n");
        var failed = assertThrows(ExecutionException.class, () -> get(server)).getCause();
        assertTrue(failed.getMessage().startsWith("the TLS handshake failed: "), failed.getMessage());
        assertFalse(failed.getMessage().contains("alice"));
    }

    @Test
    void closingTheConnectionBelowFreesAReader() throws Exception {
        var tls = ServerTls.with(SERVER, null, PATIENCE);
        var connection = run(() -> listener.accept());
        var client = run(() -> client("TLSv1.3", null));
        var secure = tls.start(get(connection));
        get(client);
        var reader = run(() -> secure.getInputStream().read());
        get(connection).close();
        assertInstanceOf(IOException.class, assertThrows(ExecutionException.class, () -> get(reader)).getCause());
    }

    private SSLSocket client(String version, ServerCertificate certificate) throws Exception {
        var socket = (SSLSocket) context(certificate, SERVER).getSocketFactory().createSocket(plain, "localhost",
                listener.getLocalPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(ServerCertificate own, ServerCertificate trust) throws Exception {
        var password = "x".toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (own == null) {
            keys.init(null, null);
        } else {
            keys.init(own.keyStore(password), password);
        }
        var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trusted(trust));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusted(ServerCertificate certificate) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", certificate.certificate());
        return store;
    }

    /** A TLS 1.0 or 1.1 hello that offers one cipher suite. */
    private static byte[] clientHello(int minor) {
        var hello = new byte[52];
        hello[0] = 22;
        hello[1] = 3;
        hello[2] = 1;
        hello[4] = (byte) (hello.length - 5);
        hello[5] = 1;
        hello[8] = (byte) (hello.length - 9);
        hello[9] = 3;
        hello[10] = (byte) minor;
        // 32 octets of randomness and an empty session identifier; then ECDHE_ECDSA with AES 128 and SHA-1
        hello[45] = 2;
        hello[46] = (byte) 0xC0;
        hello[47] = 0x09;
        hello[48] = 1;
        return hello;
    }

    private static <T> FutureTask<T> run(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws Exception {
        return task.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (var c = socket.getInputStream().read(); c >= 0 && c != '\n'; c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
