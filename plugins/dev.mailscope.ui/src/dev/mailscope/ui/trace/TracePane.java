package dev.mailscope.ui.trace;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchPartSite;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.finding.TraceFindings;

/** The events of one source: filtered, grouped, and each with all there is to say of it. */
public final class TracePane extends Composite {
    /** How the trace is grouped. */
    public enum Grouped {
        /** One row per event. */
        NONE,
        /** What each phase changed in each folder. */
        PHASE,
        /** What in each folder each phase changed. */
        FOLDER
    }

    private static final int MOST_COPIED = 20_000;
    private static final int MOST_OFFERED = 20_000;

    private final Focus focus;
    private final Source source;
    private final Consumer<Boolean> followingChanged;
    private final Focus.Listener focusListener = this::focusChanged;
    private final Table table = new Table();
    private final Runnable findingsListener = table::rowsChanged;
    private final EventColumns columns = TraceColumn.create();
    private final FilterBar filterBar;
    private final SashForm sash;
    private final Composite main;
    private final EventTable events;
    private final GroupTree groups;
    private final DetailPane details;
    private final StatusStrip strip;
    private final MomentSlider slider;
    private Recording recording;
    private TraceFindings findings;
    private TraceRows rows;
    private Grouped grouped = Grouped.NONE;
    private int seenRows;
    private String wrong = "";
    private long first = 1;
    private long last;

