package dev.mailscope.ui.trace;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.server.expression.Conditions;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Icons;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.filter.ExpressionField;
import dev.mailscope.ui.filter.Language;

/**
 * Text or expression, session, folder and phase by which the trace is filtered; offers what has occurred. While the
 * expression is wrong, the last right one goes on, and what is wrong is said below.
 */
final class FilterBar extends Composite {
    /** What the button for changes alone asks for. */
    static final String CHANGES = "kind == 'state' || kind == 'marked'";

    private static final int DELAY = 250;

    private final TreeSet<Long> sessions = new TreeSet<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final TreeSet<String> phases = new TreeSet<>();
    private final Known known = new Known();
    private final LongSupplier thisSession;
    private final Consumer<Filter> changed;
    private final ExpressionField field;
    private final FilterMenu menu;
    private final ToolBar bar;
    private final Composite choices;
    private final Button onlyChanges;
    private final Button onlySession;
    private final Combo session;
    private final Combo folder;
    private final Combo phase;
    private final ToolItem clear;
    private final Label message;
    private Filter filter = Filter.ALL;
    private long selectedSession;
    private final Runnable apply = this::apply;

    /**
     * A bar that filters by nothing yet.
     *
     * @param target      what its menu works on
     * @param thisSession the session that the button for one alone shows, asked when it is pressed
     * @param changed     is told what is filtered by from now on
     */
    FilterBar(Composite parent, FilterMenu.Target target, LongSupplier thisSession, Consumer<Filter> changed) {
        super(parent, SWT.NONE);
        this.thisSession = thisSession;
        this.changed = changed;
        field = new ExpressionField(this, Language.ofFilters(() -> known));
        field.setHint(Messages.filter_text);
        field.control().setToolTipText(Messages.filter_textHint);
        field.control().addListener(SWT.Modify, event -> getDisplay().timerExec(DELAY, apply));
        field.onEnter(this::enter);
        field.onArrowDown(this::showMenu);
        field.control().addListener(SWT.FocusOut, event -> remember());
        bar = new ToolBar(this, SWT.FLAT);
        menu = new FilterMenu(bar, target);
        var item = new ToolItem(bar, SWT.DROP_DOWN);
        item.setImage(Icons.image("filter"));
        item.setToolTipText(Messages.filter_menu);
        item.addListener(SWT.Selection, event -> showMenu());
        clear = new ToolItem(bar, SWT.PUSH);
        clear.setImage(PlatformUI.getWorkbench().getSharedImages().getImage(ISharedImages.IMG_ETOOL_CLEAR));
        clear.setToolTipText(Messages.filter_clear);
        clear.addListener(SWT.Selection, event -> set(Filter.ALL));
        choices = new Composite(this, SWT.NONE);
        var row = new RowLayout(SWT.HORIZONTAL);
        row.center = true;
        row.marginTop = row.marginBottom = row.marginLeft = row.marginRight = 0;
        row.spacing = 4;
        choices.setLayout(row);
        onlyChanges = toggle(Messages.filter_changes, Messages.filter_changesHint, this::toggleChanges);
        onlySession = toggle(Messages.filter_thisSession, Messages.filter_thisSessionHint, this::toggleSession);
        session = combo(Messages.filter_session, Messages.filter_anySession);
        folder = combo(Messages.filter_folder, Messages.filter_anyFolder);
        phase = combo(Messages.filter_phase, Messages.filter_anyPhase);
        message = new Label(this, SWT.WRAP);
        message.setVisible(false);
        Theme.follow(message, () -> message.setForeground(new Tones(message).of(Tone.PROBLEM)));
        setLayout(new FilterBarLayout(field.control(), bar, choices, message));
        for (var control : new Control[] { field.control(), message, onlyChanges, onlySession, session, folder,
                phase }) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        showToggles();
    }

    /** What is filtered by now. */
    Filter filter() {
        return filter;
    }

    /** What has occurred, for proposals. */
    Known known() {
        return known;
    }

    /** What is said to be wrong with the expression; empty for nothing. */
    String problem() {
        return message.getVisible() ? message.getText() : "";
    }

    /** Where the expression is typed. */
    ExpressionField field() {
        return field;
    }

    /** Sets all fields and applies them at once. */
    void set(Filter next) {
        next.session().ifPresent(sessions::add);
        Stream.of(next.folder()).filter(s -> !s.isEmpty()).forEach(folders::add);
        Stream.of(next.phase()).filter(s -> !s.isEmpty()).forEach(phases::add);
        refill();
        field.setText(next.text());
        choose(session, next.session().isEmpty() ? "" : sessionName(next.session().getAsLong()));
        choose(folder, next.folder());
        choose(phase, next.phase());
        apply();
    }

