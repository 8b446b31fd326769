package dev.mailscope.ui.lab;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.lab.run.LabRun;
import dev.mailscope.ui.Counted;

/** What is shown when all steps have ended: the points of each, and what can be done now. */
final class FinishedPage extends Composite {
    private final LabRun run;
    private final MarkdownText text;
    private String shown = "";

    FinishedPage(Composite parent, LabRun run) {
        super(parent, SWT.NONE);
        this.run = run;
        GridLayoutFactory.fillDefaults().applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(this);
        text = new MarkdownText(this);
        AskedPart.wide(text.control());
    }

    @Override
    public boolean setFocus() {
        return text.control().setFocus();
    }

    void show() {
        var words = Counted.text(Messages.finished_text, run.progress().points(run.lab()), run.lab().points(),
                run.folder().toString());
        if (!words.equals(shown)) {
            shown = words;
            text.show(words, null);
        }
    }
}
