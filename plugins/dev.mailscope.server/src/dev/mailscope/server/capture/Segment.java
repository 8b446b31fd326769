package dev.mailscope.server.capture;

/**
 * A TCP segment (RFC 9293 section 3.1).
 *
 * @param sequence the number of its first octet, or of its SYN
 * @param acknowledged what its sender expects next; 0 without ACK
 * @param flags    its control bits
 * @param data     what the capture has of its octets
 */
record Segment(long micros, Endpoint from, Endpoint to, int sequence, int acknowledged, int flags, byte[] data) {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    boolean fin() {
        return (flags & FIN) != 0;
    }

    boolean syn() {
        return (flags & SYN) != 0;
    }

    boolean rst() {
        return (flags & RST) != 0;
    }

    boolean ack() {
        return (flags & ACK) != 0;
    }
}
