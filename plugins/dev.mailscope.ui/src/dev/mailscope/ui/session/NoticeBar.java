package dev.mailscope.ui.session;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** A sentence in place, with the one thing that helps next as a button; takes no room while there is nothing to say. */
final class NoticeBar {
    private final Composite bar;
    private final Label sentence;
    private final Button button;
    private Runnable action;

    NoticeBar(Composite parent) {
        bar = new Composite(parent, SWT.NONE);
        var layout = new GridLayout(2, false);
        layout.marginWidth = 6;
        layout.marginHeight = 2;
        bar.setLayout(layout);
        var data = new GridData(SWT.FILL, SWT.FILL, true, false);
        data.exclude = true;
        bar.setLayoutData(data);
        bar.setVisible(false);
        sentence = new Label(bar, SWT.WRAP);
        // A hint of its own width, so that a long sentence wraps and the button is never pushed out.
        var wraps = new GridData(SWT.FILL, SWT.CENTER, true, false);
        wraps.widthHint = 60;
        sentence.setLayoutData(wraps);
        button = new Button(bar, SWT.PUSH);
        button.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        button.addListener(SWT.Selection, event -> action.run());
    }

    /** Says it, and offers the action under that label; an empty label for no action. */
    void show(String text, String label, Runnable does) {
        action = does;
        if (isShown() && sentence.getText().equals(text) && button.getText().equals(label)) {
            return;
        }
        sentence.setText(text);
        button.setText(label);
        setVisible(button, !label.isEmpty());
        setVisible(bar, true);
        bar.getParent().layout(true, true);
    }

    void hide() {
        if (isShown()) {
            setVisible(bar, false);
            bar.getParent().layout(true, true);
        }
    }

    boolean isShown() {
        return !((GridData) bar.getLayoutData()).exclude;
    }

    /** The sentence that is shown; empty for none. */
    String text() {
        return isShown() ? sentence.getText() : "";
    }

    /** What the button says; empty for none. */
    String action() {
        return isShown() ? button.getText() : "";
    }

    /** Does what the button does. */
    void press() {
        action.run();
    }

    void setFont(Font font) {
        sentence.setFont(font);
        button.setFont(font);
    }

    boolean setFocus() {
        return isShown() && !button.getText().isEmpty() && button.setFocus();
    }

    private static void setVisible(Control control, boolean visible) {
        ((GridData) control.getLayoutData()).exclude = !visible;
        control.setVisible(visible);
    }
}
