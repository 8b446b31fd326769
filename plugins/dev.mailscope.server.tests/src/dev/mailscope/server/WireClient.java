package dev.mailscope.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import dev.mailscope.server.tls.ServerCertificate;

/** A client's end of a real connection, line by line, with TLS and compression when it is told so. */
public final class WireClient implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private WireClient(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE);
        use(socket);
    }

    /** Connects, and says nothing. */
    public static WireClient connect(InetSocketAddress address) throws IOException {
        return new WireClient(new Socket(address.getAddress(), address.getPort()));
    }

    /** A client's TLS: trusts that certificate, and shows the one in that file when the server asks for one. */
    public static SSLContext trusting(ServerCertificate server, Path own) throws IOException {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", server.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            var password = "mailscope".toCharArray();
            keys.init(own == null ? null : KeyStore.getInstance(own.toFile(), password), own == null ? null : password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Goes on with TLS; the certificate must name the address (RFC 9110 section 4.3.4). */
    public void startTls(SSLContext context) throws IOException {
        startTls(context, "TLSv1.3");
    }

    /** Goes on with that version of TLS. */
    void startTls(SSLContext context, String version) throws IOException {
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket,
                socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        var parameters = secure.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        use(secure);
    }

    /** Goes on compressed. */
    void startDeflate() {
        in = new InflaterInputStream(in, new Inflater(true));
        out = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true), true);
    }

    /** Sends text as it is, one octet for each character. */
    public void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends a line and gives the next one that comes. */
    public String ask(String line) throws IOException {
        send(line + "\r\n");
        return line();
    }

    /** The next line without its end; null at the end of the connection. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = read(); octet != '\n'; octet = read()) {
            if (octet < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The lines up to the one that begins so, which is the last of them. */
    public String until(String start) throws IOException {
        var lines = new StringBuilder();
        for (var line = line(); line != null; line = line()) {
            lines.append(line).append('\n');
            if (line.startsWith(start)) {
                return lines.toString();
            }
        }
        throw new IOException("the connection ended after: " + lines);
    }

    /** Sends octets below any compression. */
    void sendRaw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** That many octets of text. */
    String octets(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Octets in Base64. */
    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (EOFException e) {
            return -1; // compressed data does not end, it stops
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = next.getInputStream();
        out = next.getOutputStream();
    }
}
