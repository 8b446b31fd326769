package dev.mailscope.server.trace;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which events of a recording cannot be read, as they are found out. Safe for several threads. */
final class Holes {
    // So many are named; of a file that was overwritten all over there may be hundreds.
    private static final int MOST = 8;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private String text = "";
    private long end = -1;

    /** Notes that the events from one number to another cannot be read. */
    synchronized void add(long from, long to) {
        var start = from;
        var end = to;
        for (var before = ranges.floorEntry(end + 1); before != null && before.getValue() >= start - 1;
                before = ranges.floorEntry(end + 1)) {
            start = Math.min(start, before.getKey());
            end = Math.max(end, before.getValue());
            ranges.remove(before.getKey());
        }
        ranges.put(start, end);
        describe();
    }

    /** Notes that nothing after that event can be read. */
    synchronized void endAfter(long last) {
        ranges.tailMap(last, false).clear();
        ranges.replaceAll((from, to) -> Math.min(to, last));
        end = last;
        describe();
    }

    /** In words; empty when none has been found. */
    synchronized String words() {
        return text;
    }

    private void describe() {
        var words = Stream.concat(ranges.entrySet().stream().limit(MOST).map(Holes::words), ranges.size() <= MOST
                ? Stream.empty() : Stream.of(ranges.size() - MOST + " more ranges are damaged"));
        text = Stream.concat(words, end < 0 ? Stream.empty() : Stream.of("everything after event " + end
                + " is damaged")).collect(Collectors.joining("; "));
    }

    private static String words(Map.Entry<Long, Long> range) {
        return range.getKey().equals(range.getValue()) ? "event " + range.getKey() + " is damaged"
                : "events " + range.getKey() + " to " + range.getValue() + " are damaged";
    }
}
