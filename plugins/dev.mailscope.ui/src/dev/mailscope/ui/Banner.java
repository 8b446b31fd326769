package dev.mailscope.ui;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** A sentence that must not be overlooked, with what can be done about it as a button. Lies in a grid layout. */
public class Banner extends Composite {
    /**
     * The key of a widget that the workbench's style sheets are to leave its own colours. A check box in a view has its
     * tick covered by their background.
     */
    public static final String KEEP_COLOURS = "org.eclipse.e4.ui.css.disabled";

    // So narrow may the sentence become before the banner asks for more room.
    private static final int NARROW = 60;

    private final Label text;
    private String said = "";

    /** A banner that says nothing yet, and takes no room. */
    public Banner(Composite parent, String button, Runnable action) {
        super(parent, SWT.NONE);
        var tones = new Tones(this);
        setData(KEEP_COLOURS, Boolean.TRUE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 3).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
        text = new Label(this, SWT.WRAP);
        text.setData(KEEP_COLOURS, Boolean.TRUE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(NARROW, SWT.DEFAULT)
                .applyTo(text);
        var does = new Button(this, SWT.PUSH);
        does.setText(button);
        ViewFont.apply(text, ViewFont.TABLES);
        ViewFont.apply(does, ViewFont.TABLES);
        does.addListener(SWT.Selection, event -> action.run());
        setVisible(false);
        Theme.follow(this, () -> colour(tones));
    }

    /** Says that sentence; takes no room when it is empty. */
    public final void say(String sentence) {
        if (sentence.equals(said())) {
            return;
        }
        var shown = !sentence.isEmpty();
        said = sentence;
        text.setText(sentence.replace("&", "&&")); // or a label takes it for a mnemonic
        setVisible(shown);
        ((GridData) getLayoutData()).exclude = !shown;
        getParent().layout(true, true);
        // What was hidden when a font was chosen knows its size only once it is shown.
        getDisplay().asyncExec(() -> {
            if (!isDisposed()) {
                getParent().layout(true, true);
            }
        });
    }

    /** The sentence; empty for none. */
    public final String said() {
        return said;
    }

    private void colour(Tones tones) {
        setBackground(tones.banner());
        text.setBackground(tones.banner());
        text.setForeground(tones.bannerText());
    }
}
