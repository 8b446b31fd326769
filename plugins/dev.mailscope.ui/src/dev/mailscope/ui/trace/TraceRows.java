package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.FilterRun;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * The rows of a trace, all of them or those a filter lets through. Holds the numbers of the filtered events and the
 * rows last drawn; events are fetched and filtered in the background. Used on the UI thread.
 */
final class TraceRows implements EventTable.Rows {
    /** What the view hears of, on the UI thread. */
    interface Listener {
        /** There are more rows, or fetched ones, or some in between have come or gone. */
        void rowsChanged();

        /** That many of the oldest rows are gone. */
        void rowsRemoved(int count);

        /** The filter has no answer at some event, and looks at no more of them. */
        void filterEnded(String why);
    }

    private static final int CACHED = 2_000;
    private static final int DRAWN_AT_ONCE = 200;
    private static final int ROOM = 2_000;
    // So many events are filtered before anybody could look for the job among those that go on.
    private static final int SHORT = 100_000;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final long[] NO_NUMBERS = {};

    private final Recording recording;
    // Null to let all through.
    private final FilterRun filter;
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
    private volatile RowColours colours;
    private volatile boolean stopped;
    // That of the scan under way. Once it was stopped it stays so: who goes on at once gets another one.
    private volatile IProgressMonitor running = new NullProgressMonitor();
    private volatile boolean closed;

