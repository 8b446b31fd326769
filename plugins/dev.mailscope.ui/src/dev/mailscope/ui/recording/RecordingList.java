package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.analysis.RecordingSummary;
import dev.mailscope.server.trace.Recording;

/**
 * The recordings there are: the one that is being made, and those in the folder of the workspace, each looked into once
 * as long as its file stays the same. Not for the UI thread, nor for several threads.
 */
final class RecordingList {
    /** How the files of recordings end. */
    static final String ENDING = ".mailtrace";

    /**
     * One recording.
     *
     * @param file    its file; null when it is in memory alone
     * @param live    true for the one that is being made
     * @param bytes   its size
     * @param summary what is in it; null when it cannot be opened
     * @param problem why it cannot be opened, or what is wrong with it; empty when all is well
     */
    record Row(Path file, boolean live, long bytes, RecordingSummary summary, String problem) {
        /** Its name, without the ending of its file; empty when it has none. */
        String name() {
            var name = file == null ? "" : file.getFileName().toString();
            return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        }
    }

    private record Seen(FileTime changed, Row row) {
    }

    private final Map<Path, Seen> seen = new HashMap<>();

    /** All of them, the live one first, then the newest. The live one may be null. */
    List<Row> rows(Path folder, Recording live) throws IOException {
        var rows = new ArrayList<Row>();
        var own = live == null ? null : live.status().file();
        if (live != null) {
            var summary = RecordingSummary.of(live);
            rows.add(new Row(own, live.status().state() == Recording.State.RECORDING, live.status().bytes(), summary,
                    summary.problem()));
        }
        var found = new ArrayList<Row>();
        for (var file : files(folder)) {
            if (!file.equals(own)) {
                found.add(row(file));
            }
        }
        found.sort(Comparator.comparing(RecordingList::begun).reversed().thenComparing(Row::name));
        rows.addAll(found);
        seen.keySet().retainAll(rows.stream().map(Row::file).toList());
        return rows;
    }

    private static Instant begun(Row row) {
        return row.summary == null || row.summary.begun() == null ? Instant.MIN : row.summary.begun();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING)
                    && !file.getFileName().toString().startsWith(".")).toList();
        }
    }

    private Row row(Path file) throws IOException {
        var changed = Files.getLastModifiedTime(file);
        var bytes = Files.size(file);
        var before = seen.get(file);
        if (before != null && before.changed.equals(changed) && before.row.bytes == bytes) {
            return before.row;
        }
        Row row;
        try {
            var summary = RecordingSummary.of(OpenRecordings.acquire(file));
            OpenRecordings.release(file);
            row = new Row(file, false, bytes, summary, summary.problem());
        } catch (IOException e) {
            row = new Row(file, false, bytes, null, e.getMessage());
        }
        seen.put(file, new Seen(changed, row));
        return row;
    }
}
