package dev.mailscope.server.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the blocks of a pcapng file: one section, one interface of raw IP packets with times in microseconds. */
final class PcapngWriter {
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final short RAW_IP = 101;
    private static final int COMMENT = 1;
    private static final int INTERFACE_NAME = 2;
    private static final int APPLICATION = 4;
    private static final int BLOCK = 12;

    private final OutputStream out;

    PcapngWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins the file. */
    void begin() throws IOException {
        var section = body(16 + optionSize("Mailscope"));
        section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(section, APPLICATION, "Mailscope");
        block(SECTION_HEADER, section);
        var device = body(8 + optionSize("mailscope"));
        device.putShort(RAW_IP).putShort((short) 0).putInt(0);
        option(device, INTERFACE_NAME, "mailscope");
        block(INTERFACE_DESCRIPTION, device);
    }

    /**
     * Writes a packet.
     *
     * @param micros  when, in microseconds since 1970
     * @param comment what is shown beside it, empty for nothing
     */
    void packet(long micros, byte[] packet, String comment) throws IOException {
        var body = body(20 + padded(packet.length) + optionSize(comment));
        body.putInt(0).putInt((int) (micros >>> 32)).putInt((int) micros).putInt(packet.length).putInt(packet.length);
        body.put(packet);
        body.position(20 + padded(packet.length));
        option(body, COMMENT, comment);
        block(ENHANCED_PACKET, body);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        var size = body.capacity() + BLOCK;
        var block = body(size).putInt(type).putInt(size).put(body.array()).putInt(size);
        out.write(block.array());
    }

    private static void option(ByteBuffer body, int code, String text) {
        if (!text.isEmpty()) {
            var octets = text.getBytes(StandardCharsets.UTF_8);
            body.putShort((short) code).putShort((short) octets.length).put(octets);
            body.position(body.capacity() - 4);
            body.putInt(0); // the end of the options
        }
    }

    private static int optionSize(String text) {
        return text.isEmpty() ? 0 : 4 + padded(text.getBytes(StandardCharsets.UTF_8).length) + 4;
    }

    private static int padded(int size) {
        return size + 3 & ~3;
    }

    private static ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
