package dev.mailscope.ui.trace;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.Mailscope;

/** The menu beside the trace's filter: what was filtered by last, the saved filters, and what to do with them. */
final class FilterMenu {
    private static final int LONGEST = 60;

    /** What the menu's items do. */
    interface Target {
        /** Filters by that text. */
        void filterBy(String text);

        /** Saves what is filtered by. */
        void save();

        /** Shows the saved filters. */
        void manage();

        /** Shows the colouring rules. */
        void manageColours();
    }

    private final Control owner;
    private final Target target;

    /** The menu of that control. */
    FilterMenu(Control owner, Target target) {
        this.owner = owner;
        this.target = target;
    }

    /** A menu as it is now; whoever asks shows and disposes it. */
    Menu create(boolean canSave) {
        var menu = new Menu(owner.getShell(), SWT.POP_UP);
        var rules = Mailscope.get().rules();
        heading(menu, Messages.menu_recent, rules.recent().isEmpty());
        for (var text : rules.recent()) {
            item(menu, cut(text), () -> target.filterBy(text));
        }
        saved(menu, rules.filters());
        new MenuItem(menu, SWT.SEPARATOR);
        item(menu, Messages.menu_save, target::save).setEnabled(canSave);
        item(menu, Messages.menu_manage, target::manage);
        item(menu, Messages.menu_colours, target::manageColours);
        return menu;
    }

    private void saved(Menu menu, List<SavedFilter> filters) {
        if (!filters.isEmpty()) {
            new MenuItem(menu, SWT.SEPARATOR);
            heading(menu, Messages.menu_saved, false);
            for (var filter : filters) {
                item(menu, cut(filter.name()), () -> target.filterBy(filter.expression()))
                        .setToolTipText(Literal.text(filter.expression()));
            }
        }
    }

    private static void heading(Menu menu, String text, boolean empty) {
        var item = new MenuItem(menu, SWT.PUSH);
        item.setText(empty ? Messages.menu_noRecent : text);
        item.setEnabled(false);
    }

    private static MenuItem item(Menu menu, String text, Runnable action) {
        var item = new MenuItem(menu, SWT.PUSH);
        item.setText(text);
        item.addListener(SWT.Selection, event -> action.run());
        return item;
    }

    // An ampersand is no mnemonic here.
    private static String cut(String text) {
        var line = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
        return Literal.text(line).replace('\t', ' ');
    }
}
