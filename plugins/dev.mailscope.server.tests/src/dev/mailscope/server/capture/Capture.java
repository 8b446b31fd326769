package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Packets made by hand, and capture files of them. Each packet comes a millisecond after the one before. */
final class Capture {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;
    /** When the first packet was caught, in microseconds. */
    static final long BEGAN = 1_767_268_800_000_000L;

    private final List<byte[]> packets = new ArrayList<>();
    private UnaryOperator<byte[]> link = ip -> ip;
    private int linkType = 101;

    /** One TCP connection, whose sides say things. */
    final class Line {
        private final int port;
        private final int serverPort;
        private final boolean six;
        int client;
        int server;

        Line(int port, int serverPort, boolean six, int client, int server) {
            this.port = port;
            this.serverPort = serverPort;
            this.six = six;
            this.client = client;
            this.server = server;
        }

        Line open() {
            send(true, client++, SYN, "");
            send(false, server++, SYN | ACK, "");
            send(true, client, ACK, "");
            return this;
        }

        Line client(String text) {
            send(true, client, ACK, text);
            client += text.length();
            return this;
        }

        Line server(String text) {
            send(false, server, ACK, text);
            server += text.length();
            return this;
        }

        Line close() {
            send(true, client++, FIN | ACK, "");
            send(false, server++, FIN | ACK, "");
            return this;
        }

        /** A segment as it is; changes nothing of what comes next. */
        Line send(boolean fromClient, int sequence, int flags, String text) {
            return send(fromClient, sequence, flags, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Line send(boolean fromClient, int sequence, int flags, byte[] data) {
            var tcp = ByteBuffer.allocate(20 + data.length);
            tcp.putShort((short) (fromClient ? port : serverPort)).putShort((short) (fromClient ? serverPort : port))
                    .putInt(sequence).putInt((flags & ACK) == 0 ? 0 : fromClient ? server : client).put((byte) 0x50)
                    .put((byte) flags).putShort((short) 1000).putInt(0).put(data);
            packet(six ? ipv6(fromClient, tcp.array(), 6, new byte[0]) : ipv4(fromClient, tcp.array(), 0));
            return this;
        }
    }

    Line line(int port) {
        return new Line(40_000, port, false, 1000, 5000);
    }

    Line line(int clientPort, int port, boolean six, int client, int server) {
        return new Line(clientPort, port, six, client, server);
    }

    Capture packet(byte[] ip) {
        packets.add(link.apply(ip));
        return this;
    }

    Capture link(int type, UnaryOperator<byte[]> around) {
        linkType = type;
        link = around;
        return this;
    }

    List<byte[]> packets() {
        return packets;
    }

    static byte[] ipv4(boolean fromClient, byte[] payload, int fragment) {
        var packet = ByteBuffer.allocate(20 + payload.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity()).putShort((short) 1)
                .putShort((short) fragment).put((byte) 64).put((byte) 6).putShort((short) 0)
                .put(new byte[] {10, 0, 0, (byte) (fromClient ? 1 : 2)})
                .put(new byte[] {10, 0, 0, (byte) (fromClient ? 2 : 1)}).put(payload);
        return packet.array();
    }

    static byte[] ipv6(boolean fromClient, byte[] payload, int next, byte[] extensions) {
        var packet = ByteBuffer.allocate(40 + extensions.length + payload.length);
        packet.putInt(0x6000_0000).putShort((short) (extensions.length + payload.length)).put((byte) next)
                .put((byte) 64)
                .put(new byte[15]).put((byte) (fromClient ? 1 : 2)).put(new byte[15]).put((byte) (fromClient ? 2 : 1))
                .put(extensions).put(payload);
        return packet.array();
    }

    static UnaryOperator<byte[]> behind(int... head) {
        return ip -> {
            var packet = new byte[head.length + ip.length];
            for (var i = 0; i < head.length; i++) {
                packet[i] = (byte) head[i];
            }
            System.arraycopy(ip, 0, packet, head.length, ip.length);
            return packet;
        };
    }

    byte[] pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, false);
    }

    byte[] pcap(ByteOrder order, boolean nanos) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(24).order(order).putInt(nanos ? 0xA1B23C4D : 0xA1B2C3D4).putShort((short) 2)
                .putShort((short) 4).putLong(0).putInt(65_535).putInt(linkType).array());
        var time = BEGAN;
        for (var packet : packets) {
            var parts = (int) (time % 1_000_000);
            out.writeBytes(ByteBuffer.allocate(16).order(order).putInt((int) (time / 1_000_000))
                    .putInt(nanos ? parts * 1000 : parts).putInt(packet.length).putInt(packet.length).array());
            out.writeBytes(packet);
            time += 1_000;
        }
        return out.toByteArray();
    }

    /** Sections, each with blocks that mean nothing, options, and a clock of nanoseconds. */
    byte[] pcapng(ByteOrder order) {
        var out = new ByteArrayOutputStream();
        var time = BEGAN;
        for (var section = 0; section < 2; section++) {
            block(out, order, 0x0A0D0D0A, ByteBuffer.allocate(24).order(order).putInt(0x1A2B3C4D).putShort((short) 1)
                    .putShort((short) 0).putLong(-1).putShort((short) 4).putShort((short) 1).putInt(0x41000000));
            block(out, order, 0xBAD, ByteBuffer.allocate(8).order(order).putLong(7));
            block(out, order, 1, ByteBuffer.allocate(24).order(order).putShort((short) linkType).putShort((short) 0)
                    .putInt(0).putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3])
                    .putShort((short) 0).putShort((short) 0).putInt(0));
            for (var i = section * packets.size() / 2; i < (section + 1) * packets.size() / 2; i++) {
                var packet = packets.get(i);
                var nanos = time * 1_000;
                var padded = packet.length + 3 & ~3;
                block(out, order, 6, ByteBuffer.allocate(20 + padded).order(order).putInt(0)
                        .putInt((int) (nanos >>> 32))
                        .putInt((int) nanos).putInt(packet.length).putInt(packet.length).put(packet));
                time += 1_000;
            }
        }
        return out.toByteArray();
    }

    private static void block(ByteArrayOutputStream out, ByteOrder order, int type, ByteBuffer body) {
        var size = body.capacity() + 12;
        out.writeBytes(ByteBuffer.allocate(size).order(order).putInt(type).putInt(size).put(body.array()).putInt(size)
                .array());
    }
}
