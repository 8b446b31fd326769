package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import org.h2.mvstore.DataUtils;

/** The octets of a file that {@link Salvage} goes through, buffered; behind its end they are 0. For one thread. */
final class FileOctets {
    private final FileChannel channel;
    private final long size;
    private final byte[] buffer = new byte[1 << 16];
    private long start;
    private int length;
    private long at;

    FileOctets(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    long size() {
        return size;
    }

    long position() {
        return at;
    }

    void seek(long position) {
        at = position;
    }

    int octet() throws IOException {
        if (at < start || at >= start + length) {
            fill();
        }
        var octet = at < start + length ? buffer[(int) (at - start)] & 0xFF : 0;
        at++;
        return octet;
    }

    /** Where the first page of a chunk begins, from that octet on; -1 when there is none. */
    long nextPage(Salvage.Chunk chunk, long from) throws IOException {
        at = from;
        var id = DataUtils.getCheckValue(chunk.id());
        while (at + Salvage.PAGE_HEAD < chunk.end()) {
            if (at < start || at + Salvage.PAGE_HEAD > start + length) {
                fill();
            }
            var most = (int) Math.min(length - Salvage.PAGE_HEAD, chunk.end() - start);
            for (var i = (int) (at - start); i <= most; i++) {
                var size = (buffer[i] & 0xFF) << 24 | (buffer[i + 1] & 0xFF) << 16 | (buffer[i + 2] & 0xFF) << 8
                        | buffer[i + 3] & 0xFF;
                var position = start + i;
                if (size > Salvage.LEAST_PAGE && size <= chunk.end() - position
                        && (short) ((buffer[i + 4] & 0xFF) << 8 | buffer[i + 5] & 0xFF) == (short) (id
                                ^ DataUtils.getCheckValue((int) (position - chunk.start()))
                                ^ DataUtils.getCheckValue(size))) {
                    return position;
                }
            }
            if (length <= Salvage.PAGE_HEAD) {
                return -1;
            }
            at = start + most + 1;
        }
        return -1;
    }

    int int32() throws IOException {
        return octet() << 24 | octet() << 16 | octet() << 8 | octet();
    }

    /** A number of MVStore's, in 1 to 10 octets. */
    long number() throws IOException {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var b = octet();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        return -1;
    }

    String text(long position, int most) throws IOException {
        return new String(first(new Salvage.Place(position, most), most), StandardCharsets.ISO_8859_1);
    }

    byte[] first(Salvage.Place place, int most) throws IOException {
        at = place.position();
        var octets = new byte[Math.min(most, place.size())];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) octet();
        }
        return octets;
    }

    boolean isSealed(Salvage.Place place) throws IOException {
        if (place.size() <= BinaryOutput.SEAL || place.position() + place.size() > size) {
            return false;
        }
        at = place.position();
        var sum = octet() | octet() << 8 | octet() << 16 | octet() << 24;
        var crc = new CRC32C();
        for (var left = place.size() - BinaryOutput.SEAL; left > 0;) {
            if (at < start || at >= start + length) {
                fill();
                if (length == 0) {
                    return false;
                }
            }
            var part = (int) Math.min(left, start + length - at);
            crc.update(buffer, (int) (at - start), part);
            at += part;
            left -= part;
        }
        return sum == (int) crc.getValue();
    }

    private void fill() throws IOException {
        start = at;
        length = Math.max(0, channel.read(ByteBuffer.wrap(buffer), at));
    }
}
