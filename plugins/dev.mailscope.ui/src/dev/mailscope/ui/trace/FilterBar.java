package dev.mailscope.ui.trace;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.ViewFont;

/** Text, session, folder and phase by which the trace is filtered; offers what has occurred. */
final class FilterBar extends Composite {
    private static final int DELAY = 250;

    private final TreeSet<Long> sessions = new TreeSet<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final TreeSet<String> phases = new TreeSet<>();
    private final Consumer<Filter> changed;
    private final Text text;
    private final Combo session;
    private final Combo folder;
    private final Combo phase;
    private final Button clear;
    private Filter filter = Filter.ALL;
    private final Runnable apply = this::apply;

    FilterBar(Composite parent, Consumer<Filter> changed) {
        super(parent, SWT.NONE);
        this.changed = changed;
        GridLayoutFactory.fillDefaults().numColumns(5).margins(4, 3).spacing(4, 0).applyTo(this);
        text = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        text.setMessage(Messages.filter_text);
        text.setToolTipText(Messages.filter_textHint);
        text.addListener(SWT.Modify, event -> getDisplay().timerExec(DELAY, apply));
        text.addListener(SWT.DefaultSelection, event -> apply());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(160, SWT.DEFAULT)
                .applyTo(text);
        session = combo(Messages.filter_session, Messages.filter_anySession);
        folder = combo(Messages.filter_folder, Messages.filter_anyFolder);
        phase = combo(Messages.filter_phase, Messages.filter_anyPhase);
        clear = new Button(this, SWT.PUSH);
        clear.setText(Messages.filter_clear);
        clear.setEnabled(false);
        clear.addListener(SWT.Selection, event -> set(Filter.ALL));
        for (var control : getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
    }

    /** What is filtered by now. */
    Filter filter() {
        return filter;
    }

    /** Sets all fields and applies them at once. */
    void set(Filter next) {
        next.session().ifPresent(sessions::add);
        Stream.of(next.folder()).filter(s -> !s.isEmpty()).forEach(folders::add);
        Stream.of(next.phase()).filter(s -> !s.isEmpty()).forEach(phases::add);
        refill();
        text.setText(next.text());
        choose(session, next.session().isEmpty() ? "" : sessionName(next.session().getAsLong()));
        choose(folder, next.folder());
        choose(phase, next.phase());
        apply();
    }

    /** Offers what has occurred in these events. */
    void offer(List<TraceEvent> events) {
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

    @Override
    public boolean setFocus() {
        text.selectAll();
        return text.setFocus();
    }

    private Combo combo(String name, String any) {
        var combo = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setToolTipText(name);
        combo.setItems(any);
        combo.select(0);
        combo.addListener(SWT.Selection, event -> apply());
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).applyTo(combo);
        return combo;
    }

    private void refill() {
        refill(session, sessions.stream().map(FilterBar::sessionName));
        refill(folder, folders.stream());
        refill(phase, phases.stream());
        layout();
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

    private void apply() {
        if (isDisposed()) {
            return;
        }
        getDisplay().timerExec(-1, apply);
        var next = new Filter(text.getText().strip(), chosenSession(), chosen(folder), chosen(phase), "");
        clear.setEnabled(!next.isAll());
        if (!next.equals(filter)) {
            filter = next;
            changed.accept(next);
        }
    }
}