    /** Rows of that recording; the filter is null to let all through. */
    TraceRows(Recording recording, Filter filter, RowColours colours, Listener listener) {
        this.recording = recording;
        this.filter = filter == null ? null : new FilterRun(filter, recording, () -> closed || running.isCanceled());
        this.colours = colours;
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

    /** The share of events the filter has looked at, with all that has passed in here, 0 to 100. */
    int percentScanned() {
        var all = wantedTo - first + 1;
        return filter == null || all <= 0 ? 100 : (int) (100 * Math.clamp(last - first + 1, 0, all) / all);
    }

    /** There are events up to that number, and none before the first one. The rows follow when they are made. */
    void extend(long firstKept, long newest) {
        forget(firstKept);
        wantedTo = newest;
        schedule();
    }

    /** Makes the rows anew, by other rules. */
    void colour(RowColours by) {
        colours = by;
        cache.clear();
        listener.rowsChanged();
    }

    /** True from when the user has stopped the filter until it goes on. */
    boolean isStopped() {
        return stopped;
    }

    /** Lets the filter look at no more events for now. */
    void stop() {
        stopped = true;
        scan.cancel();
    }

    /** Lets the filter go on where it was stopped. */
    void goOn() {
        stopped = false;
        schedule();
    }

    private void schedule() {
        if (!stopped) {
            // What takes a while is shown among the workbench's jobs, where it can be cancelled, too.
            if (scan.getState() == Job.NONE) {
                scan.setSystem(filter == null || wantedTo - Math.max(scanned, first) < SHORT);
            }
            scan.schedule();
        }
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

    private void found(long scannedTo, long[] more, long[] withdrawn, List<EventTable.Row> rows) {
        if (closed) {
            return;
        }
        last = scannedTo;
        if (to + more.length > numbers.length) {
            var size = to - from;
            numbers = Arrays.copyOfRange(numbers, from, from + Math.max(2 * size, size + more.length) + ROOM);
            from = 0;
            to = size;
        }
        var late = from < to && more.length > 0 && more[0] < numbers[to - 1];
        System.arraycopy(more, 0, numbers, to, more.length);
        to += more.length;
        if (late) {
            // They passed when somebody had logged in, and belong among the others.
            Arrays.sort(numbers, from, to);
        }
        withdraw(withdrawn);
        rows.forEach(row -> cache.put(row.number(), row));
        listener.rowsChanged();
    }

    /** Takes out those that no longer pass. */
    private void withdraw(long[] withdrawn) {
        if (withdrawn.length > 0) {
            Arrays.sort(withdrawn);
            var kept = Arrays.stream(numbers, from, to).filter(number -> Arrays.binarySearch(withdrawn, number) < 0)
                    .toArray();
            System.arraycopy(kept, 0, numbers, from, kept.length);
            to = from + kept.length;
        }
    }

    private void halted() {
        if (!closed) {
            listener.rowsChanged();
        }
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
        var by = colours;
        Job.createSystem(Messages.job_fetch, (ICoreRunnable) monitor -> {
            var rows = runs(numbersWanted).stream().flatMap(run -> recording.events(run[0], (int) run[1]).stream())
                    .map(event -> RowText.row(event, by.of(event))).toList();
            onDisplay(() -> fetched(rows, by));
        }).schedule();
    }

    private void fetched(List<EventTable.Row> rows, RowColours by) {
        fetching = false;
        if (!closed && by != colours) {
            listener.rowsChanged(); // those in sight are asked for again
        } else if (!closed && !rows.isEmpty()) {
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
            running = monitor;
            var progress = SubMonitor.convert(monitor, 1_000);
            while (!filterEnded && !stopped && scanned < wantedTo && !monitor.isCanceled()) {
                if (filter == null) {
                    newest();
                } else {
                    filter(wantedTo, progress);
                }
            }
            return Status.OK_STATUS;
        }

        @Override
        protected void canceling() {
            stopped = true;
            onDisplay(TraceRows.this::halted);
        }

        // Without a filter, only what may be drawn next has to be looked at.
        private void newest() {
            var events = recording.events(Math.max(Math.max(scanned + 1, wantedTo - DRAWN_AT_ONCE + 1),
                    recording.first()), DRAWN_AT_ONCE);
            var to = events.isEmpty() ? wantedTo : events.getLast().number();
            scanned = to;
            deliver(to, NO_NUMBERS, NO_NUMBERS, events);
        }

        private void filter(long to, SubMonitor progress) {
            var start = scanned;
            var gathered = new Gathered();
            try {
                filter.run(start + 1, to, (done, passed, withdrawn) -> {
                    gathered.add(passed, withdrawn);
                    scanned = done;
                    gathered.deliverNowAndThen(done);
                    progress.setWorkRemaining((int) (1_000 * (to - done) / (to - start)));
                });
            } catch (EvaluationException e) {
                filterEnded = true;
                onDisplay(() -> ended(e.getMessage()));
            }
            gathered.deliver(scanned);
        }

        private void deliver(long to, long[] more, long[] withdrawn, List<TraceEvent> events) {
            var by = colours;
            var rows = events.subList(Math.max(0, events.size() - DRAWN_AT_ONCE), events.size()).stream()
                    .map(event -> RowText.row(event, by.of(event))).toList();
            onDisplay(() -> found(to, more, withdrawn, by == colours ? rows : List.of()));
        }

        /** What has passed and is not on the screen yet: drawn at once some times a second, not for each piece. */
        private final class Gathered {
            private final List<long[]> numbers = new ArrayList<>();
            private final List<Long> withdrawn = new ArrayList<>();
            private List<TraceEvent> newest = List.of();
            private long delivered = System.nanoTime();

            void add(List<TraceEvent> passed, List<Long> takenBack) {
                withdrawn.addAll(takenBack);
                if (!passed.isEmpty()) {
                    numbers.add(passed.stream().mapToLong(TraceEvent::number).toArray());
                    newest = passed;
                }
            }

            void deliverNowAndThen(long to) {
                if (System.nanoTime() - delivered >= PAUSE_NANOS) {
                    deliver(to);
                }
            }

            void deliver(long to) {
                var all = numbers.stream().flatMapToLong(Arrays::stream).toArray();
                Scan.this.deliver(to, all, withdrawn.stream().mapToLong(Long::longValue).toArray(), newest);
                numbers.clear();
                withdrawn.clear();
                newest = List.of();
                delivered = System.nanoTime();
            }
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
