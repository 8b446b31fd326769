package dev.mailscope.ui.debug;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.WorkbenchServer;

/** What stands where the held sessions would: what step mode is for, and how to begin. */
final class EmptyHeld {
    private final ScrolledComposite scrolled;
    private final Composite page;
    private final Label sentences;
    private final Button step;
    private final LiveDebugger live;
    private final WorkbenchServer server;

    EmptyHeld(Composite parent, LiveDebugger live, WorkbenchServer server, Runnable addBreakpoint) {
        this.live = live;
        this.server = server;
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        page = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(12, 12).spacing(0, 10).applyTo(page);
        sentences = new Label(page, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(120, SWT.DEFAULT).applyTo(sentences);
        var row = new Composite(page, SWT.NONE);
        row.setLayout(new RowLayout(SWT.HORIZONTAL));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        step = new Button(row, SWT.PUSH);
        step.addListener(SWT.Selection, event -> live.debugger().stepAll(live.debugger().stepsAll().isEmpty()));
        var add = new Button(row, SWT.PUSH);
        add.setText(Messages.empty_add);
        add.addListener(SWT.Selection, event -> addBreakpoint.run());
        for (var control : new Control[] { sentences, step, add }) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        scrolled.setContent(page);
        scrolled.addListener(SWT.Resize, event -> fit());
        show();
    }

    Composite control() {
        return scrolled;
    }

    /** The sentences as they are now. */
    String text() {
        return sentences.getText();
    }

    /** Shows what can be done now. */
    void show() {
        var stepping = live.debugger() != null && !live.debugger().stepsAll().isEmpty();
        var text = switch (server.situation().state()) {
            case RUNNING -> stepping ? Messages.empty_waiting : Messages.empty_text;
            case NOT_YET, STARTING, STOPPING, STOPPED, FAILED -> Messages.empty_stopped;
        };
        var label = stepping ? Messages.empty_stepOff : Messages.empty_step;
        step.setEnabled(live.debugger() != null);
        if (!text.equals(sentences.getText()) || !label.equals(step.getText())) {
            sentences.setText(text);
            step.setText(label);
            page.layout(true, true);
            fit();
        }
    }

    boolean setFocus() {
        return step.setFocus();
    }

    private void fit() {
        scrolled.setMinHeight(page.computeSize(Math.max(scrolled.getClientArea().width, 1), SWT.DEFAULT).y);
    }
}