    /** Shows only what changed the mail or what a session will delete, or all again. */
    void toggleChanges() {
        var on = !Conditions.has(filter.text(), CHANGES);
        set(filter.withText(on ? Conditions.with(filter.text(), CHANGES) : Conditions.without(filter.text(), CHANGES)));
    }

    /** The session that all views have selected; with 0 for none there is nothing for the button to show. */
    void select(long number) {
        selectedSession = number;
        showToggles();
    }

    /** Offers what has occurred in these events. */
    void offer(List<TraceEvent> events) {
        known.add(events);
        var more = false;
        for (var event : events) {
            more |= sessions.add(event.session());
            more |= !event.folder().isEmpty() && folders.add(event.folder());
            more |= !event.phase().isEmpty() && phases.add(event.phase());
        }
        if (more) {
            refill();
        }
    }

    /** Opens the menu of recent and saved filters. */
    void showMenu() {
        var shown = menu.create(!filter.isAll());
        shown.setLocation(bar.toDisplay(new Point(0, bar.getSize().y)));
        shown.addListener(SWT.Hide, event -> getDisplay().asyncExec(shown::dispose));
        shown.setVisible(true);
    }

    /** The menu of recent and saved filters, for tests; whoever asks disposes it. */
    FilterMenu menu() {
        return menu;
    }

    @Override
    public boolean setFocus() {
        field.control().selectAll();
        return field.control().setFocus();
    }

    private Button toggle(String text, String hint, Runnable action) {
        var button = new Button(choices, SWT.TOGGLE);
        button.setText(text);
        button.setToolTipText(hint);
        button.addListener(SWT.Selection, event -> action.run());
        return button;
    }

    private Combo combo(String name, String any) {
        var combo = new Combo(choices, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setToolTipText(name);
        combo.setItems(any);
        combo.select(0);
        combo.addListener(SWT.Selection, event -> apply());
        return combo;
    }

    private void toggleSession() {
        set(filter.session().isPresent() ? filter.withAnySession() : filter.withSession(thisSession.getAsLong()));
    }

    private void showToggles() {
        onlyChanges.setSelection(Conditions.has(filter.text(), CHANGES));
        onlySession.setSelection(filter.session().isPresent());
        onlySession.setEnabled(selectedSession != 0 || filter.session().isPresent());
        clear.setEnabled(!filter.isAll() || !field.text().isEmpty());
    }

    private void refill() {
        refill(session, sessions.stream().map(FilterBar::sessionName));
        refill(folder, folders.stream());
        refill(phase, phases.stream());
        choices.layout(true);
        requestLayout();
    }

    private static void refill(Combo combo, Stream<String> names) {
        var chosen = chosen(combo);
        combo.setItems(Stream.concat(Stream.of(combo.getItem(0)), names).toArray(String[]::new));
        choose(combo, chosen);
    }

    private static void choose(Combo combo, String name) {
        combo.select(name.isEmpty() ? 0 : Math.max(0, combo.indexOf(name)));
    }

    private static String chosen(Combo combo) {
        return combo.getSelectionIndex() <= 0 ? "" : combo.getItem(combo.getSelectionIndex());
    }

    private static String sessionName(long number) {
        return number == 0 ? Messages.filter_server : NLS.bind(Messages.filter_sessionNumber, Long.toString(number));
    }

    private OptionalLong chosenSession() {
        var index = session.getSelectionIndex();
        return index <= 0 ? OptionalLong.empty() : OptionalLong.of(List.copyOf(sessions).get(index - 1));
    }

    private void enter() {
        apply();
        remember();
    }

    private void remember() {
        if (field.problem().isEmpty()) {
            Mailscope.get().rules().used(field.text().strip());
        }
    }

    private void apply() {
        if (isDisposed()) {
            return;
        }
        getDisplay().timerExec(-1, apply);
        var problem = field.problem();
        say(problem.map(p -> NLS.bind(Messages.filter_wrong, p.offset() + 1, p.message())).orElse(""));
        var next = new Filter(problem.isEmpty() ? field.text().strip() : filter.text(), chosenSession(), chosen(folder),
                chosen(phase), "");
        var other = !next.equals(filter);
        filter = next;
        showToggles();
        if (other) {
            changed.accept(next);
        }
    }

    private void say(String what) {
        if (!what.equals(problem())) {
            message.setText(what);
            message.setVisible(!what.isEmpty());
            layout(true);
            requestLayout();
        }
    }
}
