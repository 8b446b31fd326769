package dev.mailscope.lab.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.trace.Octets;

/**
 * The octets of messages in a file that is only added to: what is there already is not written again. What has an old
 * place there stays readable by it until the file is replaced. For one thread at a time.
 */
final class OctetsFile {
    /**
     * Where octets are.
     *
     * @param begin  the first octet, from 0
     * @param length how many
     * @param sum    their CRC-32C
     */
    record Place(long begin, int length, long sum) {
    }

    private final Path file;
    private Map<Octets, Place> places = new IdentityHashMap<>();
    private long size;

    /** That file; nothing is known to be in it. */
    OctetsFile(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** True when most of it is of no more use, once it holds these alone: always when these are none. */
    boolean isMostlyWaste(List<Octets> all) {
        return 2 * all.stream().mapToLong(Octets::size).sum() < size;
    }

    /** True when anything in it is none of these, as what an end in the middle of writing has left behind. */
    boolean hasWaste(List<Octets> all) throws IOException {
        // The same place can have been read more than once.
        var used = all.stream().map(places::get).filter(Objects::nonNull).distinct().mapToLong(Place::length).sum();
        return Files.exists(file) && Files.size(file) > used;
    }

    /** Makes sure that these are in it, and on the disk, and knows no others from then on. */
    Map<Octets, Place> keep(List<Octets> all) throws IOException {
        var next = new IdentityHashMap<Octets, Place>();
        var added = new ArrayList<Octets>();
        var end = size;
        for (var octets : all) {
            var place = next.containsKey(octets) ? next.get(octets) : places.get(octets);
            if (place == null) {
                place = new Place(end, octets.size(), sum(octets.toBytes()));
                end += octets.size();
                added.add(octets);
            }
            next.put(octets, place);
        }
        append(added);
        places = next;
        size = end;
        return next;
    }

    /** What is at that place. IOException when it is not there, or is other octets. */
    Octets read(Place place) throws IOException {
        ByteBuffer bytes;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (place.begin() < 0 || place.length() < 0 || place.length() > channel.size() - place.begin()) {
                throw new IOException(file + " is damaged: it has no octet " + (place.begin() + place.length()) + ".");
            }
            bytes = ByteBuffer.allocate(place.length());
            for (var at = place.begin(); bytes.hasRemaining(); at = place.begin() + bytes.position()) {
                if (channel.read(bytes, at) < 0) {
                    throw new IOException(file + " is damaged: it ends too early.");
                }
            }
        }
        if (sum(bytes.array()) != place.sum()) {
            throw new IOException(file + " is damaged at octet " + place.begin() + ".");
        }
        var octets = Octets.of(bytes.array());
        places.put(octets, place);
        size = Math.max(size, place.begin() + place.length());
        return octets;
    }

    // After the last that is known: what could be written in part only is written over.
    private void append(List<Octets> added) throws IOException {
        if (added.isEmpty()) {
            return;
        }
        if (!Files.exists(file)) {
            PrivateFiles.create(file);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(size);
            for (var octets : added) {
                for (var bytes = ByteBuffer.wrap(octets.toBytes()); bytes.hasRemaining();) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    private static long sum(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
