package dev.mailscope.server.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes packets apart: link layer, IPv4 or IPv6, TCP. What is something else is left out; fragments are counted. */
final class Dissector {
    private static final int TCP = 6;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;

    private long fragments;
    private long unknownLinks;
    private int unknownLink;

    /** How many packets were fragments of larger ones (RFC 791, RFC 8200 section 4.5): they are not read. */
    long fragments() {
        return fragments;
    }

    /** How many packets begin with something that is not known here. */
    long unknownLinks() {
        return unknownLinks;
    }

    /** What the first of those begins with, by its LINKTYPE number. */
    int unknownLink() {
        return unknownLink;
    }

    /** The segment in a packet; null when there is none. */
    Segment segment(Packet packet) {
        var octets = packet.octets();
        var ip = ip(packet.linkType(), octets);
        if (ip < 0 || ip >= octets.length) {
            return null;
        }
        return switch (octets[ip] >> 4 & 0xF) {
            case 4 -> ipv4(packet, ip);
            case 6 -> ipv6(packet, ip);
            default -> null;
        };
    }

    /** Where IP begins; -1 when it does not. */
    private int ip(int linkType, byte[] octets) {
        return switch (linkType) {
            case 0, 108 -> 4; // BSD loopback: the family, which the version of IP says again
            case 1 -> ethernet(octets);
            case 12, 14, 101, 228, 229 -> 0; // IP itself
            case 113 -> ethernetType(octets, 14); // Linux cooked
            case 276 -> octets.length > 20 && isIp(twoOctets(octets, 0)) ? 20 : -1; // Linux cooked, version 2
            default -> {
                if (unknownLinks++ == 0) {
                    unknownLink = linkType;
                }
                yield -1;
            }
        };
    }

    private static int ethernet(byte[] octets) {
        return ethernetType(octets, 12);
    }

    /** Behind the type at that place, and behind VLAN tags (IEEE 802.1Q), when IP follows. */
    private static int ethernetType(byte[] octets, int from) {
        var at = from;
        while (at + 2 <= octets.length) {
            var type = twoOctets(octets, at);
            if (type != 0x8100 && type != 0x88A8 && type != 0x9100) {
                return isIp(type) ? at + 2 : -1;
            }
            at += 4;
        }
        return -1;
    }

    private static boolean isIp(int type) {
        return type == 0x0800 || type == 0x86DD;
    }

    private static int twoOctets(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    private Segment ipv4(Packet packet, int at) {
        var octets = packet.octets();
        if (at + 20 > octets.length) {
            return null;
        }
        var header = (octets[at] & 0xF) * 4;
        var total = twoOctets(octets, at + 2);
        if ((twoOctets(octets, at + 6) & 0x3FFF) != 0) {
            fragments++;
            return null;
        }
        if (header < 20 || octets[at + 9] != TCP) {
            return null;
        }
        // A packet that the network card is to cut up says 0.
        var end = total == 0 ? octets.length : Math.min(octets.length, at + total);
        return tcp(packet, at + header, end, Arrays.copyOfRange(octets, at + 12, at + 16),
                Arrays.copyOfRange(octets, at + 16, at + 20));
    }

    private Segment ipv6(Packet packet, int at) {
        var octets = packet.octets();
        if (at + 40 > octets.length) {
            return null;
        }
        var length = twoOctets(octets, at + 4);
        var end = length == 0 ? octets.length : Math.min(octets.length, at + 40 + length);
        var next = octets[at + 6] & 0xFF;
        var header = at + 40;
        while (next != TCP) {
            if (header + 8 > end || !isExtension(next)) {
                return null;
            }
            if (next == FRAGMENT) {
                if ((twoOctets(octets, header + 2) & 0xFFF9) != 0) {
                    fragments++;
                    return null;
                }
                next = octets[header] & 0xFF;
                header += 8;
            } else {
                var size = octets[header + 1] & 0xFF;
                var after = header + (next == AUTHENTICATION ? (size + 2) * 4 : (size + 1) * 8);
                next = octets[header] & 0xFF;
                header = after;
            }
        }
        return tcp(packet, header, end, Arrays.copyOfRange(octets, at + 8, at + 24),
                Arrays.copyOfRange(octets, at + 24, at + 40));
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            case 0, 43, FRAGMENT, AUTHENTICATION, 60, 135 -> true;
            default -> false;
        };
    }

    private static Segment tcp(Packet packet, int at, int end, byte[] from, byte[] to) {
        var octets = packet.octets();
        if (at + 20 > end) {
            return null;
        }
        var header = ByteBuffer.wrap(octets, at, 20);
        var source = header.getShort() & 0xFFFF;
        var target = header.getShort() & 0xFFFF;
        var sequence = header.getInt();
        var acknowledged = header.getInt();
        var size = (header.get() >> 4 & 0xF) * 4;
        var flags = header.get() & 0x3F;
        if (size < 20) {
            return null;
        }
        var data = at + size >= end ? new byte[0] : Arrays.copyOfRange(octets, at + size, end);
        return new Segment(packet.micros(), new Endpoint(from, source), new Endpoint(to, target), sequence,
                acknowledged,
                flags, data);
    }
}
