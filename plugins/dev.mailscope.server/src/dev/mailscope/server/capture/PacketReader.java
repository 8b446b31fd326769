package dev.mailscope.server.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the packets of a capture file one after the other, holding one at a time. A file that is damaged or cut off
 * gives what lies before that; {@link #end} then says where it ends.
 */
abstract class PacketReader implements Closeable {
    /** No packet is larger: Linux's tools refuse a longer one too. */
    static final int MOST_PACKET = 1 << 18;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private long position;
    private String end = "";
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    PacketReader(InputStream in) {
        this.in = in;
    }

    /**
     * Opens a capture, of the kind that its first octets show. IOException, naming the file, when it is none or cannot
     * be read.
     */
    static PacketReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + (Files.exists(file) ? " is no file" : " does not exist"));
        }
        var in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            in.mark(BUFFER);
            var magic = ByteBuffer.wrap(in.readNBytes(4)).order(ByteOrder.LITTLE_ENDIAN);
            in.reset();
            var number = magic.capacity() < 4 ? 0 : magic.getInt();
            var reader = number == Pcapng.SECTION ? new Pcapng(in) : Pcap.of(number, in);
            if (reader == null) {
                throw new IOException(file + " is no capture: it begins neither as pcap nor as pcapng");
            }
            return reader;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** True when a file that begins with these octets is a capture. */
    static boolean isCapture(byte[] start) {
        if (start.length < 4) {
            return false;
        }
        var number = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return number == Pcapng.SECTION || Pcap.of(number, InputStream.nullInputStream()) != null;
    }

    /** The next packet; null at the end, whatever that is. */
    final Packet next() throws IOException {
        if (!end.isEmpty()) {
            return null;
        }
        try {
            return read();
        } catch (EOFException e) {
            ends("it is cut off after octet " + position);
            return null;
        }
    }

    /** The octets read so far. */
    final long position() {
        return position;
    }

    /** Why the capture has ended before the file did, in words; empty when it is whole. */
    final String end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The next packet; null at the end. EOFException where the file ends within one. */
    abstract Packet read() throws IOException;

    /** Nothing can be read any more, for that reason. */
    final Packet ends(String why) {
        end = why;
        return null;
    }

    /** The next octets; EOFException when there are not so many. */
    final ByteBuffer octets(int count) throws IOException {
        var octets = in.readNBytes(count);
        position += octets.length;
        if (octets.length < count) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(octets).order(order);
    }

    /** The next octets; null at the end of the file. */
    final ByteBuffer octetsOrEnd(int count) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        return octets(count);
    }

    final void skip(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } finally {
            position += count;
        }
    }
}
