package dev.mailscope.ui.server;

import org.eclipse.jface.dialogs.IDialogConstants;
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
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.WorkbenchServer;

/** Asks for the ports of both protocols and lets the server listen there; stays open while it cannot. */
final class PortsDialog extends TitleAreaDialog {
    private static final int STANDARD_IMAP = 143;
    private static final int STANDARD_POP3 = 110;

    private final WorkbenchServer server;
    private Spinner imapField;
    private Spinner pop3Field;
    private Label whyNotStandard;

    PortsDialog(Shell parent, WorkbenchServer server) {
        super(parent);
        setHelpAvailable(false);
        this.server = server;
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
        imapField = port(area, Messages.ports_imap, now("imap", Preferences.imapPort()));
        pop3Field = port(area, Messages.ports_pop3, now("pop3", Preferences.pop3Port()));
        var proposals = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(proposals);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(proposals);
        propose(proposals, Messages.ports_proposed, ServerConfig.DEFAULT_IMAP_PORT, ServerConfig.DEFAULT_POP3_PORT);
        var standard = propose(proposals, Messages.ports_standard, STANDARD_IMAP, STANDARD_POP3);
        propose(proposals, Messages.ports_free, 0, 0);
        whyNotStandard = new Label(area, SWT.WRAP);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(360, whyNotStandard.computeSize(1, -1).y * 2)
                .applyTo(whyNotStandard);
        offerIfPossible(standard);
        return area;
    }

    /** Leaves the dialog once the server listens; until then says what is wrong. */
    @Override
    protected void okPressed() {
        var imap = imapField.getSelection();
        var pop3 = pop3Field.getSelection();
        if (imap == pop3 && imap != 0) {
            setErrorMessage(Messages.ports_same);
            return;
        }
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        server.changePorts(imap, pop3, problem -> {
            if (problem.isEmpty()) {
                close();
            } else if (getShell() != null) {
                setErrorMessage(problem);
                getButton(IDialogConstants.OK_ID).setEnabled(true);
            }
        });
    }

    /** The port it has now, where one is wanted; 0 stays 0, which is any. */
    private int now(String protocol, int wanted) {
        return wanted == 0 ? 0 : server.endpoint(protocol).map(e -> e.address().getPort()).orElse(wanted);
    }

    private void offerIfPossible(Button standard) {
        standard.setEnabled(false);
        server.tryPorts(STANDARD_IMAP, STANDARD_POP3, problem -> {
            if (!standard.isDisposed()) {
                standard.setEnabled(problem.isEmpty());
                whyNotStandard.setText(problem);
            }
        });
    }

    private static Spinner port(Composite parent, String text, int value) {
        new Label(parent, SWT.NONE).setText(text);
        var field = new Spinner(parent, SWT.BORDER);
        field.setValues(value, 0, 65_535, 0, 1, 100);
        return field;
    }

    private Button propose(Composite parent, String text, int imapPort, int pop3Port) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> {
            imapField.setSelection(imapPort);
            pop3Field.setSelection(pop3Port);
        });
        return button;
    }
}
