package dev.mailscope.server.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One TCP connection (RFC 9293) whose packets are made up around octets that are known: handshake, sequence numbers,
 * acknowledgements, checksums, end. Nothing is lost or sent again.
 */
final class TcpStream {
    /** Takes the packets in order. */
    interface Packets {
        void take(byte[] packet) throws IOException;
    }

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final int SEGMENT = 1_400;
    private static final int UNACKNOWLEDGED = 16 * SEGMENT;
    private static final int WINDOW = 65_535;
    private static final byte[] NO_OPTION = {};
    private static final byte[] SEGMENT_SIZE = {2, 4, (byte) (SEGMENT >> 8), (byte) SEGMENT};
    private static final int TCP = 6;

    /** One side. */
    private static final class End {
        private final byte[] address;
        private final int port;
        private int next;
        private int acknowledged;

        End(InetSocketAddress address, int sequence) {
            this.address = address.getAddress().getAddress();
            this.port = address.getPort();
            this.next = sequence;
            this.acknowledged = sequence;
        }
    }

    private final End client;
    private final End server;
    private final Packets packets;
    private int identification;

    /** A connection between these; both addresses are of the same version of IP. */
    TcpStream(InetSocketAddress client, InetSocketAddress server, int sequence, Packets packets) {
        this.client = new End(client, sequence);
        this.server = new End(server, sequence + 0x4000_0000);
        this.packets = packets;
    }

    /** An address and port as the trace writes them. A name that is no number stands for this machine. */
    static InetSocketAddress address(String text) {
        var colon = text.lastIndexOf(':');
        var host = text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]/]", "").replaceFirst("%.*", "");
        try {
            var number = host.matches("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*|\\d+\\.\\d+\\.\\d+\\.\\d+") ? host : "127.0.0.1";
            var port = text.substring(colon + 1);
            return new InetSocketAddress(InetAddress.getByName(number),
                    port.matches("\\d{1,5}") ? Math.min(Integer.parseInt(port), 0xFFFF) : 0);
        } catch (UnknownHostException e) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0); // digits and dots that are no address
        }
    }

    /** The handshake. */
    void open() throws IOException {
        send(client, server, SYN, SEGMENT_SIZE, NO_OPTION, 0, 0);
        send(server, client, SYN | ACK, SEGMENT_SIZE, NO_OPTION, 0, 0);
        acknowledge(client, server);
    }

    /** Octets from one side to the other. */
    void data(boolean fromClient, byte[] octets) throws IOException {
        var from = fromClient ? client : server;
        var to = fromClient ? server : client;
        for (var at = 0; at < octets.length; at += SEGMENT) {
            var size = Math.min(SEGMENT, octets.length - at);
            if (from.next - from.acknowledged + size > UNACKNOWLEDGED) {
                acknowledge(to, from);
            }
            send(from, to, at + size == octets.length ? PSH | ACK : ACK, NO_OPTION, octets, at, size);
        }
    }

    /** The end, from one side and then from the other. */
    void close(boolean byClient) throws IOException {
        var first = byClient ? client : server;
        var second = byClient ? server : client;
        send(first, second, FIN | ACK, NO_OPTION, NO_OPTION, 0, 0);
        send(second, first, FIN | ACK, NO_OPTION, NO_OPTION, 0, 0);
        acknowledge(first, second);
    }

    private void acknowledge(End by, End of) throws IOException {
        send(by, of, ACK, NO_OPTION, NO_OPTION, 0, 0);
    }

    private void send(End from, End to, int flags, byte[] options, byte[] octets, int at, int size)
            throws IOException {
        var segment = ByteBuffer.allocate(20 + options.length + size);
        segment.putShort((short) from.port).putShort((short) to.port).putInt(from.next)
                .putInt((flags & ACK) == 0 ? 0 : to.next).put((byte) (5 + options.length / 4 << 4)).put((byte) flags)
                .putShort((short) WINDOW).putShort((short) 0).putShort((short) 0).put(options).put(octets, at, size);
        from.next += size + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        if ((flags & ACK) != 0) {
            to.acknowledged = to.next;
        }
        segment.putShort(16, checksum(segment, pseudoHeader(from, to, segment.capacity())));
        packets.take(from.address.length == 4 ? ipv4(from, to, segment) : ipv6(from, to, segment));
    }

    private byte[] ipv4(End from, End to, ByteBuffer segment) {
        identification = identification + 1 & 0xFFFF;
        var packet = ByteBuffer.allocate(20 + segment.capacity());
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity()).putShort((short) identification)
                .putShort((short) 0x4000).put((byte) 64).put((byte) TCP).putShort((short) 0).put(from.address)
                .put(to.address);
        packet.putShort(10, checksum(ByteBuffer.wrap(packet.array(), 0, 20).slice(), 0));
        return packet.put(segment.array()).array();
    }

    private static byte[] ipv6(End from, End to, ByteBuffer segment) {
        var packet = ByteBuffer.allocate(40 + segment.capacity());
        packet.putInt(0x6000_0000).putShort((short) segment.capacity()).put((byte) TCP).put((byte) 64)
                .put(from.address).put(to.address);
        return packet.put(segment.array()).array();
    }

    private static long pseudoHeader(End from, End to, int size) {
        return sum(ByteBuffer.wrap(from.address)) + sum(ByteBuffer.wrap(to.address)) + TCP + size;
    }

    private static short checksum(ByteBuffer octets, long start) {
        var sum = start + sum(octets);
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static long sum(ByteBuffer octets) {
        var sum = 0L;
        for (var i = 0; i < octets.capacity(); i += 2) {
            sum += i + 1 < octets.capacity() ? octets.getShort(i) & 0xFFFF : (octets.get(i) & 0xFF) << 8;
        }
        return sum;
    }
}
