package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Icons;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;

/**
 * A view that draws what all views look at, and says the same in a table: follows what comes, shows the moment, and
 * moves it.
 *
 * @param <R> a row of what it shows
 */
public abstract class DiagramView<R> extends ViewPart {
    private static final String TABLE = "table";
    private static final String ZOOM = "zoom";
    private static final int SMALLEST = -6;
    private static final int LARGEST = 14;
    // Once that many rows are of events that the recording has dropped, they are forgotten, and the rest is read anew.
    private static final int MOST_DROPPED = 10_000;

    final Focus focus = Mailscope.get().focus();
    /** While it follows what comes, so many of the newest rows at least, and at most twice as many, are held. */
    int mostLive = 100_000;
    final List<R> rows = new ArrayList<>();
    private final Focus.Listener focusListener = this::focusChanged;
    private final Runnable followedListener = this::focusChanged;
    private final TreeMap<Long, String> sessions = new TreeMap<>();
    private Loading<R> loading;
    private TraceFeed feed;
    private volatile Source source = focus.source();
    private Recording recording;
    private long session = -1;
    private SessionChoice choice;
    private Label status;
    private Composite stack;
    private Control drawing;
    private DiagramTable table;
    private Action asTable;
    private int zoom;
    private boolean tableFirst;
    // True when older rows were forgotten because of mostLive.
    private boolean shortened;
    // False until the rows up to the moment have been read.
    private boolean momentReached;

