package dev.mailscope.ui.session;

import java.net.InetSocketAddress;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/** Asks which server to talk to, and in which protocol. */
final class ConnectDialog extends TitleAreaDialog {
    /**
     * What was asked for last time, to begin with.
     *
     * @param tls true when TLS begins with the connection
     */
    record Choice(Protocol protocol, String host, int port, boolean tls) {
        /** The address; its name is looked up when the connection is made. */
        InetSocketAddress address() {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    private static final int MAX_PORT = 65_535;

    private Choice choice;
    private Button imap;
    private Text host;
    private Spinner port;
    private Button tls;
    private int standard;

    ConnectDialog(Shell parent, Choice before) {
        super(parent);
        choice = before;
        setHelpAvailable(false);
    }

    /** What the user has chosen. */
    Choice choice() {
        return choice;
    }

    /**
     * The port at which servers of that protocol are expected (RFC 8314 section 3 for those where TLS begins at once).
     */
    static int standardPort(Protocol protocol, boolean tls) {
        return switch (protocol) {
            case IMAP -> tls ? 993 : 143;
            case POP3 -> tls ? 995 : 110;
        };
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.ConnectDialog_window);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.ConnectDialog_title);
        setMessage(Messages.ConnectDialog_message);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        var layout = new GridLayout(3, false);
        layout.marginWidth = 10;
        layout.marginHeight = 10;
        area.setLayout(layout);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        new Label(area, SWT.NONE).setText(Messages.ConnectDialog_protocol);
        var pop3 = new Button(area, SWT.RADIO);
        pop3.setText(Protocol.POP3.name());
        imap = new Button(area, SWT.RADIO);
        imap.setText(Protocol.IMAP.name());
        imap.setSelection(choice.protocol() == Protocol.IMAP);
        pop3.setSelection(choice.protocol() == Protocol.POP3);
        new Label(area, SWT.NONE).setText(Messages.ConnectDialog_host);
        host = new Text(area, SWT.BORDER);
        host.setText(choice.host());
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(260, SWT.DEFAULT).applyTo(host);
        new Label(area, SWT.NONE).setText(Messages.ConnectDialog_port);
        port = new Spinner(area, SWT.BORDER);
        port.setValues(choice.port(), 1, MAX_PORT, 0, 1, 100);
        GridDataFactory.fillDefaults().span(2, 1).align(SWT.BEGINNING, SWT.CENTER).applyTo(port);
        new Label(area, SWT.NONE);
        tls = new Button(area, SWT.CHECK);
        tls.setText(Messages.ConnectDialog_tls);
        tls.setSelection(choice.tls());
        GridDataFactory.fillDefaults().span(2, 1).applyTo(tls);
        standard = standardPort(protocol(), tls.getSelection());
        imap.addListener(SWT.Selection, event -> followPort());
        tls.addListener(SWT.Selection, event -> followPort());
        host.addListener(SWT.Modify, event -> check());
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.ConnectDialog_connect, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        check();
    }

    @Override
    protected void okPressed() {
        choice = new Choice(protocol(), host.getText().strip(), port.getSelection(),
                tls.getSelection());
        super.okPressed();
    }

    /** A port that was the standard one goes on being it. */
    private void followPort() {
        var next = standardPort(protocol(), tls.getSelection());
        if (port.getSelection() == standard) {
            port.setSelection(next);
        }
        standard = next;
    }

    private Protocol protocol() {
        return imap.getSelection() ? Protocol.IMAP : Protocol.POP3;
    }

    private void check() {
        var name = host.getText().strip();
        getButton(IDialogConstants.OK_ID).setEnabled(!name.isEmpty() && name.chars().noneMatch(c -> c <= ' '));
    }
}
