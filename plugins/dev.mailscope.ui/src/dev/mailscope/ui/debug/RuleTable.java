package dev.mailscope.ui.debug;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CheckboxTableViewer;
import org.eclipse.jface.viewers.ICheckStateProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;

import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.expression.StopRules.Standing;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.TableColumns;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** The breakpoints and faults, each switched on or off by its box. */
final class RuleTable extends Composite {
    /** A rule and its place, so that two equal ones are two lines. */
    private record Line(int index, Standing standing) {
        StopRule rule() {
            return standing.rule();
        }
    }

    private final LiveDebugger live;
    private final CheckboxTableViewer viewer;
    private final Label problem;
    private final Button edit;
    private final Button remove;

    RuleTable(Composite parent, LiveDebugger live) {
        super(parent, SWT.NONE);
        this.live = live;
        GridLayoutFactory.fillDefaults().numColumns(2).margins(4, 4).applyTo(this);
        problem = new Label(this, SWT.WRAP);
        Theme.follow(problem, () -> problem.setForeground(new Tones(problem).of(Tone.PROBLEM)));
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(60, SWT.DEFAULT).exclude(true)
                .applyTo(problem);
        ViewFont.apply(problem, ViewFont.TABLES);
        var area = new Composite(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).hint(80, 40).applyTo(area);
        viewer = new CheckboxTableViewer(new Table(area, SWT.CHECK | SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER
                | SWT.V_SCROLL));
        createTable();
        var buttons = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(buttons);
        GridDataFactory.fillDefaults().applyTo(buttons);
        button(buttons, Messages.rules_add, this::add);
        edit = button(buttons, Messages.rules_edit, this::edit);
        remove = button(buttons, Messages.rules_remove, this::remove);
        show();
    }

    /** Shows the rules as they are now. */
    void show() {
        ViewFont.renew(viewer.getTable(), ViewFont.TABLES);
        var lines = new ArrayList<Line>();
        for (var standing : live.rules()) {
            lines.add(new Line(lines.size(), standing));
        }
        if (!lines.equals(viewer.getInput())) {
            var chosen = viewer.getTable().getSelectionIndices();
            viewer.setInput(lines);
            viewer.getTable().setSelection(chosen);
        }
        enable();
    }

    /** Asks for a breakpoint or fault, and adds it. */
    void add() {
        var dialog = new RuleDialog(getShell(), null);
        if (dialog.open() == Window.OK) {
            var rules = rules();
            rules.add(dialog.rule());
            live.setRules(rules);
            show();
            viewer.getTable().setSelection(rules.size() - 1);
            enable();
        }
    }

    /** Asks how the chosen one is to be. */
    void edit() {
        var index = viewer.getTable().getSelectionIndex();
        if (index < 0) {
            return;
        }
        var dialog = new RuleDialog(getShell(), rules().get(index));
        if (dialog.open() == Window.OK) {
            // It may have been done, or gone, meanwhile.
            var rules = rules();
            if (index < rules.size()) {
                rules.set(index, dialog.rule());
                live.setRules(rules);
            }
        }
    }

    /** Takes the chosen ones out. */
    void remove() {
        var rules = rules();
        var chosen = viewer.getTable().getSelectionIndices();
        for (var i = chosen.length - 1; i >= 0; i--) {
            rules.remove(chosen[i]);
        }
        live.setRules(rules);
    }

    /** Switches one on or off. */
    void enable(int index, boolean on) {
        var rules = rules();
        rules.set(index, rules.get(index).withEnabled(on));
        live.setRules(rules);
    }

    Table table() {
        return viewer.getTable();
    }

    @Override
    public boolean setFocus() {
        return viewer.getTable().setFocus();
    }

    private List<StopRule> rules() {
        return new ArrayList<>(live.rules().stream().map(Standing::rule).toList());
    }

    private void createTable() {
        Named.name(viewer.getTable(), Messages.view_rules);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        var columns = new TableColumns<Line>(viewer, line -> line.standing().problem().isEmpty()
                ? null : new Tones(viewer.getTable()).of(Tone.PROBLEM));
        columns.add(Messages.rules_condition, 40, 120, line -> HeldText.condition(line.rule()));
        columns.add(Messages.rules_stop, 18, 122, line -> HeldText.stop(line.rule().stop()));
        columns.add(Messages.rules_does, 30, 90, line -> HeldText.does(line.rule()));
        columns.add(Messages.rules_state, 26, 70, RuleTable::state);
        viewer.setCheckStateProvider(new ICheckStateProvider() {
            @Override
            public boolean isGrayed(Object element) {
                return false;
            }

            @Override
            public boolean isChecked(Object element) {
                return ((Line) element).rule().enabled();
            }
        });
        viewer.addCheckStateListener(event -> enable(((Line) event.getElement()).index(), event.getChecked()));
        viewer.addSelectionChangedListener(event -> enable());
        viewer.addDoubleClickListener(event -> edit());
        viewer.getTable().addListener(SWT.KeyDown, event -> {
            if (event.keyCode == SWT.DEL) {
                remove();
            } else if (event.keyCode == SWT.INSERT) {
                add();
            } else if (event.keyCode == SWT.F2) {
                edit();
            }
        });
        columns.followFont();
    }

    private void enable() {
        edit.setEnabled(viewer.getTable().getSelectionCount() == 1);
        remove.setEnabled(viewer.getTable().getSelectionCount() > 0);
        // The whole of what the column may have no room for.
        say(!live.problem().isEmpty() ? live.problem()
                : viewer.getStructuredSelection().getFirstElement() instanceof Line line ? line.standing().problem()
                : "");
    }

    private void say(String sentence) {
        var words = Literal.text(sentence);
        if (!problem.getText().equals(words)) {
            problem.setText(words);
            problem.setVisible(!words.isEmpty());
            ((GridData) problem.getLayoutData()).exclude = words.isEmpty();
            layout(true, true);
        }
    }

    private static String state(Line line) {
        return !line.standing().problem().isEmpty() ? line.standing().problem()
                : line.rule().enabled() ? "" : Messages.rules_off;
    }

    private static Button button(Composite parent, String text, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> action.run());
        ViewFont.apply(button, ViewFont.TABLES);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(button);
        return button;
    }
}
