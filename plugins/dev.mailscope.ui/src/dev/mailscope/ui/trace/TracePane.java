package dev.mailscope.ui.trace;

import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchPartSite;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;

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

    private static final int MOST_OFFERED = 20_000;

    private final Focus focus;
    private final Source source;
    private final Consumer<Boolean> followingChanged;
    private final Focus.Listener focusListener = this::focusChanged;
    private final FilterActions actions = new FilterActions(this);
    private final FilterBar filterBar;
    private final TraceNotice notice;
    private final Finding finding;
    private final SashForm sash;
    private final Composite main;
    private final EventList events;
    private final GroupTree groups;
    private final DetailPane details;
    private final StatusStrip strip;
    private final MomentSlider slider;
    private Recording recording;
    private Grouped grouped = Grouped.NONE;
    private long first = 1;
    // The event the details are about, 0 for none, or for a comparison without one.
    private long detailed;
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
        filterBar = new FilterBar(this, actions, this::chosenSession, filter -> showRows());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filterBar);
        notice = new TraceNotice(this, actions::manageColours);
        finding = new Finding(this, () -> recording, this::filter, () -> focus.source() == source ? focus.event() : 0,
                this::select, this::setFocus);
        sash = new SashForm(this, state.beside() ? SWT.HORIZONTAL : SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        main = new Composite(sash, SWT.NONE);
        main.setLayout(new StackLayout());
        events = new EventList(main, site, state.columns(), new Events());
        groups = new GroupTree(main, this::select);
        details = new DetailPane(sash, this::select);
        sash.setWeights(100 - state.detailShare(), state.detailShare());
        var foot = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(foot);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(foot);
        strip = new StatusStrip(foot, events, this::follow);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(strip);
        slider = new MomentSlider(foot, this::select);
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).hint(320, SWT.DEFAULT).applyTo(slider);
        events.showNotes(source::recording);
        top(events.table());
        filterBar.set(state.filter());
        // Before the list colours its rows anew, which may say it again.
        Mailscope.get().rules().onColours(this, notice::forget);
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
        return grouped == Grouped.NONE ? events.table().setFocus() : groups.setFocus();
    }

    /** How it is arranged. */
    TraceViewState state() {
        return new TraceViewState(events.widths(), sash.getOrientation() == SWT.HORIZONTAL, detailShare(),
                filterBar.filter());
    }

    /** True while the table follows its newest row. */
    boolean isFollowing() {
        return events.table().isFollowing();
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
        events.table().follow(false);
        events.table().scrollTo(0);
    }

    /** Shows in the details what is different at a moment from another one. */
    public void showDifference(String title, Moment before, Moment after) {
        details.showDifference(title, before, after);
    }

    /** The number of the first selected event, 0 for none. */
    public long selectionStart() {
        return events.selectionStart();
    }

    /** The number of the last selected event, 0 for none. */
    public long selectionEnd() {
        return events.selectionEnd();
    }

    private void extend(Recording now, long firstKept, long newest) {
        first = firstKept;
        last = newest;
        if (now != recording) {
            recording = now;
            showRows();
        } else {
            events.extend(first, last);
        }
        if (grouped != Grouped.NONE) {
            groups.extend();
        }
        showSlider();
    }

    /** Looks for a text in it. */
    Finding finding() {
        return finding;
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

    /** Shows only what changed the mail or what a session will delete, or all again. */
    void toggleChanges() {
        filterBar.toggleChanges();
    }

    /** Opens the menu of recent and saved filters. */
    void showFilterMenu() {
        filterBar.showMenu();
    }

    /** What the menus do with the filter and with colouring rules. */
    FilterActions actions() {
        return actions;
    }

    /** What has occurred in what is shown, for proposals. */
    Known known() {
        return filterBar.known();
    }

    /** The first selected event; null for none. */
    TraceEvent selectedEvent() {
        var number = grouped == Grouped.NONE ? events.selectionStart() : 0;
        return number == 0 ? null : recording.event(number);
    }

    /** No event is selected any more, and the newest is in sight. */
    public void follow() {
        focus.look(source);
        focus.unselect();
        events.table().select(-1);
        events.table().follow(true);
        showStrip();
    }

    /** Leaves the table where it is while events come. */
    public void hold() {
        events.table().follow(false);
    }

    /** Groups the trace, or no longer. */
    public void group(Grouped by) {
        grouped = by;
        if (by == Grouped.NONE) {
            groups.close();
            top(events.table());
        } else {
            showGroups();
            top(groups);
        }
        showStrip();
    }

    /** Shows the events of the selected event's session, or of the selected session, and no others. */
    public void filterBySelectedSession() {
        var session = chosenSession();
        if (session != 0) {
            filterBar.set(filterBar.filter().withSession(session));
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

    private void close() {
        focus.removeListener(focusListener);
        events.close();
    }

    private long chosenSession() {
        focus.look(source);
        return focus.chosenSession();
    }

    private void select(long number) {
        focus.look(source);
        focus.selectEvent(number);
    }

    /** Shows the recording anew, through the filter as it is now. */
    private void showRows() {
        if (recording == null) {
            return;
        }
        events.show(recording, filterBar.filter(), first, last);
        showStrip();
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
        filterBar.select(focus.session());
        var selected = focus.selected();
        if (focus.event() == 0) {
            // A source that has grown says so too, and leaves a comparison where it is.
            if (detailed != 0) {
                details.clear();
                detailed = 0;
            }
            if (events.unselect()) {
                events.table().follow(source.isServer());
            }
        } else if (selected != null && selected.number() == focus.event()) {
            events.select(focus.event());
            detailed = focus.event();
            if (events.isRangeSelected() && grouped == Grouped.NONE) {
                details.showDifference(recording, events.selectionStart(), events.selectionEnd());
            } else {
                details.show(recording, selected);
            }
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
        if (events.hasRows()) {
            strip.show(filterBar.filter(), grouped == Grouped.NONE ? events.unseen() : 0);
        }
    }

    private int detailShare() {
        var weights = sash.getWeights();
        return weights[1] * 100 / Math.max(1, weights[0] + weights[1]);
    }

    /** The groups as text; empty for rows, which are fetched in the background, and only then put on the clipboard. */
    public String copySelection() {
        if (grouped != Grouped.NONE) {
            return groups.text();
        }
        events.copySelection();
        return "";
    }

    /** Brings the list and the other views together. */
    private final class Events implements EventList.Listener {
        @Override
        public void selected(long event) {
            select(event);
        }

        @Override
        public void followingChanged(boolean following) {
            followingChanged.accept(following);
            showStrip();
        }

        @Override
        public void rowsChanged() {
            // An event of another source has no row here.
            if (focus.source() == source) {
                events.select(focus.event());
            }
            showStrip();
        }

        @Override
        public void stateChanged() {
            showStrip();
        }

        @Override
        public void ruleFailed(String why) {
            if (!isDisposed()) {
                getDisplay().asyncExec(() -> {
                    if (!isDisposed()) {
                        notice.say(NLS.bind(Messages.notice_rule, why));
                    }
                });
            }
        }
    }
}
