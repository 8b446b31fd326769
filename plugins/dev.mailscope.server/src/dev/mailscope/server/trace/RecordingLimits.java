package dev.mailscope.server.trace;

/**
 * What a recording may use up, on disk and in memory.
 *
 * @param bytes         octets of the file; when they are reached, the oldest segments go
 * @param segmentEvents events after which a segment ends
 * @param segmentBytes  octets after which a segment ends; a segment begins with the whole state, and is dropped as one
 * @param windowEvents  events kept in memory; 0: a recording without a file keeps none
 * @param windowBytes   octets kept in memory: of the events, and of the mail that they brought or took away
 * @param queueBytes    octets that may wait to be written before {@link Recording#awaitRoom} waits
 */
public record RecordingLimits(long bytes, int segmentEvents, int segmentBytes, int windowEvents, long windowBytes,
        long queueBytes) {

    /** 1 GiB on disk in segments of 16,384 events or 8 MiB; 50,000 events or 64 MiB in memory, 32 MiB unwritten. */
    public static final RecordingLimits DEFAULT = new RecordingLimits(1L << 30, 16_384, 8 << 20, 50_000, 64L << 20,
            32L << 20);

    /** No event is kept: a recording without a file then numbers the events and knows the newest moment only. */
    public static final RecordingLimits NOTHING = new RecordingLimits(1, 1, 1, 0, 1, 1);

    /** Refuses a limit of nothing. */
    public RecordingLimits {
        if (bytes <= 0 || segmentEvents <= 0 || segmentBytes <= 0 || windowEvents < 0 || windowBytes <= 0
                || queueBytes <= 0) {
            throw new IllegalArgumentException("every limit of a recording must be more than 0");
        }
    }

    /** These limits with another size of the file, in octets. */
    public RecordingLimits withBytes(long most) {
        return new RecordingLimits(most, segmentEvents, segmentBytes, windowEvents, windowBytes, queueBytes);
    }
}
