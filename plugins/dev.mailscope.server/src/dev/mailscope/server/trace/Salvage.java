package dev.mailscope.server.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.h2.mvstore.DataUtils;

/**
 * What can still be read of a recording's file in which MVStore finds no whole state, because a part is missing or
 * damaged. It goes through the file's chunks (runs of blocks of 4,096 octets, told by a line of text at their beginning
 * and another at their end) and the pages in them, and remembers where the rows of the leaf pages lie; what has a seal
 * counts only when that fits. A row is never written twice with other octets, so that it does not matter which of the
 * store's states a page belonged to: also rows of segments that had been dropped turn up. Takes time in proportion to
 * the file, and memory for the places of at most {@value #MOST_ROWS} rows.
 */
final class Salvage implements Closeable {
    /** Where octets lie in the file. */
    record Place(long position, int size) {
    }

    /** A run of blocks: from its first octet up to the end, which is not included. */
    record Chunk(int id, long start, long end) {
    }

    private static final int BLOCK = 4_096;
    private static final int FOOTER = 128;
    private static final int MOST_ROWS = 2_000_000;
    // Chunks may overlap where freed space was written over; a stranger's may all do.
    private static final int MOST_PASSES = 4;
    private static final int MOST_KEYS = 4_096;
    // Of a page: its length, and a check value of that, of its place and its chunk.
    static final int PAGE_HEAD = 6;
    static final int LEAST_PAGE = 8;
    private static final Pattern HEADER = Pattern.compile("chunk:([0-9a-f]{1,7}),len:([0-9a-f]{1,7}),.*",
            Pattern.DOTALL);
    // The maps' numbers, by the order in which TraceFile.create makes them; those of events and notes follow.
    private static final int RECORDING = 2;
    private static final int CHECKPOINTS = 3;
    private static final int CONTENTS = 4;
    private static final int OCTETS = 5;

    private final FileChannel channel;
    private final FileOctets in;
    private final NavigableMap<Long, Place> about = new TreeMap<>();
    private final NavigableMap<Long, Place> checkpoints = new TreeMap<>();
    private final NavigableMap<Long, Place> contents = new TreeMap<>();
    private final NavigableMap<Long, Place> octets = new TreeMap<>();
    private final NavigableMap<Long, Place> events = new TreeMap<>();
    private final NavigableMap<Long, Place> notes = new TreeMap<>();
    private int rows;

    private Salvage(FileChannel channel) throws IOException {
        this.channel = channel;
        this.in = new FileOctets(channel);
    }

