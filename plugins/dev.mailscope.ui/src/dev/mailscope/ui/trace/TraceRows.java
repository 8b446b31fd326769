package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * The rows of a trace, all of them or those a filter lets through. Holds the numbers of the filtered events and the
 * rows last drawn; events are fetched and filtered in the background. Used on the UI thread.
 */
final class TraceRows implements EventTable.Rows {
    /** What the view hears of, on the UI thread. */
    interface Listener {
        /** There are more rows, or fetched ones. */
        void rowsChanged();

        /** That many of the oldest rows are gone. */
        void rowsRemoved(int count);

        /** The filter has no answer at some event, and looks at no more of them. */
        void filterEnded(String why);
    }

    private static final int CACHED = 2_000;
    private static final int DRAWN_AT_ONCE = 200;
    private static final int CHUNK = 2_000;
    private static final long[] NO_NUMBERS = {};

    private final Recording recording;
    private final Predicate<TraceEvent> filter;
    private final Listener listener;
    private final Display display;
    private final Map<Long, EventTable.Row> cache = new Cache();
    private final TreeSet<Long> wanted = new TreeSet<>();
    private final Job scan = new Scan();
    private long[] numbers = new long[1_024];
    private int from;
    private int to;
    private long first;
    private long last;
    private volatile long scanned;
    private volatile long wantedTo;
    private boolean fetching;
    private boolean filterEnded;
    private volatile boolean closed;

    /** Rows of that recording; the filter is null to let all through. */
    TraceRows(Recording recording, Filter filter, Listener listener) {
        this.recording = recording;
        this.filter = filter == null ? null : filter.on(recording, () -> closed);
        this.listener = listener;
        this.display = Display.getCurrent();
        this.first = 1;
        scan.setSystem(true);
    }

    @Override
    public int count() {
        return filter == null ? (int) Math.clamp(last - first + 1, 0L, Integer.MAX_VALUE) : to - from;
    }

    @Override
    public EventTable.Row row(int index) {
        var number = number(index);
        var row = cache.get(number);
        if (row == null && number > 0 && !fetching) {
            // All rows in sight are asked for in one go, once the drawing that misses them is done.
            if (wanted.isEmpty()) {
                display.asyncExec(this::fetch);
            }
            wanted.add(number);
        }
        return row;
    }

    /** The number of the event in that row; 0 when there is no such row. */
    long number(int index) {
        return index < 0 || index >= count() ? 0 : filter == null ? first + index : numbers[from + index];
    }

    /** The row of an event; of the next one that is shown when it is not; -1 when there is none. */
    int index(long number) {
        if (filter == null) {
            return number < first || number > last ? -1 : (int) (number - first);
        }
        var found = Arrays.binarySearch(numbers, from, to, number);
        var index = found >= 0 ? found : -found - 1;
        return index < to ? index - from : -1;
    }

    /** The share of events the filter has looked at, 0 to 100. */
    int percentScanned() {
        var all = wantedTo - first + 1;
        return filter == null || all <= 0 ? 100 : (int) (100 * Math.clamp(scanned - first + 1, 0, all) / all);
    }

    /** There are events up to that number, and none before the first one. The rows follow when they are made. */
    void extend(long firstKept, long newest) {
        forget(firstKept);
        wantedTo = newest;
        scan.schedule();
    }

    /** Ends all work in the background. */
    void close() {
        closed = true;
        scan.cancel();
    }

    private void forget(long firstKept) {
        if (firstKept <= first) {
            return;
        }
        var before = count();
        first = firstKept;
        while (from < to && numbers[from] < firstKept) {
            from++;
        }
        var gone = filter == null ? Math.min(before, before - count()) : before - (to - from);
        if (gone > 0) {
            listener.rowsRemoved(gone);
        }
    }

    private void found(long scannedTo, long[] more, List<EventTable.Row> rows) {
        if (closed) {
            return;
        }
        last = scannedTo;
        if (to + more.length > numbers.length) {
            var size = to - from;
            numbers = Arrays.copyOfRange(numbers, from, from + Math.max(2 * size, size + more.length) + CHUNK);
            from = 0;
            to = size;
        }
        System.arraycopy(more, 0, numbers, to, more.length);
        to += more.length;
        rows.forEach(row -> cache.put(row.number(), row));
        listener.rowsChanged();
    }

    private void ended(String why) {
        if (!closed) {
            listener.filterEnded(why);
        }
    }

    private void fetch() {
        var numbersWanted = List.copyOf(wanted);
        wanted.clear();
        if (closed || fetching || numbersWanted.isEmpty()) {
            return;
        }
        fetching = true;
        Job.createSystem(Messages.job_fetch, (ICoreRunnable) monitor -> {
            var rows = runs(numbersWanted).stream().flatMap(run -> recording.events(run[0], (int) run[1]).stream())
                    .map(RowText::row).toList();
            onDisplay(() -> fetched(rows));
        }).schedule();
    }

    private void fetched(List<EventTable.Row> rows) {
        fetching = false;
        if (!closed && !rows.isEmpty()) {
            rows.forEach(row -> cache.put(row.number(), row));
            listener.rowsChanged();
        }
    }

    /** Numbers that follow each other, as pairs of the first one and how many. */
    private static List<long[]> runs(List<Long> ascending) {
        var runs = new ArrayList<long[]>();
        for (var number : ascending) {
            if (!runs.isEmpty() && runs.getLast()[0] + runs.getLast()[1] == number) {
                runs.getLast()[1]++;
            } else {
                runs.add(new long[] { number, 1 });
            }
        }
        return runs;
    }

    private void onDisplay(Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(work);
        }
    }

    /** Looks at every event with the filter's eyes, from where it stopped to the newest, and makes the newest rows. */
    private final class Scan extends Job {
        Scan() {
            super(Messages.job_filter);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            while (!filterEnded && scanned < wantedTo && !monitor.isCanceled()) {
                // Without a filter, only what may be drawn next has to be looked at.
                var start = filter == null ? Math.max(scanned + 1, wantedTo - DRAWN_AT_ONCE + 1) : scanned + 1;
                var events = recording.events(Math.max(start, recording.first()), CHUNK);
                if (events.isEmpty()) {
                    break;
                }
                List<TraceEvent> passed;
                try {
                    passed = filter == null ? events : events.stream().filter(filter).toList();
                } catch (EvaluationException e) {
                    filterEnded = true;
                    onDisplay(() -> ended(e.getMessage()));
                    break;
                }
                var rows = passed.subList(Math.max(0, passed.size() - DRAWN_AT_ONCE), passed.size()).stream()
                        .map(RowText::row).toList();
                var more = filter == null ? NO_NUMBERS : passed.stream().mapToLong(TraceEvent::number).toArray();
                var to = events.getLast().number();
                scanned = to;
                onDisplay(() -> found(to, more, rows));
            }
            return Status.OK_STATUS;
        }
    }

    /** Keeps the rows used last. */
    private static final class Cache extends LinkedHashMap<Long, EventTable.Row> {
        private static final long serialVersionUID = 1L;

        Cache() {
            super(CACHED, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, EventTable.Row> eldest) {
            return size() > CACHED;
        }
    }
}
