package dev.mailscope.ui.lab;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.Finding;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** A check: what is looked at, whether it holds, and since which event, to which a link leads. */
final class CheckPart extends Composite {
    private final Label mark;
    private final Link state;
    private final Tones tones;
    private Tone tone = Tone.PLAIN;
    private Finding shown;
    private boolean canLink;

    CheckPart(Composite parent, Block.Check check) {
        super(parent, SWT.NONE);
        tones = new Tones(this);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(8, 2).spacing(6, 0).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(this);
        mark = new Label(this, SWT.NONE);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).span(1, 2).applyTo(mark);
        ViewFont.apply(mark, ViewFont.TABLES);
        var says = new Label(this, SWT.WRAP);
        says.setText(check.says().replace("&", "&&"));
        AskedPart.wide(says);
        ViewFont.apply(says, ViewFont.TABLES);
        state = new Link(this, SWT.WRAP);
        AskedPart.wide(state);
        ViewFont.apply(state, ViewFont.TABLES);
        state.addListener(SWT.Selection, event -> Mailscope.get().focus().selectEvent(shown.event()));
        Theme.follow(this, this::colour);
    }

    /**
     * Shows what was found; null when it was not looked at yet.
     *
     * @param inSight true when the event is in the recording that the views show
     */
    void show(StepState step, Finding finding, boolean inSight) {
        if (finding != null && finding.equals(shown) && inSight == canLink) {
            return;
        }
        shown = finding;
        canLink = inSight;
        var holds = finding != null && finding.holds();
        tone = holds ? Tone.SERVER : finding != null && !finding.problem().isEmpty() ? Tone.PROBLEM : Tone.PLAIN;
        mark.setText(holds ? "\u2714" : "\u25CB");
        state.setText(words(step, finding, inSight));
        colour();
        requestLayout();
    }

    /** How it stands, in words. */
    String words() {
        return state.getText().replaceAll("</?a>", "");
    }

    private static String words(StepState step, Finding finding, boolean inSight) {
        if (finding == null) {
            return step.stage() == StepState.Stage.ENDED ? Messages.check_no : Messages.check_later;
        }
        if (!finding.problem().isEmpty()) {
            return NLS.bind(Messages.check_cannotTell, finding.problem());
        }
        if (finding.holds()) {
            var number = String.format("%,d", finding.event());
            return NLS.bind(inSight ? Messages.check_holds : Messages.check_held, number);
        }
        return step.stage() == StepState.Stage.ENDED ? Messages.check_no : Messages.check_notYet;
    }

    private void colour() {
        mark.setForeground(tones.of(tone));
    }
}
