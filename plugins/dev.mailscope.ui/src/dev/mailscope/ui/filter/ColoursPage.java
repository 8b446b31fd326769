package dev.mailscope.ui.filter;

import java.util.List;
import java.util.Optional;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ICheckStateProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.expression.RuleCodec;
import dev.mailscope.ui.Mailscope;

/** The rules by which rows of the trace get colours of their own, the first that fits first. */
public final class ColoursPage extends RulesPage<ColouringRule> {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.preferences.colours";

    /** The page, with what is kept. */
    public ColoursPage() {
        super("colours", SWT.CHECK);
        setDescription(Messages.colours_description);
    }

    /** What is wrong with a rule, in words; empty for nothing. */
    public static String problemOf(ColouringRule rule) {
        if (PlainText.parse(rule.expression()) instanceof Expression.Wrong(var problem)) {
            return NLS.bind(Messages.problem_rule, new Object[] { rule.name(), problem.offset() + 1,
                    problem.message() });
        }
        return Palette.named(rule.colour()).isPresent() ? ""
                : NLS.bind(Messages.problem_colour, new Object[] { rule.name(), rule.colour(), Palette.names() });
    }

    @Override
    List<ColouringRule> kept() {
        return Mailscope.get().rules().colours();
    }

    @Override
    List<ColouringRule> shipped() {
        return SavedRules.shippedColours();
    }

    @Override
    void keep(List<ColouringRule> these) {
        Mailscope.get().rules().keepColours(these);
    }

    @Override
    Optional<ColouringRule> ask(ColouringRule before) {
        var dialog = before == null
                ? RuleDialog.ofColour(getShell(), "", "", Palette.BLUE, true, RulesPage::known)
                : RuleDialog.ofColour(getShell(), before.name(), before.expression(),
                        Palette.named(before.colour()).orElse(Palette.GREY), before.enabled(), RulesPage::known);
        return dialog.open() == RuleDialog.OK ? Optional.of(dialog.rule()) : Optional.empty();
    }

    @Override
    String problem(ColouringRule rule) {
        return problemOf(rule);
    }

    @Override
    String write(List<ColouringRule> these) {
        return RuleCodec.writeColours(these);
    }

    @Override
    List<ColouringRule> read(String text) {
        return RuleCodec.readColours(text);
    }

    @Override
    void createColumns(TableColumnLayout layout) {
        column(layout, Messages.page_name, 35, new RuleLabel() {
            @Override
            public String getText(Object rule) {
                return ((ColouringRule) rule).name();
            }
        });
        column(layout, Messages.page_expression, 50, new RuleLabel() {
            @Override
            public String getText(Object rule) {
                return ((ColouringRule) rule).expression();
            }
        });
        column(layout, Messages.page_colour, 15, new RuleLabel() {
            @Override
            public String getText(Object rule) {
                var colour = ((ColouringRule) rule).colour();
                return Palette.named(colour).map(Palette::label).orElse(colour);
            }
        });
        viewer().setCheckStateProvider(new ICheckStateProvider() {
            @Override
            public boolean isChecked(Object rule) {
                return ((ColouringRule) rule).enabled();
            }

            @Override
            public boolean isGrayed(Object rule) {
                return false;
            }
        });
        viewer().addCheckStateListener(event -> {
            var rule = (ColouringRule) event.getElement();
            replace(rule, new ColouringRule(rule.name(), rule.expression(), rule.colour(), event.getChecked()));
        });
    }

    /** Draws a rule in its own colours; its whole expression is under the mouse. */
    private abstract static class RuleLabel extends ColumnLabelProvider {
        @Override
        public Color getBackground(Object rule) {
            return Palette.named(((ColouringRule) rule).colour()).map(Palette::background).orElse(null);
        }

        @Override
        public Color getForeground(Object rule) {
            return Palette.named(((ColouringRule) rule).colour()).map(Palette::text).orElse(null);
        }

        @Override
        public String getToolTipText(Object rule) {
            return ((ColouringRule) rule).expression();
        }
    }
}
