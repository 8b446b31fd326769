package dev.mailscope.server.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/** A pcap file (draft-ietf-opsawg-pcap): a header, then packets. Both byte orders, microseconds and nanoseconds. */
final class Pcap extends PacketReader {
    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int HEADER = 24;
    private static final int PACKET = 16;

    private final boolean nanos;
    private int linkType = -1;

    private Pcap(InputStream in, ByteOrder byteOrder, boolean nanos) {
        super(in);
        this.order = byteOrder;
        this.nanos = nanos;
    }

    /** A reader for a file that begins with that number, read with the lowest octet first; null when it is no pcap. */
    static Pcap of(int magic, InputStream in) {
        var swapped = Integer.reverseBytes(magic);
        if (magic == MICROS || magic == NANOS) {
            return new Pcap(in, ByteOrder.LITTLE_ENDIAN, magic == NANOS);
        }
        return swapped == MICROS || swapped == NANOS ? new Pcap(in, ByteOrder.BIG_ENDIAN, swapped == NANOS) : null;
    }

    @Override
    Packet read() throws IOException {
        if (linkType < 0) {
            linkType = octets(HEADER).getInt(20) & 0xFFFF;
        }
        var at = position();
        var header = octetsOrEnd(PACKET);
        if (header == null) {
            return null;
        }
        var seconds = header.getInt() & 0xFFFF_FFFFL;
        var micros = seconds * 1_000_000 + (header.getInt() & 0xFFFF_FFFFL) / (nanos ? 1_000 : 1);
        var captured = header.getInt() & 0xFFFF_FFFFL;
        if (captured > MOST_PACKET) {
            return ends("the packet at octet " + at + " claims to have " + captured + " octets, which no packet has");
        }
        return new Packet(micros, linkType, octets((int) captured).array());
    }
}
