package dev.mailscope.ui.filter;

import java.util.List;
import java.util.Optional;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;

import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.expression.RuleCodec;
import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.ui.Mailscope;

/** The filters that the trace's menu offers. */
public final class FiltersPage extends RulesPage<SavedFilter> {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.preferences.filters";

    /** The page, with what is kept. */
    public FiltersPage() {
        super("filters", SWT.NONE);
        setDescription(Messages.filters_description);
    }

    @Override
    List<SavedFilter> kept() {
        return Mailscope.get().rules().filters();
    }

    @Override
    List<SavedFilter> shipped() {
        return SavedRules.shippedFilters();
    }

    @Override
    void keep(List<SavedFilter> these) {
        Mailscope.get().rules().keepFilters(these);
    }

    @Override
    Optional<SavedFilter> ask(SavedFilter before) {
        var dialog = RuleDialog.ofFilter(getShell(), before == null ? "" : before.name(),
                before == null ? "" : before.expression(), RulesPage::known);
        return dialog.open() == RuleDialog.OK ? Optional.of(dialog.filter()) : Optional.empty();
    }

    @Override
    String problem(SavedFilter filter) {
        return PlainText.parse(filter.expression()) instanceof Expression.Wrong(var problem)
                ? NLS.bind(Messages.problem_filter, new Object[] { filter.name(), problem.offset() + 1,
                        problem.message() }) : "";
    }

    @Override
    String write(List<SavedFilter> these) {
        return RuleCodec.writeFilters(these);
    }

    @Override
    List<SavedFilter> read(String text) {
        return RuleCodec.readFilters(text);
    }

    @Override
    void createColumns(TableColumnLayout layout) {
        column(layout, Messages.page_name, 35, new ColumnLabelProvider() {
            @Override
            public String getText(Object filter) {
                return ((SavedFilter) filter).name();
            }
        });
        column(layout, Messages.page_expression, 65, new ColumnLabelProvider() {
            @Override
            public String getText(Object filter) {
                return ((SavedFilter) filter).expression();
            }

            @Override
            public String getToolTipText(Object filter) {
                return ((SavedFilter) filter).expression();
            }
        });
    }
}
