package dev.mailscope.ui.trace;

import java.util.HashSet;
import java.util.Set;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.ui.ViewFont;

/** Says once what is wrong with a colouring rule, and leads to the rules. Lies in a grid layout; takes no room else. */
final class TraceNotice extends Composite {
    private final Set<String> said = new HashSet<>();
    private final Label text;

    TraceNotice(Composite parent, Runnable showRules) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(6, 2).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
        setVisible(false);
        text = new Label(this, SWT.WRAP);
        // A hint of its own width, so that a long sentence wraps and no button is pushed out.
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(60, SWT.DEFAULT)
                .applyTo(text);
        button(Messages.notice_rules, showRules);
        button(Messages.notice_close, () -> show(false));
        ViewFont.apply(text, ViewFont.TABLES);
    }

    /** Says that, unless it has been said before. */
    void say(String problem) {
        if (said.add(problem)) {
            text.setText(problem);
            show(true);
        }
    }

    /** The rules are others: nothing has been said of them. */
    void forget() {
        said.clear();
        show(false);
    }

    /** What is said now; empty for nothing. */
    String text() {
        return getVisible() ? text.getText() : "";
    }

    private void button(String label, Runnable action) {
        var button = new Button(this, SWT.PUSH);
        button.setText(label);
        button.addListener(SWT.Selection, event -> action.run());
        GridDataFactory.fillDefaults().align(SWT.END, SWT.CENTER).applyTo(button);
        ViewFont.apply(button, ViewFont.TABLES);
    }

    private void show(boolean visible) {
        ((GridData) getLayoutData()).exclude = !visible;
        setVisible(visible);
        getParent().layout(true, true);
    }
}
