package dev.mailscope.server.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A pcapng file (draft-ietf-opsawg-pcapng): blocks, in sections that each have a byte order and interfaces of their
 * own. Blocks and options that are not needed are skipped.
 */
final class Pcapng extends PacketReader {
    static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int END_OF_OPTIONS = 0;
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final int MOST_BLOCK = MOST_PACKET + (1 << 20);
    private static final int FRAME = 12;
    private static final int MOST_INTERFACES = 4096;
    private static final double MICROS = 1e6;

    /** An interface: what its packets begin with, how many ticks a second its clock has, and when that began. */
    private record Device(int linkType, double ticks, long offset) {
    }

    private final List<Device> devices = new ArrayList<>();
    private long lastTime;

    Pcapng(InputStream in) {
        super(in);
    }

    @Override
    Packet read() throws IOException {
        while (true) {
            var at = position();
            var head = octetsOrEnd(8);
            if (head == null) {
                return null;
            }
            var type = head.getInt();
            if (type == SECTION) {
                if (!section(head)) {
                    return ends("the section at octet " + at + " has no byte order");
                }
                continue;
            }
            var length = head.getInt() & 0xFFFF_FFFFL;
            if (length < FRAME || length % 4 != 0) {
                return ends("the block at octet " + at + " claims to have " + length + " octets, which no block has");
            }
            if (!isNeeded(type)) {
                skip(length - 8);
                continue;
            }
            if (length > MOST_BLOCK) {
                return ends("the block at octet " + at + " claims to have " + length + " octets, which no packet has");
            }
            var body = octets((int) length - FRAME);
            octets(4);
            var packet = block(type, body);
            if (!end().isEmpty()) {
                return null;
            }
            if (packet != null) {
                return packet;
            }
        }
    }

    private static boolean isNeeded(int type) {
        return type == INTERFACE || type == OLD_PACKET || type == SIMPLE_PACKET || type == ENHANCED_PACKET;
    }

    private boolean section(ByteBuffer head) throws IOException {
        order = ByteOrder.LITTLE_ENDIAN;
        var magic = octets(4).getInt();
        if (magic != BYTE_ORDER) {
            if (Integer.reverseBytes(magic) != BYTE_ORDER) {
                return false;
            }
            order = ByteOrder.BIG_ENDIAN;
        }
        var length = head.order(order).getInt(4) & 0xFFFF_FFFFL;
        if (length < FRAME + 16) {
            return false;
        }
        skip(length - FRAME);
        devices.clear();
        return true;
    }

    private Packet block(int type, ByteBuffer body) {
        try {
            return switch (type) {
                case INTERFACE -> device(body);
                case SIMPLE_PACKET -> {
                    var original = body.getInt() & 0xFFFF_FFFFL;
                    yield packet(0, lastTime, Math.min(original, body.remaining()), body);
                }
                case OLD_PACKET -> {
                    var device = body.getShort() & 0xFFFF;
                    body.getShort();
                    var time = time(device, body);
                    var captured = body.getInt() & 0xFFFF_FFFFL;
                    body.getInt();
                    yield packet(device, time, captured, body);
                }
                default -> {
                    var device = body.getInt();
                    var time = time(device, body);
                    var captured = body.getInt() & 0xFFFF_FFFFL;
                    body.getInt();
                    yield packet(device, time, captured, body);
                }
            };
        } catch (BufferUnderflowException e) {
            return ends("the block before octet " + position() + " is too short for what it is");
        }
    }

    private Packet device(ByteBuffer body) {
        if (devices.size() == MOST_INTERFACES) {
            return ends("it has more than " + MOST_INTERFACES + " interfaces");
        }
        var linkType = body.getShort() & 0xFFFF;
        body.getShort();
        body.getInt();
        var ticks = MICROS;
        var offset = 0L;
        while (body.remaining() >= 4) {
            var code = body.getShort() & 0xFFFF;
            var length = body.getShort() & 0xFFFF;
            if (code == END_OF_OPTIONS || length > body.remaining()) {
                break;
            }
            if (code == RESOLUTION && length >= 1) {
                var resolution = body.get(body.position());
                ticks = resolution < 0 ? Math.pow(2, resolution & 0x7F) : Math.pow(10, resolution);
            } else if (code == OFFSET && length >= 8) {
                offset = body.getLong(body.position());
            }
            body.position(Math.min(body.limit(), body.position() + (length + 3 & ~3)));
        }
        devices.add(new Device(linkType, ticks, offset));
        return null;
    }

    private long time(int device, ByteBuffer body) {
        var high = body.getInt() & 0xFFFF_FFFFL;
        var ticks = high << 32 | body.getInt() & 0xFFFF_FFFFL;
        if (device < 0 || device >= devices.size()) {
            return lastTime;
        }
        var of = devices.get(device);
        lastTime = of.offset * 1_000_000 + (of.ticks == MICROS ? ticks : micros(ticks, of.ticks));
        return lastTime;
    }

    private static long micros(long ticks, double perSecond) {
        if (perSecond < Long.MAX_VALUE && perSecond > MICROS && perSecond % MICROS == 0) {
            return ticks / (long) (perSecond / MICROS);
        }
        return (long) (ticks / perSecond * MICROS);
    }

    private Packet packet(int device, long time, long captured, ByteBuffer body) {
        if (captured > body.remaining()) {
            return ends("the packet before octet " + position() + " claims to have " + captured
                    + " octets, more than its block");
        }
        if (device < 0 || device >= devices.size()) {
            return ends("the packet before octet " + position() + " came by interface " + device
                    + ", which is not described");
        }
        var octets = new byte[(int) captured];
        body.get(octets);
        return new Packet(time, devices.get(device).linkType, octets);
    }
}
