package dev.mailscope.ui.trace;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchPartSite;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.finding.TraceFindings;

/**
 * The events of a recording that fit a filter, one row each: the table, where its rows come from, and which event is
 * which row. Knows nothing of the other views. Used on the UI thread.
 */
final class EventList {
    /** Learns what becomes of the list, on the UI thread. */
    interface Listener {
        /** The user has selected an event; 0 for none. */
        void selected(long event);

        /** The table follows its newest row from now on, or no longer. */
        void followingChanged(boolean following);

        /** There are other rows. */
        void rowsChanged();

        /** The filter, or how many of its rows are there, is another one. */
        void stateChanged();

        /** What is wrong with a colouring rule, in words. On any thread. */
        void ruleFailed(String why);
    }

    private static final int MOST_COPIED = 20_000;

    private final Events work = new Events();
    private final Runnable findingsListener = work::rowsChanged;
    private final EventColumns columns = TraceColumn.create();
    private final EventTable table;
    private final Listener listener;
    private Recording recording;
    private Filter filter = Filter.ALL;
    private TraceRows rows;
    private TraceFindings findings;
    private RowColours colours;
    private int seenRows;
    private String wrong = "";

    /**
     * A list that shows nothing yet.
     *
     * @param site   the part it is in; its pop-up menu is registered there
     * @param widths of its columns; null for the usual ones
     */
    EventList(Composite parent, IWorkbenchPartSite site, String widths, Listener listener) {
        this.listener = listener;
        columns.restore(widths);
        table = new EventTable(parent, columns);
        table.setEmptyText(Messages.table_notYet);
        ViewFont.apply(table, ViewFont.TABLES, font -> {
            columns.scale(ViewFont.scale(parent, ViewFont.TABLES));
            table.setFont(font);
        });
        table.addListener(work);
        // The theme's colours may become others.
        IPropertyChangeListener themed = event -> table.redraw();
        JFaceResources.getColorRegistry().addListener(themed);
        table.addListener(SWT.Dispose, event -> JFaceResources.getColorRegistry().removeListener(themed));
        Mailscope.get().rules().onColours(table, this::colour);
        var menu = new MenuManager();
        table.setMenu(menu.createContextMenu(table));
        site.registerContextMenu(Mailscope.TRACE_VIEW, menu, null);
    }

    /** What it is drawn in. */
    EventTable table() {
        return table;
    }

    /** Marks the events on which something is noted in that recording, which may be null, now and as notes change. */
    void showNotes(Supplier<Recording> noted) {
        table.setNotes(event -> {
            var recordingNow = noted.get();
            return recordingNow == null ? null : recordingNow.notes().get(event);
        });
        Runnable changed = table::redraw;
        Mailscope.get().notebook().addListener(changed);
        table.addListener(SWT.Dispose, event -> Mailscope.get().notebook().removeListener(changed));
    }

    /** The widths of the columns, as the constructor takes them. */
    String widths() {
        return columns.save();
    }

    /** Shows a recording from the first to the last of these numbers, through that filter. */
    void show(Recording shown, Filter by, long first, long last) {
        close();
        recording = shown;
        filter = by;
        wrong = by.expression() instanceof Expression.Wrong(var problem)
                ? NLS.bind(Messages.strip_wrong, problem.offset() + 1, problem.message()) : "";
        colours = new RowColours(shown, Mailscope.get().rules().colours(), listener::ruleFailed);
        rows = new TraceRows(shown, by.isAll() ? null : by, colours, work);
        findings = TraceFindings.of(shown);
        findings.addListener(findingsListener);
        var marked = new MarkedRows(rows, findings);
        table.setRows(marked);
        table.setHints(marked::hint);
        extend(first, last);
        showEmpty();
    }

    /** There are events up to the last of these numbers, and none before the first one. */
    void extend(long first, long last) {
        if (rows != null) {
            rows.extend(first, last);
            findings.extend();
        }
    }

    /** Ends all work in the background. */
    void close() {
        if (rows != null) {
            findings.removeListener(findingsListener);
            rows.close();
            colours.close();
            rows = null;
        }
    }

    /** Colours the rows by the rules as they are now. */
    void colour() {
        if (rows != null) {
            colours.close();
            colours = new RowColours(recording, Mailscope.get().rules().colours(), listener::ruleFailed);
            rows.colour(colours);
        }
    }

