package dev.mailscope.ui.trace;

import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.analysis.Search;
import dev.mailscope.server.analysis.Walk;
import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * The search in a trace: looks in the background among the events that the filter lets through, says how far it is, and
 * selects what it finds. Used on the UI thread.
 */
final class Finding implements FindBar.Searcher {
    private static final int TICKS = 100;

    private final FindBar bar;
    private final Supplier<Recording> recording;
    private final Supplier<Filter> filter;
    private final LongSupplier from;
    private final LongConsumer select;
    private final Runnable closed;
    private SearchJob job;

    /**
     * A search whose bar is put into that parent.
     *
     * @param from   the event a search starts at; 0 for none
     * @param select selects what was found
     * @param closed puts the focus back where it belongs
     */
    Finding(Composite parent, Supplier<Recording> recording, Supplier<Filter> filter, LongSupplier from,
            LongConsumer select, Runnable closed) {
        this.bar = new FindBar(parent, this);
        this.recording = recording;
        this.filter = filter;
        this.from = from;
        this.select = select;
        this.closed = closed;
        bar.addDisposeListener(event -> stop());
    }

    /** Opens the bar. */
    void open() {
        bar.open();
    }

    /** Looks for the text of the bar again, that way. */
    void again(Walk.Direction direction) {
        bar.find(direction);
    }

    @Override
    public void search(String text, boolean matchCase, Walk.Direction direction) {
        stop();
        var in = recording.get();
        if (in == null) {
            return;
        }
        var selected = from.getAsLong();
        // Without a selection it begins with the newest event backwards, and with the first forwards.
        var start = selected != 0 ? selected : direction == Walk.Direction.BACKWARDS ? in.last() + 1 : in.first() - 1;
        job = new SearchJob(in, new Search(text, matchCase), start, direction, filter.get());
        bar.searching(true);
        job.schedule();
    }

    @Override
    public void stop() {
        if (job != null) {
            job.cancel();
            job = null;
            if (!bar.isDisposed()) {
                bar.say("");
                bar.searching(false);
            }
        }
    }

    @Override
    public void closed() {
        closed.run();
    }

    private void onDisplay(SearchJob of, Runnable work) {
        if (!bar.isDisposed()) {
            bar.getDisplay().asyncExec(() -> {
                if (!bar.isDisposed() && job == of) {
                    work.run();
                }
            });
        }
    }

    private void ended(String words, OptionalLong event) {
        job = null;
        bar.searching(false);
        bar.say(words);
        event.ifPresent(select);
    }

    private final class SearchJob extends Job {
        private final Recording in;
        private final Search search;
        private final long start;
        private final Walk.Direction direction;
        private final Filter among;
        private int ticks;

        SearchJob(Recording in, Search search, long start, Walk.Direction direction, Filter among) {
            super(NLS.bind(Messages.find_job, search));
            this.in = in;
            this.search = search;
            this.start = start;
            this.direction = direction;
            this.among = among;
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            monitor.beginTask(getName(), TICKS);
            try {
                Predicate<TraceEvent> shown = among.isAll() ? event -> true : among.on(in, monitor::isCanceled);
                var found = search.find(in, start, direction, shown, (done, all) -> progress(monitor, done, all));
                var words = found.event().isEmpty() ? Messages.find_nothing : !found.wrapped() ? ""
                        : direction == Walk.Direction.FORWARDS ? Messages.find_fromFirst : Messages.find_fromLast;
                onDisplay(this, () -> ended(words, found.event()));
            } catch (EvaluationException e) {
                onDisplay(this, () -> ended(e.getMessage(), OptionalLong.empty()));
            } finally {
                monitor.done();
            }
            return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
        }

        private boolean progress(IProgressMonitor monitor, long done, long all) {
            var now = (int) (TICKS * done / all);
            if (now > ticks) {
                monitor.worked(now - ticks);
                ticks = now;
                onDisplay(this, () -> bar.say(NLS.bind(Messages.find_progress, Integer.toString(now))));
            }
            return !monitor.isCanceled();
        }
    }
}
