package dev.mailscope.ui.trace;

import java.util.ArrayList;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.PreferencesUtil;

import dev.mailscope.server.expression.Conditions;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.Likeness;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.filter.ColoursPage;
import dev.mailscope.ui.filter.FiltersPage;
import dev.mailscope.ui.filter.Palette;
import dev.mailscope.ui.filter.RuleDialog;

/** What the menus of a trace do with its filter and with colouring rules. */
final class FilterActions implements FilterMenu.Target {
    private final TracePane pane;

    FilterActions(TracePane pane) {
        this.pane = pane;
    }

    @Override
    public void filterBy(String text) {
        pane.filter(Filter.ALL.withText(text));
        Mailscope.get().rules().used(text);
    }

    @Override
    public void save() {
        var dialog = RuleDialog.ofFilter(shell(), "", text(pane.filter()), pane::known);
        if (dialog.open() == Window.OK) {
            keep(dialog.filter());
        }
    }

    @Override
    public void manage() {
        PreferencesUtil.createPreferenceDialogOn(shell(), FiltersPage.ID, null, null).open();
    }

    @Override
    public void manageColours() {
        PreferencesUtil.createPreferenceDialogOn(shell(), ColoursPage.ID, null, null).open();
    }

    /** Shows of what is shown only what is like that, or only what is not. */
    void filterLike(Likeness by, String value, boolean only) {
        var filter = pane.filter();
        // Session and folder have fields of their own, which show what is chosen.
        pane.filter(switch (by) {
            case SESSION -> only ? filter.withSession(Long.parseLong(value)) : without(filter, by, value);
            case FOLDER -> only ? filter.withFolder(value) : without(filter, by, value);
            case COMMAND, ACCOUNT, KIND, STATUS -> only
                    ? filter.withText(Conditions.with(filter.text(), by.condition(value)))
                    : without(filter, by, value);
        });
    }

    /** Asks for a colour of the events that are like this one, and puts the rule before all others. */
    void colourLike(TraceEvent event) {
        var name = event.command().isEmpty() ? event.what().kind() : event.command();
        var dialog = RuleDialog.ofColour(shell(), name, likeness(event), Palette.BLUE, true, pane::known);
        if (dialog.open() == Window.OK) {
            var rules = new ArrayList<>(Mailscope.get().rules().colours());
            rules.addFirst(dialog.rule());
            Mailscope.get().rules().keepColours(rules);
        }
    }

    /** The condition that events like this one fit: of its kind, its command, and what it says. */
    static String likeness(TraceEvent event) {
        var text = Likeness.KIND.condition(Likeness.KIND.of(event, Moment.START));
        for (var by : new Likeness[] { Likeness.COMMAND, Likeness.STATUS }) {
            var value = by.of(event, Moment.START);
            text = value.isEmpty() ? text : Conditions.with(text, by.condition(value));
        }
        return text;
    }

    /** The text that alone asks for all that the filter asks for. */
    static String text(Filter filter) {
        var others = filter.withText("");
        if (others.isAll() || !(others.expression() instanceof Expression.Right(var chosen))) {
            return filter.text();
        }
        return filter.text().isBlank() || !(PlainText.parse(filter.text()) instanceof Expression.Right(var typed))
                ? chosen.text() : Conditions.with(chosen.text(), typed.text());
    }

    private void keep(SavedFilter saved) {
        var rules = Mailscope.get().rules();
        var all = new ArrayList<>(rules.filters());
        if (all.stream().anyMatch(f -> f.name().equals(saved.name())) && !MessageDialog.openQuestion(shell(),
                Messages.save_title, NLS.bind(Messages.save_replace, saved.name()))) {
            return;
        }
        all.removeIf(f -> f.name().equals(saved.name()));
        all.add(saved);
        rules.keepFilters(all);
    }

    private static Filter without(Filter filter, Likeness by, String value) {
        return filter.withText(Conditions.with(filter.text(), by.opposite(value)));
    }

    private Shell shell() {
        return pane.getShell();
    }
}