    /**
     * A pane that shows nothing yet.
     *
     * @param site             the part it is in; its pop-up menu is registered there
     * @param source           whose events it shows
     * @param state            how it is arranged
     * @param followingChanged is told when the table follows its newest row, or no longer
     */
    TracePane(Composite parent, IWorkbenchPartSite site, Focus focus, Source source, TraceViewState state,
            Consumer<Boolean> followingChanged) {
        super(parent, SWT.NONE);
        this.focus = focus;
        this.source = source;
        this.followingChanged = followingChanged;
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(this);
        filterBar = new FilterBar(this, filter -> showRows());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filterBar);
        sash = new SashForm(this, state.beside() ? SWT.HORIZONTAL : SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        main = new Composite(sash, SWT.NONE);
        main.setLayout(new StackLayout());
        columns.restore(state.columns());
        events = createTable(site);
        groups = new GroupTree(main, this::select);
        details = new DetailPane(sash, this::select);
        sash.setWeights(100 - state.detailShare(), state.detailShare());
        var foot = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(foot);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(foot);
        strip = new StatusStrip(foot, this::follow);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(strip);
        slider = new MomentSlider(foot, this::select);
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).hint(320, SWT.DEFAULT).applyTo(slider);
        top(events);
        filterBar.set(state.filter());
        focus.addListener(focusListener);
        addListener(SWT.Dispose, event -> close());
        focusChanged();
    }

    /** A pane for an editor, arranged as usual. */
    public static TracePane inEditor(Composite parent, IWorkbenchPartSite site, Focus focus, Source source) {
        return new TracePane(parent, site, focus, source, TraceViewState.of(null), following -> { });
    }

    @Override
    public boolean setFocus() {
        return grouped == Grouped.NONE ? events.setFocus() : groups.setFocus();
    }

    /** How it is arranged. */
    TraceViewState state() {
        return new TraceViewState(columns.save(), sash.getOrientation() == SWT.HORIZONTAL, detailShare(),
                filterBar.filter());
    }

    /** True while the table follows its newest row. */
    boolean isFollowing() {
        return events.isFollowing();
    }

    /** Shows what has come. */
    public void take(TraceFeed.Batch batch) {
        filterBar.offer(batch.events());
        extend(batch.recording(), batch.first(), batch.last());
    }

    /** Shows a recording from its first event to its last. */
    public void show(Recording whole) {
        var firstEvents = whole.events(whole.first(), MOST_OFFERED);
        filterBar.offer(firstEvents);
        extend(whole, whole.first(), whole.last());
        events.follow(false);
        events.scrollTo(0);
    }

    /** Shows in the details what is different at a moment from another one. */
    public void showDifference(String title, Moment before, Moment after) {
        details.showDifference(title, before, after);
    }

    /** The number of the first selected event, 0 for none. */
    public long selectionStart() {
        return rows == null ? 0 : rows.number(events.selectionStart());
    }

    /** The number of the last selected event, 0 for none. */
    public long selectionEnd() {
        return rows == null ? 0 : rows.number(events.selectionEnd());
    }

    private void extend(Recording now, long firstKept, long newest) {
        first = firstKept;
        last = newest;
        if (now != recording) {
            recording = now;
            look(TraceFindings.of(now));
            showRows();
        } else {
            rows.extend(first, last);
        }
        findings.extend();
        if (grouped != Grouped.NONE) {
            groups.extend();
        }
        showSlider();
    }

    private void look(TraceFindings next) {
        if (findings != null) {
            findings.removeListener(findingsListener);
        }
        findings = next;
        if (findings != null) {
            findings.addListener(findingsListener);
        }
    }

    /** Puts the cursor into the filter. */
    public void editFilter() {
        filterBar.setFocus();
    }

    /** Shows the events that fit that filter. */
    public void filter(Filter filter) {
        filterBar.set(filter);
    }

    /** What is filtered by. */
    public Filter filter() {
        return filterBar.filter();
    }

    /** No event is selected any more, and the newest is in sight. */
    public void follow() {
        focus.look(source);
        focus.unselect();
        events.select(-1);
        events.follow(true);
        showStrip();
    }

    /** Leaves the table where it is while events come. */
    public void hold() {
        events.follow(false);
    }

    /** Groups the trace, or no longer. */
    public void group(Grouped by) {
        grouped = by;
        if (by == Grouped.NONE) {
            groups.close();
            top(events);
        } else {
            showGroups();
            top(groups);
        }
        showStrip();
    }

    /** Shows the events of the session that all views have selected, and no others. */
    public void filterBySelectedSession() {
        if (focus.session() != 0) {
            filterBar.set(filterBar.filter().withSession(focus.session()));
        }
    }

    /** Puts the details beside the table, or below it. */
    public void turn() {
        sash.setOrientation(sash.getOrientation() == SWT.HORIZONTAL ? SWT.VERTICAL : SWT.HORIZONTAL);
    }

    /** Selects the event that caused the selected one. */
    public void goToCause() {
        var selected = focus.selected();
        if (selected != null && selected.cause() != 0) {
            focus.selectEvent(selected.cause());
        }
    }

    private EventTable createTable(IWorkbenchPartSite site) {
        var made = new EventTable(main, columns);
        made.setEmptyText(Messages.table_notYet);
        ViewFont.apply(made, ViewFont.TABLES, font -> {
            columns.scale(ViewFont.scale(main, ViewFont.TABLES));
            made.setFont(font);
        });
        made.addListener(table);
        var menu = new MenuManager();
        made.setMenu(menu.createContextMenu(made));
        site.registerContextMenu(Mailscope.TRACE_VIEW, menu, null);
        return made;
    }

    private void close() {
        look(null);
        focus.removeListener(focusListener);
        if (rows != null) {
            rows.close();
        }
    }

    private void select(long number) {
        focus.look(source);
        focus.selectEvent(number);
    }

    /** Shows the recording anew, through the filter as it is now. */
    private void showRows() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
        if (recording == null) {
            return;
        }
        var filter = filterBar.filter();
        wrong = filter.expression() instanceof Expression.Wrong(var problem)
                ? NLS.bind(Messages.strip_wrong, problem.offset() + 1, problem.message()) : "";
        rows = new TraceRows(recording, filter.isAll() ? null : filter, table);
        var marked = new MarkedRows(rows, findings);
        events.setRows(marked);
        events.setHints(marked::hint);
        events.setEmptyText(filter.isAll() ? Messages.table_empty : Messages.table_noneFits);
        rows.extend(first, last);
        if (grouped != Grouped.NONE) {
            showGroups();
        }
    }

    private void showGroups() {
        if (recording != null) {
            groups.show(recording, filterBar.filter(), grouped == Grouped.FOLDER);
        }
    }

    private void focusChanged() {
        if (focus.source() != source) {
            return;
        }
        showSlider();
        var selected = focus.selected();
        if (focus.event() == 0) {
            details.clear();
            if (events.selection() >= 0) {
                events.select(-1);
                events.follow(source.isServer());
            }
        } else if (selected != null && selected.number() == focus.event()) {
            showSelection();
            if (events.selectionStart() < events.selectionEnd() && grouped == Grouped.NONE) {
                details.showDifference(recording, rows.number(events.selectionStart()),
                        rows.number(events.selectionEnd()));
            } else {
                details.show(recording, selected);
            }
        }
    }

    private void showSelection() {
        var event = focus.event();
        if (rows == null || event == 0) {
            return;
        }
        var index = rows.index(event);
        if (index >= 0 && rows.number(index) == event) {
            if (events.selection() != index) {
                events.select(index);
            }
        } else if (events.selection() >= 0) {
            events.select(-1);
        }
    }

    private void showSlider() {
        slider.show(first, last, focus.source() == source ? focus.event() : 0);
    }

    private void top(Composite control) {
        ((StackLayout) main.getLayout()).topControl = control;
        main.layout();
    }

    private void showStrip() {
        if (rows == null) {
            return;
        }
        var unseen = events.isFollowing() || grouped != Grouped.NONE ? 0 : Math.max(0, rows.count() - seenRows);
        strip.show(filterBar.filter(), wrong, rows.count(), rows.percentScanned(), unseen,
                recording.status().state() == Recording.State.ENDED ? recording.status().reason() : "");
    }

    private int detailShare() {
        var weights = sash.getWeights();
        return weights[1] * 100 / Math.max(1, weights[0] + weights[1]);
    }

    /** The rows selected are fetched in the background, and only then put on the clipboard. */
    public String copySelection() {
        if (grouped != Grouped.NONE) {
            return groups.text();
        }
        if (rows == null || events.selection() < 0) {
            return "";
        }
        var numbers = IntStream.rangeClosed(events.selectionStart(), events.selectionEnd())
                .limit(MOST_COPIED).mapToLong(rows::number).toArray();
        var from = recording;
        var display = events.getDisplay();
        Job.createSystem(Messages.job_copy, (ICoreRunnable) monitor -> {
            var text = Arrays.stream(numbers).mapToObj(from::event).filter(Objects::nonNull)
                    .map(EventText::line).collect(Collectors.joining("\n"));
            if (!display.isDisposed()) {
                display.asyncExec(() -> CopyAction.toClipboard(text));
            }
        }).schedule();
        return "";
    }

    /** Brings table, rows and view together. */
    private final class Table implements EventTable.Listener, TraceRows.Listener {
        @Override
        public void rowSelected(int index) {
            select(index < 0 ? 0 : rows.number(index));
        }

        @Override
        public void followingChanged(boolean following) {
            seenRows = rows == null ? 0 : rows.count();
            TracePane.this.followingChanged.accept(following);
            showStrip();
        }

        @Override
        public void rowsChanged() {
            if (!events.isDisposed()) {
                events.rowsChanged();
                showSelection();
                showStrip();
            }
        }

        @Override
        public void rowsRemoved(int count) {
            seenRows = Math.max(0, seenRows - count);
            events.rowsRemovedInFront(count);
        }

        @Override
        public void filterEnded(String why) {
            wrong = why;
            showStrip();
        }
    }
}
