package dev.mailscope.server.capture;

/**
 * A packet of a capture.
 *
 * @param micros   when it was caught, in microseconds since 1970
 * @param linkType what it begins with, by its LINKTYPE number
 * @param octets   what the capture has of it
 */
record Packet(long micros, int linkType, byte[] octets) {
}
