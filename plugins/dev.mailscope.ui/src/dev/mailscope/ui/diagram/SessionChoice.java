package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.LongConsumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;

/** Where one of a recording's sessions is chosen by its name; the first of its items stands for none of them alone. */
final class SessionChoice {
    private final Combo combo;
    private final List<Long> offered = new ArrayList<>();

    /**
     * A choice without sessions yet.
     *
     * @param chosen is told which session the user chooses, 0 for the first item
     */
    SessionChoice(Composite parent, String hint, LongConsumer chosen) {
        combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setToolTipText(hint);
        combo.addListener(SWT.Selection, event -> chosen.accept(offered.get(Math.max(0, combo.getSelectionIndex()))));
    }

    Combo control() {
        return combo;
    }

    /** Offers that first item and these sessions, by number and name, the newest first; that number is chosen. */
    void offer(String first, NavigableMap<Long, String> sessions, long chosen) {
        var names = new ArrayList<String>();
        offered.clear();
        offered.add(0L);
        names.add(first);
        sessions.descendingMap().forEach((number, name) -> {
            offered.add(number);
            names.add(name);
        });
        if (!List.of(combo.getItems()).equals(names)) {
            combo.setItems(names.toArray(String[]::new));
        }
        combo.select(Math.max(0, offered.indexOf(chosen)));
    }
}