    @Override
    public final void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        if (memento != null) {
            tableFirst = Boolean.TRUE.equals(memento.getBoolean(TABLE));
            zoom = memento.getInteger(ZOOM) == null ? 0 : Math.clamp(memento.getInteger(ZOOM), SMALLEST, LARGEST);
        }
    }

    @Override
    public final void saveState(IMemento memento) {
        memento.putBoolean(TABLE, asTable.isChecked());
        memento.putInteger(ZOOM, zoom);
    }

    @Override
    public final void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        createBar(parent);
        new MomentBanner(parent, focus);
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(stack);
        drawing = createDrawing(stack);
        table = createTable(stack);
        drawing.addListener(SWT.MouseVerticalWheel, event -> {
            if ((event.stateMask & SWT.MOD1) != 0) {
                event.doit = false;
                zoomBy(event.count > 0 ? 1 : -1);
            }
        });
        createTableAction();
        var contexts = getSite().<IContextService>getService(IContextService.class);
        contexts.activateContext(Mailscope.CONTEXT);
        contexts.activateContext(DiagramHandler.CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), new CopyAction(this::copied));
        zoomed(times());
        showTable(tableFirst);
        loading = new Loading<>(this::loaded);
        feed = new TraceFeed(() -> source.recording());
        focus.addListener(focusListener);
        Followed.get().addListener(followedListener);
        Mailscope.get().server().open();
        feed.addListener(this::drained);
    }

    @Override
    public final void setFocus() {
        (asTable.isChecked() ? table : drawing).setFocus();
    }

    @Override
    public final void dispose() {
        if (feed != null) {
            feed.close();
            loading.close();
        }
        focus.removeListener(focusListener);
        Followed.get().removeListener(followedListener);
        super.dispose();
    }

    /** Makes the drawing. */
    abstract Control createDrawing(Composite parent);

    /** Makes the table, whose rows are selected with {@link #rowOfMoment}. */
    abstract DiagramTable createTable(Composite parent);

    /** Makes the rows of that session, or of all when it is 0. */
    abstract Loading.Maker<R> maker(long ofSession);

    /** The rows from that one on are new; with 0 all are. */
    abstract void rowsAdded(int from);

    /** So many rows at the beginning are forgotten; what is in sight stays where it is, as far as it is held. */
    abstract void rowsDropped(int count);

    /** The moment is another one. */
    abstract void momentChanged();

    /** The drawing is to be so many times as large as usual. */
    abstract void zoomed(double times);

    /** What a copy of what is selected, or of all, puts on the clipboard. */
    abstract String copied();

    /** True when it shows all sessions unless one is chosen; else it shows the one that is followed. */
    abstract boolean showsAll();

    /** The number of a row's event; so much has happened when it is shown. */
    abstract long eventOf(R row);

    /** The number of the event after which everything is shown; 0 for the newest. */
    final long moment() {
        return focus.source() == source ? focus.event() : 0;
    }

    /** The session shown, 0 for all or for none. */
    final long session() {
        return Math.max(0, session);
    }

    /** What is looked at. */
    final Recording recording() {
        return recording;
    }

    /** Every view shows the moment after that event. */
    final void select(long event) {
        focus.look(source);
        focus.selectEvent(event);
    }

    /** Selects in the table the row of the moment. */
    final void selectInTable() {
        if (asTable != null && asTable.isChecked()) {
            table.select(rowOfMoment());
        }
    }

    /** The row of the moment: that of its event, else the last before it; -1 when live, or there is none. */
    int rowOfMoment() {
        var moment = moment();
        if (moment == 0) {
            return -1;
        }
        var last = -1;
        for (var i = rows.size() - 1; i >= 0; i--) {
            var event = eventOf(rows.get(i));
            if (event == moment) {
                return i;
            }
            if (event < moment && last < 0) {
                last = i;
            }
        }
        return last;
    }

    /** Makes the drawing larger or smaller; 0 steps for the usual size. */
    final void zoomBy(int steps) {
        zoom = steps == 0 ? 0 : Math.clamp(zoom + steps, SMALLEST, LARGEST);
        zoomed(times());
    }

    /** How many times as large as usual the drawing is. */
    final double times() {
        return Math.pow(1.1, zoom);
    }

    /** Shows the table, or the drawing. */
    final void showTable(boolean on) {
        asTable.setChecked(on);
        ((StackLayout) stack.getLayout()).topControl = on ? table : drawing;
        stack.layout();
        if (on) {
            table.show(tableRows(), 0);
            selectInTable();
        }
    }

    /** True when the table is shown. */
    final boolean isTable() {
        return asTable.isChecked();
    }

    /** The drawing. */
    final Control drawing() {
        return drawing;
    }

    /** The table. */
    final DiagramTable table() {
        return table;
    }

    /** How many rows the table has. */
    int tableRows() {
        return rows.size();
    }

    private void createBar(Composite parent) {
        var bar = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(6, 3).applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        var label = new Label(bar, SWT.NONE);
        label.setText(Messages.bar_session);
        choice = new SessionChoice(bar, showsAll() ? Messages.bar_filterHint : Messages.bar_followHint, this::choose);
        GridDataFactory.fillDefaults().hint(190, SWT.DEFAULT).applyTo(choice.control());
        status = new Label(bar, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(status);
        for (var control : bar.getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        offer();
    }

    private void createTableAction() {
        asTable = new Action(Messages.action_table, IAction.AS_CHECK_BOX) {
            @Override
            public void run() {
                showTable(isChecked());
                setFocus();
            }
        };
        asTable.setToolTipText(Messages.action_tableHint);
        asTable.setImageDescriptor(Icons.descriptor("diagram/table"));
        getViewSite().getActionBars().getToolBarManager().add(asTable);
        getViewSite().getActionBars().getMenuManager().add(asTable);
    }

    private void drained(TraceFeed.Batch batch) {
        if (choice.control().isDisposed()) {
            return;
        }
        if (batch.recording() != recording) {
            sessions.clear();
            recording = batch.recording();
            start();
        } else if (rows.size() > MOST_DROPPED && eventOf(rows.get(MOST_DROPPED)) < batch.first()) {
            start();
        }
        loading.extend(batch.last());
    }

    private void start() {
        rows.clear();
        shortened = false;
        momentReached = false;
        session = wanted();
        loading.start(recording, session(), maker(session()));
        rowsAdded(0);
        if (isTable()) {
            table.show(tableRows(), 0);
        }
    }

    private long wanted() {
        if (showsAll()) {
            return Math.max(0, session);
        }
        var chosen = Followed.get().in(focus);
        return chosen != 0 ? chosen : sessions.isEmpty() ? 0 : sessions.lastKey();
    }

    private void loaded(List<R> more, Map<Long, String> found, int percent) {
        if (choice.control().isDisposed()) {
            return;
        }
        var before = rows.size();
        rows.addAll(more);
        if (moment() == 0 && source.isGrowing() && rows.size() > 2 * mostLive) {
            var dropped = Math.min(before, rows.size() - mostLive);
            rows.subList(0, dropped).clear();
            before -= dropped;
            shortened = true;
            rowsDropped(dropped);
        }
        if (!found.isEmpty()) {
            // One that was read from its middle on is not named as well as it was before.
            found.forEach((number, name) -> sessions.merge(number, name,
                    (old, now) -> now.length() < old.length() ? old : now));
            offer();
        }
        status.setText(percent < 100 ? NLS.bind(Messages.bar_reading, percent)
                : shortened ? NLS.bind(Messages.bar_newest, Long.toString(eventOf(rows.getFirst()))) : "");
        if (!more.isEmpty()) {
            rowsAdded(before);
            if (isTable()) {
                table.show(tableRows(), before);
                selectInTable();
            }
        }
        if (!momentReached && moment() != 0 && !rows.isEmpty()
                && (percent == 100 || eventOf(rows.getLast()) >= moment())) {
            momentReached = true;
            momentChanged();
            selectInTable();
        }
        restartIfOther();
    }

    private void focusChanged() {
        if (choice == null || choice.control().isDisposed()) {
            return;
        }
        if (focus.source() != source) {
            source = focus.source();
            session = -1;
        }
        offer();
        restartIfOther();
        if (focus.source().recording() == recording) {
            if (shortened && moment() != 0 && moment() < eventOf(rows.getFirst())) {
                start();
                loading.extend(recording.last());
            }
            momentChanged();
            selectInTable();
        }
    }

    private void restartIfOther() {
        if (recording != null && source.recording() == recording && wanted() != session) {
            start();
            loading.extend(recording.last());
        }
    }

    private void offer() {
        choice.offer(showsAll() ? Messages.bar_all
                : session() == 0 ? Messages.bar_selected
                : NLS.bind(Messages.bar_selectedIs, sessions.getOrDefault(session(), "")), sessions,
                showsAll() ? session() : Followed.get().chosenIn(source));
    }

    /** Shows that session alone, or all, or the one that is followed, when it is 0. */
    final void choose(long number) {
        if (showsAll()) {
            session = number;
            if (recording != null) {
                start();
                loading.extend(recording.last());
            }
            offer();
        } else {
            Followed.get().follow(source, number);
        }
    }
}
