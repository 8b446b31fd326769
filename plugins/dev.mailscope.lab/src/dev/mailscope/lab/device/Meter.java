package dev.mailscope.lab.device;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.SocketFactory;

/** Makes sockets and counts what passes through them: connections, octets, and how often an answer was waited for. */
final class Meter extends SocketFactory {
    private static final System.Logger LOG = System.getLogger(Meter.class.getName());

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final Set<String> peers = new ConcurrentSkipListSet<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Runnable connecting;

    /**
     * @param connecting called when a connection is made, before anything is read from it
     */
    Meter(Runnable connecting) {
        this.connecting = connecting;
    }

    /** What was counted up to an instant. */
    record Reading(int connections, int roundTrips, long up, long down) {
        Reading since(Reading before) {
            return new Reading(connections - before.connections, roundTrips - before.roundTrips, up - before.up,
                    down - before.down);
        }
    }

    Reading read() {
        return new Reading(connections.get(), roundTrips.get(), up.get(), down.get());
    }

    /** The addresses and ports the sockets have spoken from, as the trace writes them. */
    Set<String> peers() {
        return Set.copyOf(peers);
    }

    /** The same, of the sockets that are open. */
    List<String> talking() {
        return open.stream().map(Meter::peer).toList();
    }

    private static String peer(Socket socket) {
        return socket.getLocalAddress().getHostAddress() + ':' + socket.getLocalPort();
    }

    /** Cuts all lines, as when a cable is pulled. */
    void cut() {
        for (var socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a device's connection could not be cut", e);
            }
        }
    }

    @Override
    public Socket createSocket() {
        return new Metered();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        var socket = new Metered();
        try {
            socket.connect(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private final class Metered extends Socket {
        // True from when something was sent until something came back.
        private volatile boolean waiting;

        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
            super.connect(address, timeout);
            connections.incrementAndGet();
            waiting = true; // for the greeting
            peers.add(peer(this));
            open.add(this);
            connecting.run();
        }

        @Override
        public void connect(SocketAddress address) throws IOException {
            connect(address, 0);
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    var octet = in.read();
                    count(octet < 0 ? 0 : 1);
                    return octet;
                }

                @Override
                public int read(byte[] octets, int offset, int length) throws IOException {
                    var read = in.read(octets, offset, length);
                    count(Math.max(read, 0));
                    return read;
                }

                private void count(int read) {
                    down.addAndGet(read);
                    if (waiting && read > 0) {
                        waiting = false;
                        roundTrips.incrementAndGet();
                    }
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int octet) throws IOException {
                    out.write(octet);
                    count(1);
                }

                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    out.write(octets, offset, length);
                    count(length);
                }

                private void count(int written) {
                    up.addAndGet(written);
                    waiting = true;
                }
            };
        }
    }
}
