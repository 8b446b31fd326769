package dev.mailscope.ui.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** What the console shows while it has no session: what it is for, and how to begin. */
final class EmptyConsole {
    private final ScrolledComposite scrolled;
    private final Composite page;
    private final Label sentences;
    private final List<Button> buttons = new ArrayList<>();

    EmptyConsole(Composite parent, Consumer<Protocol> open) {
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        page = new Composite(scrolled, SWT.NONE);
        var layout = new GridLayout();
        layout.marginWidth = 16;
        layout.marginHeight = 16;
        layout.verticalSpacing = 12;
        page.setLayout(layout);
        sentences = new Label(page, SWT.WRAP);
        sentences.setText(Messages.EmptyConsole_sentences);
        sentences.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        var row = new Composite(page, SWT.NONE);
        row.setLayout(new RowLayout(SWT.HORIZONTAL));
        row.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        for (var protocol : Protocol.values()) {
            var button = new Button(row, SWT.PUSH);
            button.setText(NLS.bind(Messages.EmptyConsole_open, protocol.name()));
            button.addListener(SWT.Selection, event -> open.accept(protocol));
            buttons.add(button);
        }
        scrolled.setContent(page);
        scrolled.addListener(SWT.Resize, event -> fit());
    }

    Composite control() {
        return scrolled;
    }

    void setFont(Font font) {
        sentences.setFont(font);
        buttons.forEach(button -> button.setFont(font));
        page.layout(true, true);
        fit();
    }

    void setFocus() {
        buttons.getFirst().setFocus();
    }

    private void fit() {
        var width = scrolled.getClientArea().width;
        scrolled.setMinHeight(page.computeSize(Math.max(width, 1), SWT.DEFAULT).y);
    }
}
