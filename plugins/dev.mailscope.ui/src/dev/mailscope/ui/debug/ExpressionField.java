package dev.mailscope.ui.debug;

import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.jface.bindings.keys.KeyStroke;
import org.eclipse.jface.fieldassist.ContentProposal;
import org.eclipse.jface.fieldassist.ContentProposalAdapter;
import org.eclipse.jface.fieldassist.IContentProposal;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.Problem;
import dev.mailscope.server.expression.StopCondition;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** A line for a condition: what may come next is offered, and the character where it is wrong is underlined. */
final class ExpressionField {
    private final StyledText field;
    private final Runnable changed;
    private Stop stop = Stop.BEFORE_EXECUTION;

    ExpressionField(Composite parent, Supplier<Known> known, Runnable changed) {
        this.changed = changed;
        field = new StyledText(parent, SWT.SINGLE | SWT.BORDER);
        Named.name(field, Messages.dialog_conditionName);
        ViewFont.apply(field, ViewFont.OCTETS);
        field.addListener(SWT.Modify, event -> check());
        var assist = new ContentProposalAdapter(field, new StyledTextContent(), (contents, position) ->
                StopCondition.proposals(contents, position, stop, known.get()).stream()
                        .map(each -> (IContentProposal) new ContentProposal(each.applyTo(contents), each.label(),
                                each.explanation().isEmpty() ? null : each.explanation(), each.caret()))
                        .toArray(IContentProposal[]::new), KeyStroke.getInstance(SWT.MOD1, ' '), null);
        assist.setProposalAcceptanceStyle(ContentProposalAdapter.PROPOSAL_REPLACE);
    }

    /** The widget, to be laid out. */
    StyledText control() {
        return field;
    }

    /** What is written. */
    String text() {
        return field.getText().strip();
    }

    /** Checks it against another stop. */
    void setStop(Stop where) {
        stop = where;
        check();
    }

    /** What is wrong with it; empty when nothing is. */
    Optional<Problem> problem() {
        return StopCondition.parse(field.getText(), stop) instanceof Expression.Wrong(var problem)
                ? Optional.of(problem) : Optional.empty();
    }

    private void check() {
        field.setStyleRanges(problem().map(this::underline).map(range -> new StyleRange[] { range })
                .orElse(new StyleRange[0]));
        changed.run();
    }

    private StyleRange underline(Problem problem) {
        var length = field.getCharCount();
        var from = Math.clamp(problem.offset(), 0, Math.max(0, length - 1));
        var range = new StyleRange();
        range.start = from;
        range.length = Math.min(problem.length(), length - from);
        range.underline = true;
        range.underlineStyle = SWT.UNDERLINE_SQUIGGLE;
        range.underlineColor = new Tones(field).of(Tone.PROBLEM);
        return range;
    }
}
