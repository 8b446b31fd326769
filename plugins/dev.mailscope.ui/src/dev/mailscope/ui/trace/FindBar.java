package dev.mailscope.ui.trace;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.analysis.Walk;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.ViewFont;

/** Where a text is looked for in the trace, in both directions; hidden until it is asked for. */
final class FindBar extends Composite {
    /** Looks for what the bar says. */
    interface Searcher {
        /** Looks for a text, from what is selected on. */
        void search(String text, boolean matchCase, Walk.Direction direction);

        /** Ends the search that goes on, if any. */
        void stop();

        /** The bar was closed: the keys go to the trace again. */
        void closed();
    }

    private final Searcher searcher;
    private final Text text;
    private final Button matchCase;
    private final Button stop;
    private final Label message;

    FindBar(Composite parent, Searcher searcher) {
        super(parent, SWT.NONE);
        this.searcher = searcher;
        GridLayoutFactory.fillDefaults().numColumns(7).margins(4, 3).spacing(4, 0).applyTo(this);
        text = new Text(this, SWT.SEARCH | SWT.ICON_CANCEL);
        text.setMessage(Messages.find_text);
        text.setToolTipText(Messages.find_textHint);
        text.addListener(SWT.Modify, event -> say(""));
        text.addListener(SWT.Traverse, this::traverse);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(80, SWT.DEFAULT)
                .applyTo(text);
        matchCase = button(SWT.CHECK, Messages.find_case, Messages.find_caseHint, () -> say(""));
        button(SWT.PUSH, Messages.find_previous, Messages.find_previousHint, () -> find(Walk.Direction.BACKWARDS));
        button(SWT.PUSH, Messages.find_next, Messages.find_nextHint, () -> find(Walk.Direction.FORWARDS));
        stop = button(SWT.PUSH, Messages.find_stop, Messages.find_stopHint, searcher::stop);
        button(SWT.PUSH, Messages.find_close, Messages.find_closeHint, this::close);
        message = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(40, SWT.DEFAULT)
                .applyTo(message);
        for (var control : getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        searching(false);
        show(false);
    }

    /** Opens the bar, and puts the cursor into its text. */
    void open() {
        show(true);
        text.selectAll();
        text.setFocus();
    }

    /** Looks for the text that way; opens the bar when there is none. */
    void find(Walk.Direction direction) {
        if (text.getText().isEmpty()) {
            open();
        } else {
            show(true);
            searcher.search(text.getText(), matchCase.getSelection(), direction);
        }
    }

    /** Says how a search goes, or went. */
    void say(String words) {
        var shown = Literal.text(words);
        if (!shown.equals(message.getText())) {
            message.setText(shown);
            message.setToolTipText(shown.isEmpty() ? null : shown);
        }
    }

    /** A search goes on, and can be stopped, or no longer. */
    void searching(boolean now) {
        if (stop.getEnabled() != now) {
            stop.setEnabled(now);
        }
    }

    private Button button(int style, String name, String hint, Runnable work) {
        var button = new Button(this, style);
        button.setText(name);
        button.setToolTipText(hint);
        // All but the check boxes show a sign alone, to be narrow.
        Named.name(button, style == SWT.CHECK ? name : hint);
        button.addListener(SWT.Selection, event -> work.run());
        // Escape closes the bar wherever the cursor is in it.
        button.addListener(SWT.Traverse, event -> {
            if (event.detail == SWT.TRAVERSE_ESCAPE) {
                event.doit = false;
                close();
            }
        });
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).applyTo(button);
        return button;
    }

    private void traverse(Event event) {
        if (event.detail == SWT.TRAVERSE_RETURN) {
            event.doit = false;
            find((event.stateMask & SWT.SHIFT) != 0 ? Walk.Direction.BACKWARDS : Walk.Direction.FORWARDS);
        } else if (event.detail == SWT.TRAVERSE_ESCAPE) {
            event.doit = false;
            close();
        }
    }

    private void close() {
        searcher.stop();
        say("");
        show(false);
        searcher.closed();
    }

    private void show(boolean shown) {
        if (getVisible() != shown || getLayoutData() == null) {
            setVisible(shown);
            GridDataFactory.fillDefaults().grab(true, false).exclude(!shown).applyTo(this);
            getParent().layout();
        }
    }

    /** True while it is open. */
    boolean isOpen() {
        return !((GridData) getLayoutData()).exclude;
    }
}