    /** Goes through a file. IOException when it cannot be read. */
    static Salvage of(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            var found = new Salvage(channel);
            var left = found.in.size() * MOST_PASSES;
            for (var chunk : found.chunks()) {
                left -= chunk.end - chunk.start;
                if (left >= 0) {
                    found.pages(chunk);
                }
            }
            return found;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** True when nothing of a recording was found. */
    boolean isEmpty() {
        return about.isEmpty() && events.isEmpty();
    }

    /** What the recording is. */
    Blocks about() {
        return blocks(about);
    }

    /** The moments before segments. */
    Blocks checkpoints() {
        return blocks(checkpoints);
    }

    /** The numbers of those. */
    List<Long> segments() {
        return List.copyOf(checkpoints.keySet());
    }

    /** The list of mail bodies. */
    Blocks contents() {
        return blocks(contents);
    }

    /** The mail bodies. */
    Blocks octets() {
        return blocks(octets);
    }

    /** The blocks of events from one number up to another, which is not included. */
    Blocks events(long from, long to) {
        return blocks(events.subMap(from, true, to, false));
    }

    /** The number of the first event; null when there is none. */
    Long firstEvent() {
        return events.isEmpty() ? null : events.firstKey();
    }

    /** The number with which the last block of events begins; null when there is none. */
    Long lastEvent() {
        return events.isEmpty() ? null : events.lastKey();
    }

    /** The notes. */
    Blocks notes() {
        return blocks(notes);
    }

    /** The octet of the file where the block of events with that number, or the next below, ends; 0 for none. */
    long endOf(long event) {
        var block = events.floorEntry(event);
        return block == null ? 0 : block.getValue().position + block.getValue().size;
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "closing: {0}", e.getMessage(), e);
        }
    }

    // By the text at the beginning of a run, or, when that is damaged, by the one at its end.
    private List<Chunk> chunks() throws IOException {
        var found = new ArrayList<Chunk>();
        var known = new HashSet<Long>();
        for (var start = 0L; start < in.size(); start += BLOCK) {
            var header = HEADER.matcher(in.text(start, 64));
            if (header.matches()) {
                var end = Math.min(in.size(), start + (long) number(header.group(2)) * BLOCK);
                found.add(new Chunk(number(header.group(1)), start, end));
                known.add(start);
            }
        }
        for (var end = (long) BLOCK; end <= in.size(); end += BLOCK) {
            var footer = HEADER.matcher(in.text(end - FOOTER, 64));
            if (footer.matches()) {
                var start = end - (long) number(footer.group(2)) * BLOCK;
                if (start >= 0 && known.add(start)) {
                    found.add(new Chunk(number(footer.group(1)), start, end));
                }
            }
        }
        found.sort(Comparator.comparingLong(Chunk::start));
        return found;
    }

    private static int number(String hex) {
        return Integer.parseInt(hex, 16);
    }

    // Pages follow each other; behind one that is damaged the next is looked for, octet by octet.
    private void pages(Chunk chunk) throws IOException {
        for (var at = in.nextPage(chunk, chunk.start); at >= 0 && rows < MOST_ROWS;) {
            in.seek(at);
            var end = at + in.int32();
            in.seek(at + PAGE_HEAD);
            page(end);
            at = in.nextPage(chunk, end);
        }
    }

    private void page(long end) throws IOException {
        in.number(); // the page's number in its chunk
        var map = in.number();
        var keys = in.number();
        var isPlainLeaf = in.octet() == DataUtils.PAGE_TYPE_LEAF;
        if (!isPlainLeaf || map < RECORDING || keys < 0 || keys > MOST_KEYS) {
            return;
        }
        var numbers = new long[(int) keys];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = in.number();
        }
        for (var number : numbers) {
            var size = in.number();
            var position = in.position();
            if (size < 0 || size > end - position) {
                return;
            }
            row((int) Math.min(map, Integer.MAX_VALUE), number, new Place(position, (int) size));
            in.seek(position + size);
        }
    }

    private void row(int map, long number, Place place) throws IOException {
        var rowsOf = switch (map) {
            case RECORDING -> about;
            case CHECKPOINTS -> checkpoints;
            case CONTENTS -> contents;
            case OCTETS -> octets; // sealed by the SHA-256 of the whole body
            default -> events;
        };
        if (rows >= MOST_ROWS || number < 0 || rowsOf.containsKey(number)) {
            return;
        }
        if (rowsOf != octets && !in.isSealed(place)) {
            return;
        }
        var isNote = rowsOf == events && Note.isNote(in.first(place, BinaryOutput.SEAL + 1));
        (isNote ? notes : rowsOf).put(number, place);
        rows++;
    }

    private Blocks blocks(NavigableMap<Long, Place> places) {
        return new Blocks() {
            @Override
            public Long floorKey(long number) {
                return places.floorKey(number);
            }

            @Override
            public Long ceilingKey(long number) {
                return places.ceilingKey(number);
            }

            @Override
            public Long higherKey(long number) {
                return places.higherKey(number);
            }

            @Override
            public Long lowerKey(long number) {
                return places.lowerKey(number);
            }

            @Override
            public Long lastKey() {
                return places.isEmpty() ? null : places.lastKey();
            }

            @Override
            public byte[] get(long number) {
                var place = places.get(number);
                return place == null ? null : read(place);
            }
        };
    }

    private byte[] read(Place place) {
        try {
            var octets = ByteBuffer.allocate(place.size);
            while (octets.hasRemaining()) {
                if (channel.read(octets, place.position + octets.position()) < 0) {
                    throw new IOException("the file has become shorter");
                }
            }
            return octets.array();
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "{0}", e.getMessage(), e);
        }
    }
}
