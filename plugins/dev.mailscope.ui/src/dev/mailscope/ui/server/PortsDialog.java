package dev.mailscope.ui.server;

import java.util.OptionalInt;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;

import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.ServerPorts;
import dev.mailscope.ui.TitledDialog;
import dev.mailscope.ui.WorkbenchServer;

/** Asks for the ports of all protocols and lets the server listen there; stays open while it cannot. */
final class PortsDialog extends TitledDialog {
    private static final ServerPorts STANDARD = new ServerPorts(143, 110, OptionalInt.of(993), OptionalInt.of(995),
            OptionalInt.of(25));

    private final WorkbenchServer server;
    private Spinner imapField;
    private Spinner pop3Field;
    private Switched imapsField;
    private Switched pop3sField;
    private Switched smtpField;
    private Label whyNotStandard;

    PortsDialog(Shell parent, WorkbenchServer server) {
        super(parent, Messages.ports_title, 2);
        this.server = server;
    }

    @Override
    protected void createFields(Composite area) {
        setMessage(Messages.ports_message);
        var wanted = Preferences.ports();
        imapField = port(area, Messages.ports_imap, now("imap", wanted.imap()));
        pop3Field = port(area, Messages.ports_pop3, now("pop3", wanted.pop3()));
        imapsField = new Switched(area, Messages.ports_imaps, "imaps", wanted.imaps(), TlsConfig.DEFAULT_IMAPS_PORT);
        pop3sField = new Switched(area, Messages.ports_pop3s, "pop3s", wanted.pop3s(), TlsConfig.DEFAULT_POP3S_PORT);
        smtpField = new Switched(area, Messages.ports_smtp, "smtp", wanted.smtp(), ServerConfig.DEFAULT_SMTP_PORT);
        var proposals = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(proposals);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(proposals);
        propose(proposals, Messages.ports_proposed, ServerPorts.PROPOSED, ServerConfig.DEFAULT_SMTP_PORT);
        var standard = propose(proposals, Messages.ports_standard, STANDARD, STANDARD.smtp().getAsInt());
        propose(proposals, Messages.ports_free, ServerPorts.FREE, 0);
        whyNotStandard = new Label(area, SWT.WRAP);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(360, whyNotStandard.computeSize(1, -1).y * 2)
                .applyTo(whyNotStandard);
        offerIfPossible(standard);
    }

    /** Leaves the dialog once the server listens; until then says what is wrong. */
    @Override
    protected void okPressed() {
        var ports = new ServerPorts(imapField.getSelection(), pop3Field.getSelection(), imapsField.value(),
                pop3sField.value(), smtpField.value());
        var clash = ports.clash();
        if (!clash.isEmpty()) {
            setErrorMessage(NLS.bind(Messages.ports_same, clash.toArray()));
            return;
        }
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        server.changePorts(ports, this::answered);
    }

    /** The port it has now, where one is wanted; 0 stays 0, which is any. */
    private int now(String protocol, int wanted) {
        return wanted == 0 ? 0 : server.endpoint(protocol).map(e -> e.address().getPort()).orElse(wanted);
    }

    private void offerIfPossible(Button standard) {
        standard.setEnabled(false);
        // What forbids or takes one standard port mostly does so with all: two are asked for, and named.
        var asked = new ServerPorts(STANDARD.imap(), STANDARD.pop3(), OptionalInt.empty(), OptionalInt.empty(),
                OptionalInt.empty());
        server.tryPorts(asked, problem -> {
            if (!standard.isDisposed()) {
                standard.setEnabled(problem.isEmpty());
                whyNotStandard.setText(problem);
            }
        });
    }

    private static Spinner port(Composite parent, String text, int value) {
        new Label(parent, SWT.NONE).setText(text);
        return spinner(parent, value);
    }

    private static Spinner spinner(Composite parent, int value) {
        var field = new Spinner(parent, SWT.BORDER);
        field.setValues(value, 0, 65_535, 0, 1, 100);
        return field;
    }

    /** Proposes ports; which of the optional ones are switched on stays as the user has it. */
    private Button propose(Composite parent, String text, ServerPorts ports, int smtp) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> {
            imapField.setSelection(ports.imap());
            pop3Field.setSelection(ports.pop3());
            imapsField.field.setSelection(ports.imaps().orElseThrow());
            pop3sField.field.setSelection(ports.pop3s().orElseThrow());
            smtpField.field.setSelection(smtp);
        });
        return button;
    }

    /** A port that can be switched off. */
    private final class Switched {
        private final Button wanted;
        private final Spinner field;

        Switched(Composite parent, String text, String protocol, OptionalInt port, int proposed) {
            wanted = new Button(parent, SWT.CHECK);
            wanted.setText(text);
            wanted.setSelection(port.isPresent());
            field = spinner(parent, port.isPresent() ? now(protocol, port.getAsInt()) : proposed);
            field.setEnabled(port.isPresent());
            wanted.addListener(SWT.Selection, event -> field.setEnabled(wanted.getSelection()));
        }

        OptionalInt value() {
            return wanted.getSelection() ? OptionalInt.of(field.getSelection()) : OptionalInt.empty();
        }
    }
}
