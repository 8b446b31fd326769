package dev.mailscope.ui.server;

import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;

import dev.mailscope.server.ServerConfig;

/** Asks for the ports of both protocols. */
final class PortsDialog extends TitleAreaDialog {
    private static final int STANDARD_IMAP = 143;
    private static final int STANDARD_POP3 = 110;

    private int imap;
    private int pop3;
    private Spinner imapField;
    private Spinner pop3Field;

    PortsDialog(Shell parent, int imap, int pop3) {
        super(parent);
        this.imap = imap;
        this.pop3 = pop3;
    }

    /** The port chosen for IMAP. */
    int imap() {
        return imap;
    }

    /** The port chosen for POP3. */
    int pop3() {
        return pop3;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.ports_title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.ports_title);
        setMessage(Messages.ports_message);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 10).applyTo(area);
        imapField = port(area, Messages.ports_imap, imap);
        pop3Field = port(area, Messages.ports_pop3, pop3);
        var proposals = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(proposals);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(proposals);
        propose(proposals, Messages.ports_proposed, ServerConfig.DEFAULT_IMAP_PORT, ServerConfig.DEFAULT_POP3_PORT);
        propose(proposals, Messages.ports_standard, STANDARD_IMAP, STANDARD_POP3);
        propose(proposals, Messages.ports_free, 0, 0);
        return area;
    }

    @Override
    protected void okPressed() {
        imap = imapField.getSelection();
        pop3 = pop3Field.getSelection();
        super.okPressed();
    }

    private static Spinner port(Composite parent, String text, int value) {
        new Label(parent, SWT.NONE).setText(text);
        var field = new Spinner(parent, SWT.BORDER);
        field.setValues(value, 0, 65_535, 0, 1, 100);
        return field;
    }

    private void propose(Composite parent, String text, int imapPort, int pop3Port) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> {
            imapField.setSelection(imapPort);
            pop3Field.setSelection(pop3Port);
        });
    }
}