    /** True while the filter has events to look at, and is looking. */
    boolean isFiltering() {
        return rows != null && wrong.isEmpty() && !rows.isStopped() && rows.percentScanned() < 100;
    }

    /** True when the user has stopped the filter before it has looked at all events. */
    boolean isStopped() {
        return rows != null && rows.isStopped();
    }

    /** Stops the filter, or lets it go on. */
    void stop(boolean stop) {
        if (rows != null) {
            if (stop) {
                rows.stop();
            } else {
                rows.goOn();
            }
            showEmpty();
            listener.stateChanged();
        }
    }

    /** True when it has a recording to show. */
    boolean hasRows() {
        return rows != null;
    }

    /** How many rows there are. */
    int count() {
        return rows == null ? 0 : rows.count();
    }

    /** How many rows have come since the table follows its newest no more. */
    int unseen() {
        return table.isFollowing() ? 0 : Math.max(0, count() - seenRows);
    }

    /** The share of events the filter has looked at, 0 to 100. */
    int percentScanned() {
        return rows == null ? 100 : rows.percentScanned();
    }

    /** What is wrong with the filter, in words; empty for nothing. */
    String wrong() {
        return wrong;
    }

    /** Why recording has ended, in words; empty while it goes on. */
    String endedBecause() {
        return recording != null && recording.status().state() == Recording.State.ENDED
                ? recording.status().reason() : "";
    }

    /** The number of the first selected event, 0 for none. */
    long selectionStart() {
        return rows == null ? 0 : rows.number(table.selectionStart());
    }

    /** The number of the last selected event, 0 for none. */
    long selectionEnd() {
        return rows == null ? 0 : rows.number(table.selectionEnd());
    }

    /** True when more than one event is selected. */
    boolean isRangeSelected() {
        return table.selectionStart() < table.selectionEnd();
    }

    /** Selects the row of an event, or none when it has no row here. */
    void select(long event) {
        if (rows == null || event == 0) {
            return;
        }
        var index = rows.index(event);
        if (index >= 0 && rows.number(index) == event) {
            if (table.selection() != index) {
                table.select(index);
            }
        } else {
            unselect();
        }
    }

    /** Selects no row. True when one was selected. */
    boolean unselect() {
        var was = table.selection() >= 0;
        if (was) {
            table.select(-1);
        }
        return was;
    }

    /** Fetches what is selected in the background, and only then puts it on the clipboard. */
    void copySelection() {
        if (rows == null || table.selection() < 0) {
            return;
        }
        var numbers = IntStream.rangeClosed(table.selectionStart(), table.selectionEnd())
                .limit(MOST_COPIED).mapToLong(rows::number).toArray();
        var from = recording;
        var display = table.getDisplay();
        Job.createSystem(Messages.job_copy, (ICoreRunnable) monitor -> {
            var text = Arrays.stream(numbers).mapToObj(from::event).filter(Objects::nonNull)
                    .map(EventText::line).collect(Collectors.joining("\n"));
            if (!display.isDisposed()) {
                display.asyncExec(() -> CopyAction.toClipboard(text));
            }
        }).schedule();
    }

    private void showEmpty() {
        var text = filter.isAll() ? Messages.table_empty : isStopped() ? Messages.table_stopped
                : isFiltering() ? Messages.table_filtering : Messages.table_noneFits;
        if (!text.equals(table.emptyText())) {
            table.setEmptyText(text);
        }
    }

    /** Brings table and rows together. */
    private final class Events implements EventTable.Listener, TraceRows.Listener {
        @Override
        public void rowSelected(int index) {
            listener.selected(index < 0 ? 0 : rows.number(index));
        }

        @Override
        public void followingChanged(boolean following) {
            seenRows = count();
            listener.followingChanged(following);
        }

        @Override
        public void rowsChanged() {
            if (!table.isDisposed()) {
                showEmpty();
                table.rowsChanged();
                listener.rowsChanged();
            }
        }

        @Override
        public void rowsRemoved(int count) {
            seenRows = Math.max(0, seenRows - count);
            table.rowsRemovedInFront(count);
        }

        @Override
        public void filterEnded(String why) {
            wrong = why;
            showEmpty();
            listener.stateChanged();
        }
    }
}
