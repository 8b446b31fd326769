package dev.mailscope.ui.lab;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Step;
import dev.mailscope.lab.run.Finding;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.ViewFont;

/** One step on the screen: its texts, questions, predictions and checks in order, and the hints that were asked for. */
final class StepPage extends Composite {
    private final LabRun run;
    private final int index;
    private final Step step;
    private final List<AskedPart> asked = new ArrayList<>();
    private final List<CheckPart> checks = new ArrayList<>();
    private final List<MarkdownText> texts = new ArrayList<>();
    private Label covered;
    private int hints;

    /**
     * The page of that step.
     *
     * @param index the step's, from 0
     */
    StepPage(Composite parent, LabRun run, int index, AskedPart.Answering answering) {
        super(parent, SWT.NONE);
        this.run = run;
        this.index = index;
        step = run.lab().steps().get(index);
        GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(this);
        if (index == 0 && !run.lab().intro().isBlank()) {
            text(run.lab().intro());
        }
        text("## " + step.title());
        var folder = run.lab().folder();
        for (var block : step.blocks()) {
            switch (block) {
                case Block.Text(var line, var markdown) -> text(markdown);
                case Block.Question question ->
                    asked.add(AskedPart.question(this, folder, question, answering));
                case Block.Prediction prediction ->
                    asked.add(AskedPart.prediction(this, folder, prediction, answering));
                case Block.Check check -> {
                    if (checks.isEmpty()) {
                        heading(Messages.page_checks);
                        covered = label("");
                        ViewFont.apply(covered, ViewFont.TABLES);
                    }
                    checks.add(new CheckPart(this, check));
                }
                case Block.Hint hint -> {
                    // shown at the end, once it is asked for
                }
                case Block.Doing doing -> {
                    // what it does is seen in the server
                }
            }
        }
    }

    /** The step's index, from 0. */
    int index() {
        return index;
    }

    /** The lab at work whose step it is. */
    LabRun run() {
        return run;
    }

    /** What is asked, in order. */
    List<AskedPart> asked() {
        return asked;
    }

    /** What is checked, in order. */
    List<CheckPart> checks() {
        return checks;
    }

    /** Shows how far the step is. */
    void show(boolean busy) {
        var state = run.progress().steps().get(index);
        var inSight = state.part() == run.parts();
        for (var i = 0; i < checks.size(); i++) {
            var found = i < state.findings().size() ? state.findings().get(i) : null;
            checks.get(i).show(state, found, inSight);
        }
        cover(state);
        var predicted = 0;
        for (var part : asked) {
            var happened = part.block() instanceof Block.Prediction && predicted < state.happened().size()
                    ? state.happened().get(predicted) : null;
            predicted += part.block() instanceof Block.Prediction ? 1 : 0;
            part.show(state, happened, busy);
        }
        var all = step.blocks(Block.Hint.class);
        while (hints < Math.min(state.hints(), all.size())) {
            if (hints == 0) {
                heading(Messages.page_hints);
            }
            text(all.get(hints++).markdown());
        }
    }

    /** What is checked would give away what is asked: until that is answered, there is only said that it is checked. */
    private void cover(StepState state) {
        if (checks.isEmpty()) {
            return;
        }
        var words = coverWords(state);
        covered.setText(words);
        AskedPart.visible(covered, !words.isEmpty());
        checks.forEach(check -> AskedPart.visible(check, words.isEmpty()));
    }

    private String coverWords(StepState state) {
        if (state.stage() == StepState.Stage.ENDED) {
            return "";
        }
        if (!state.isPredicted(step)) {
            return Counted.text(Messages.page_checksPredict, checks.size());
        }
        if (!state.isAnswered(step)) {
            var holding = state.findings().stream().filter(Finding::holds).count();
            return Counted.text(Messages.page_checksAnswer, checks.size(), holding);
        }
        return "";
    }

    /** The texts that are shown, in order. */
    List<MarkdownText> texts() {
        return texts;
    }

    private void text(String markdown) {
        var text = new MarkdownText(this);
        AskedPart.wide(text.control());
        text.show(markdown, run.lab().folder());
        texts.add(text);
    }

    private void heading(String words) {
        var label = label(words);
        ViewFont.apply(label, ViewFont.TABLES,
                font -> label.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES)));
    }

    private Label label(String words) {
        var label = new Label(this, SWT.WRAP);
        label.setText(words);
        AskedPart.wide(label);
        return label;
    }
}
