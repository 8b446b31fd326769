package dev.mailscope.ui.lab;

import java.nio.file.Path;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.Happened;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.lab.run.StepState.Stage;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** A question or a prediction: what is asked, where it is answered, and then whether that was right, and why. */
final class AskedPart extends Composite {
    /** What comes of an answer. */
    interface Answering {
        void answer(Block asked, Reply reply);
    }

    private final Block asked;
    private final AnswerField field;
    private final Button send;
    private final Label result;
    private final MarkdownText because;
    private final Tones tones;
    private Tone tone = Tone.PLAIN;
    private boolean fixed;

    private AskedPart(Composite parent, Path folder, Block asked, String kind, String asks, Answering answering) {
        super(parent, SWT.NONE);
        this.asked = asked;
        tones = new Tones(this);
        GridLayoutFactory.fillDefaults().margins(8, 6).spacing(0, 5).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(this);
        var title = new Label(this, SWT.NONE);
        title.setText(kind);
        bold(title);
        var text = new MarkdownText(this);
        wide(text.control());
        text.show(asks, folder);
        field = asked instanceof Block.Question question
                ? AnswerField.of(this, question.answer(), question.line())
                : AnswerField.of(this, ((Block.Prediction) asked).outcome());
        wide(field);
        send = new Button(this, SWT.PUSH);
        send.setText(asked instanceof Block.Question ? Messages.asked_answer : Messages.asked_predict);
        ViewFont.apply(send, ViewFont.TABLES);
        GridDataFactory.swtDefaults().applyTo(send);
        result = new Label(this, SWT.WRAP);
        wide(result);
        bold(result);
        because = new MarkdownText(this);
        wide(because.control());
        visible(because.control(), false);
        Runnable sends = () -> {
            if (send.isVisible() && send.isEnabled()) {
                answering.answer(asked, field.reply());
            }
        };
        field.onEnter(sends);
        send.addListener(SWT.Selection, event -> sends.run());
        because.show(asked instanceof Block.Question question ? question.because()
                : ((Block.Prediction) asked).because(), folder);
        Theme.follow(this, () -> result.setForeground(tones.of(tone)));
        addListener(SWT.Paint, event -> {
            event.gc.setForeground(tones.line());
            event.gc.drawRectangle(0, 0, getSize().x - 1, getSize().y - 1);
        });
    }

    /** A question of a step. */
    static AskedPart question(Composite parent, Path folder, Block.Question question, Answering answering) {
        return new AskedPart(parent, folder, question, Messages.asked_question, question.asks(), answering);
    }

    /** A prediction of a step. */
    static AskedPart prediction(Composite parent, Path folder, Block.Prediction prediction, Answering answering) {
        return new AskedPart(parent, folder, prediction, Messages.asked_prediction, prediction.asks(), answering);
    }

    /** The block that asks. */
    Block block() {
        return asked;
    }

    /** Shows how far it is; what has happened is null until that is known. */
    void show(StepState state, Happened happened, boolean busy) {
        var reply = state.reply(asked);
        var open = reply == null && state.stage() == (asked instanceof Block.Question ? Stage.WORKING : Stage.OPEN);
        if (reply != null && !fixed) {
            fixed = true;
            if (hasFocus(this)) {
                traverse(SWT.TRAVERSE_TAB_NEXT);
            }
            field.fix(reply);
        } else if (reply == null) {
            field.setOpen(open);
        }
        visible(send, reply == null);
        send.setEnabled(open && !busy);
        say(state, reply, happened);
    }

    private void say(StepState state, Reply reply, Happened happened) {
        String words;
        var known = false;
        tone = Tone.PLAIN;
        if (asked instanceof Block.Question question) {
            known = reply != null;
            var right = known && reply.isRight(question.answer());
            words = !known ? state.stage() == Stage.OPEN ? Messages.asked_later
                    : state.stage() == Stage.ENDED ? Messages.asked_never : ""
                    : right ? Messages.asked_right
                    : NLS.bind(Messages.asked_wrong, AnswerField.words(question.answer()));
            tone = !known ? Tone.PLAIN : right ? Tone.SERVER : Tone.PROBLEM;
        } else {
            known = happened != null;
            words = reply == null ? Messages.asked_first : !known ? Messages.asked_kept : happenedWords(happened);
            tone = !known ? Tone.PLAIN : happened.right() ? Tone.SERVER : Tone.PROBLEM;
        }
        result.setText(words.replace("&", "&&"));
        result.setForeground(tones.of(tone));
        visible(result, !words.isEmpty());
        visible(because.control(), known && !because.words().isBlank());
    }

    private String happenedWords(Happened happened) {
        if (!happened.problem().isEmpty()) {
            return NLS.bind(Messages.asked_cannotTell, happened.problem());
        }
        var what = switch (((Block.Prediction) asked).outcome()) {
            case Block.OneOf(var choices, var conditions) -> happened.outcomes().stream().map(choices::get)
                    .collect(Collectors.joining(" \u00B7 "));
            case Block.Amount amount -> happened.number().isPresent() ? Long.toString(happened.number().getAsLong())
                    : "";
        };
        return happened.right() ? NLS.bind(Messages.asked_happenedRight, what)
                : what.isEmpty() ? Messages.asked_happenedNone : NLS.bind(Messages.asked_happenedWrong, what);
    }

    private static boolean hasFocus(Composite part) {
        for (Control now = part.getDisplay().getFocusControl(); now != null; now = now.getParent()) {
            if (now == part) {
                return true;
            }
        }
        return false;
    }

    private static void bold(Label label) {
        ViewFont.apply(label, ViewFont.TABLES,
                font -> label.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES)));
    }

    static void wide(Control control) {
        GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(control);
    }

    static void visible(Control control, boolean on) {
        control.setVisible(on);
        ((GridData) control.getLayoutData()).exclude = !on;
    }
}
