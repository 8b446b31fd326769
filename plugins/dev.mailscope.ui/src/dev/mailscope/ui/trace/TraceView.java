package dev.mailscope.ui.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.core.commands.State;
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
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.handlers.RadioState;
import org.eclipse.ui.handlers.RegistryToggleState;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;

/** Every event of the server, as it happens; filtered, grouped, and each with all there is to say of it. */
public final class TraceView extends ViewPart {
    /** How the trace is grouped. */
    public enum Grouped {
        /** One row per event. */
        NONE,
        /** What each phase changed in each folder. */
        PHASE,
        /** What in each folder each phase changed. */
        FOLDER
    }

    private static final String CONTEXT = "dev.mailscope.ui.context.trace";
    private static final String FOLLOW = "dev.mailscope.ui.trace.follow";
    private static final String GROUP = "dev.mailscope.ui.trace.group";
    private static final int MOST_COPIED = 20_000;

    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private final TraceFeed.Listener feedListener = this::drained;
    private final Focus.Listener focusListener = this::focusChanged;
    private final Table table = new Table();
    private TraceViewState state = TraceViewState.of(null);
    private EventColumns columns;
    private FilterBar filterBar;
    private SashForm sash;
    private Composite main;
    private EventTable events;
    private GroupTree groups;
    private DetailPane details;
    private StatusStrip strip;
    private Recording recording;
    private TraceRows rows;
    private Grouped grouped = Grouped.NONE;
    private int seenRows;
    private String wrong = "";

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        state = TraceViewState.of(memento);
    }

    @Override
    public void saveState(IMemento memento) {
        new TraceViewState(columns.save(), sash.getOrientation() == SWT.HORIZONTAL, detailShare(), filterBar.filter())
                .save(memento);
    }

    @Override
    public void createPartControl(Composite parent) {
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        filterBar = new FilterBar(parent, filter -> showRows());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filterBar);
        sash = new SashForm(parent, state.beside() ? SWT.HORIZONTAL : SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        main = new Composite(sash, SWT.NONE);
        main.setLayout(new StackLayout());
        createTable();
        groups = new GroupTree(main, focus::selectEvent);
        details = new DetailPane(sash, focus::selectEvent);
        sash.setWeights(100 - state.detailShare(), state.detailShare());
        strip = new StatusStrip(parent, this::follow);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(strip);
        top(events);
        filterBar.set(state.filter());
        connect();
    }

    @Override
    public void setFocus() {
        if (grouped == Grouped.NONE) {
            events.setFocus();
        } else {
            groups.setFocus();
        }
    }

    @Override
    public void dispose() {
        mailscope.feed().removeListener(feedListener);
        focus.removeListener(focusListener);
        if (rows != null) {
            rows.close();
        }
        super.dispose();
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

    /** Back to live, with the newest event in sight. */
    public void follow() {
        focus.goLive();
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

    private void createTable() {
        columns = TraceColumn.create();
        columns.restore(state.columns());
        events = new EventTable(main, columns);
        events.setEmptyText(Messages.table_notYet);
        ViewFont.apply(events, ViewFont.TABLES, font -> {
            columns.scale(ViewFont.scale(main, ViewFont.TABLES));
            events.setFont(font);
        });
        events.addListener(table);
        var menu = new MenuManager();
        events.setMenu(menu.createContextMenu(events));
        getSite().registerContextMenu(menu, null);
    }

    private void connect() {
        var contexts = getSite().<IContextService>getService(IContextService.class);
        contexts.activateContext(Mailscope.CONTEXT);
        contexts.activateContext(CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(),
                new CopyAction(this::copySelection));
        focus.addListener(focusListener);
        mailscope.feed().addListener(feedListener);
        mailscope.server().open();
        var latest = mailscope.feed().latest();
        if (latest != null) {
            drained(latest);
        }
        focusChanged();
        commandState(FOLLOW, RegistryToggleState.STATE_ID).setValue(events.isFollowing());
        group(Grouped.valueOf(commandState(GROUP, RadioState.STATE_ID).getValue().toString().toUpperCase(Locale.ROOT)));
    }

    private void drained(TraceFeed.Batch batch) {
        filterBar.offer(batch.events());
        if (batch.recording() != recording) {
            recording = batch.recording();
            showRows();
        } else {
            rows.extend(batch.first(), batch.last());
        }
        if (grouped != Grouped.NONE) {
            groups.extend();
        }
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
        events.setRows(rows);
        events.setEmptyText(filter.isAll() ? Messages.table_empty : Messages.table_noneFits);
        var latest = mailscope.feed().latest();
        rows.extend(latest.first(), latest.last());
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
        var selected = focus.selected();
        if (focus.event() == 0) {
            details.clear();
            if (events.selection() >= 0) {
                events.select(-1);
                events.follow(true);
            }
        } else if (selected != null && selected.number() == focus.event()) {
            details.show(recording, selected);
            showSelection();
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

    private State commandState(String command, String state) {
        return getSite().<ICommandService>getService(ICommandService.class).getCommand(command).getState(state);
    }

    private int detailShare() {
        var weights = sash.getWeights();
        return weights[1] * 100 / Math.max(1, weights[0] + weights[1]);
    }

    /** The rows selected are fetched in the background, and only then put on the clipboard. */
    private String copySelection() {
        if (grouped != Grouped.NONE) {
            return groups.text();
        }
        if (rows == null || events.selection() < 0) {
            return "";
        }
        var numbers = IntStream.rangeClosed(events.selectionStart(), events.selectionEnd())
                .limit(MOST_COPIED).mapToLong(rows::number).toArray();
        var source = recording;
        var display = events.getDisplay();
        Job.createSystem(Messages.job_copy, (ICoreRunnable) monitor -> {
            var text = Arrays.stream(numbers).mapToObj(source::event).filter(Objects::nonNull)
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
            if (index < 0) {
                focus.goLive();
            } else {
                focus.selectEvent(rows.number(index));
            }
        }

        @Override
        public void followingChanged(boolean following) {
            seenRows = rows == null ? 0 : rows.count();
            commandState(FOLLOW, RegistryToggleState.STATE_ID).setValue(following);
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
