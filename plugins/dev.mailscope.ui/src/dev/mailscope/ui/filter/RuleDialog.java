package dev.mailscope.ui.filter;

import java.util.Arrays;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.SavedFilter;

/** Asks for a name and an expression; for a colouring rule also for its colour, and whether it is used. */
public final class RuleDialog extends TitleAreaDialog {
    // The workbench's style sheets leave a widget with this key its own colours.
    private static final String KEEP_COLOURS = "org.eclipse.e4.ui.css.disabled";

    private final String title;
    private final String sentence;
    private final String nameBefore;
    private final String expressionBefore;
    // Null for a filter, which has no colour.
    private final Palette colourBefore;
    private final boolean enabledBefore;
    private final Supplier<Known> known;
    private Text name;
    private ExpressionField expression;
    private Combo colour;
    private CLabel sample;
    private Button enabled;
    private ColouringRule answer;

    private RuleDialog(Shell parent, String title, String sentence, String name, String expression, Palette colour,
            boolean enabled, Supplier<Known> known) {
        super(parent);
        this.title = title;
        this.sentence = sentence;
        this.nameBefore = name;
        this.expressionBefore = expression;
        this.colourBefore = colour;
        this.enabledBefore = enabled;
        this.known = known;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setHelpAvailable(false);
    }

    /**
     * Asks about a colouring rule; what is given is shown first.
     *
     * @param known what has occurred, for proposals
     */
    public static RuleDialog ofColour(Shell parent, String name, String expression, Palette colour, boolean enabled,
            Supplier<Known> known) {
        return new RuleDialog(parent, Messages.dialog_colour, Messages.dialog_colourHint, name, expression, colour,
                enabled, known);
    }

    /**
     * Asks about a filter; what is given is shown first.
     *
     * @param known what has occurred, for proposals
     */
    public static RuleDialog ofFilter(Shell parent, String name, String expression, Supplier<Known> known) {
        return new RuleDialog(parent, Messages.dialog_filter, Messages.dialog_filterHint, name, expression, null, true,
                known);
    }

    /** The filter as it was last confirmed. */
    public SavedFilter filter() {
        return new SavedFilter(answer.name(), answer.expression());
    }

    /** The rule as it was last confirmed. */
    public ColouringRule rule() {
        return answer;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(title);
        setMessage(sentence);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(3).margins(10, 10).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        label(area, Messages.dialog_name);
        name = new Text(area, SWT.BORDER);
        name.setText(nameBefore);
        name.addListener(SWT.Modify, event -> check());
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(name);
        label(area, Messages.dialog_expression);
        expression = new ExpressionField(area, Language.ofFilters(known));
        expression.setHint(Messages.dialog_expressionHint);
        expression.setText(expressionBefore);
        expression.control().addListener(SWT.Modify, event -> check());
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(460, SWT.DEFAULT)
                .applyTo(expression.control());
        if (colourBefore != null) {
            createColour(area);
        }
        return area;
    }

    private void createColour(Composite area) {
        label(area, Messages.dialog_colourName);
        colour = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
        colour.setItems(Arrays.stream(Palette.values()).map(Palette::label).toArray(String[]::new));
        colour.select(colourBefore.ordinal());
        colour.addListener(SWT.Selection, event -> showSample());
        sample = new CLabel(area, SWT.BORDER);
        sample.setData(KEEP_COLOURS, Boolean.TRUE);
        sample.setText(Messages.dialog_sample);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(sample);
        new Label(area, SWT.NONE);
        enabled = new Button(area, SWT.CHECK);
        enabled.setText(Messages.dialog_enabled);
        enabled.setSelection(enabledBefore);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(enabled);
        showSample();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        check();
        name.setFocus();
        name.selectAll();
    }

    @Override
    protected void okPressed() {
        var isColour = colourBefore != null;
        answer = new ColouringRule(name.getText().strip(), expression.text().strip(),
                (isColour ? chosen() : Palette.GREY).written(), !isColour || enabled.getSelection());
        super.okPressed();
    }

    private void check() {
        var problem = expression.problem();
        var missing = name.getText().isBlank() || expression.text().isBlank();
        setErrorMessage(problem.map(p -> NLS.bind(Messages.problem_at, p.offset() + 1, p.message())).orElse(null));
        if (getButton(IDialogConstants.OK_ID) != null) {
            getButton(IDialogConstants.OK_ID).setEnabled(problem.isEmpty() && !missing);
        }
    }

    private void showSample() {
        sample.setBackground(chosen().background());
        sample.setForeground(chosen().text());
    }

    private Palette chosen() {
        return Palette.values()[Math.max(0, colour.getSelectionIndex())];
    }

    private static void label(Composite parent, String text) {
        var label = new Label(parent, SWT.NONE);
        label.setText(text);
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(label);
    }
}
