package dev.mailscope.server.trace;

import java.nio.ByteBuffer;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How octets stand in a recording, and in the server's store: their length, then themselves. MVStore's own type believes any length a damaged file
 * claims and takes that much memory; this one compares it with what is there.
 */
public final class OctetsType extends BasicDataType<byte[]> {
    /** The only one. */
    public static final OctetsType INSTANCE = new OctetsType();

    private OctetsType() {
    }

    @Override
    public int getMemory(byte[] octets) {
        return octets.length;
    }

    @Override
    public void write(WriteBuffer buffer, byte[] octets) {
        buffer.putVarInt(octets.length);
        buffer.put(octets);
    }

    @Override
    public byte[] read(ByteBuffer buffer) {
        var length = DataUtils.readVarInt(buffer);
        if (length < 0 || length > buffer.remaining()) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT,
                    "{0} octets announced where {1} are left", length, buffer.remaining());
        }
        var octets = new byte[length];
        buffer.get(octets);
        return octets;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
