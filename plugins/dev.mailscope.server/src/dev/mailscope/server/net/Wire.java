package dev.mailscope.server.net;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import javax.net.ssl.SSLSocket;

import dev.mailscope.server.tls.ServerTls;

/**
 * The octets of one connection, through whatever layers they pass: none, TLS, compression, or compression within TLS
 * (RFC 4978 section 3). A layer is added between two reads, while nothing is written.
 */
final class Wire {
    private static final int COMPRESSED = 8_192;

    private final Socket connection;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private Inflater inflater;
    private Deflater deflater;

    /** The octets as they come over that connection. */
    Wire(Socket connection) throws IOException {
        this.connection = connection;
        use(connection);
    }

    /**
     * Octets from the peer, at most as many as the buffer takes; -1 when the peer has ended. ZipException when they
     * should be compressed and are not.
     */
    int read(byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (EOFException e) {
            return -1; // in the middle of a compressed block: a peer that has gone need not have ended it
        }
    }

    /** Throws away what has come already, at most about so much; gives how many octets that was. */
    int discard(int most) throws IOException {
        var buffer = new byte[1_024];
        var total = 0;
        while (total < most && in.available() > 0) {
            total += Math.max(0, in.read(buffer));
        }
        return total;
    }

    /** How long a read waits, in milliseconds. */
    void readTimeout(long millis) throws IOException {
        connection.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
    }

    /** What is written to the peer; sent when it is flushed. */
    OutputStream out() {
        return out;
    }

    /** Starts TLS; the session below says what was agreed on. IOException as in {@link ServerTls#start}. */
    SSLSocket startTls(ServerTls tls) throws IOException {
        var secure = tls.start(connection);
        use(secure);
        return secure;
    }

    /** Compresses from now on, in both directions. */
    void startDeflate() {
        inflater = new Inflater(true);
        deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        in = new InflaterInputStream(in, inflater, COMPRESSED);
        // Each flush ends on an octet, so that the peer can read all that was written before it.
        out = new BufferedOutputStream(new DeflaterOutputStream(out, deflater, COMPRESSED, true));
    }

    /** Says that nothing more will be written; the peer may still write. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Gives back what compression takes. Nobody may read or write any more. */
    void release() {
        if (deflater != null) {
            deflater.end();
            inflater.end();
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = next.getInputStream();
        out = new BufferedOutputStream(next.getOutputStream());
    }
}
