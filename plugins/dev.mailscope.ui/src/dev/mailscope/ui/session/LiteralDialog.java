package dev.mailscope.ui.session;

import java.nio.charset.StandardCharsets;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.ui.Counted;
import dev.mailscope.ui.ViewFont;

/** Asks for the text of a literal and counts its octets, so that nobody has to (RFC 9051 section 4.3). */
final class LiteralDialog extends TitleAreaDialog {
    private final String draft;
    private Text commandText;
    private Text literalText;
    private Label sent;
    private String command = "";
    private byte[] octets = new byte[0];

    /** A dialog for the literal that ends that command. */
    LiteralDialog(Shell parent, String draft) {
        super(parent);
        this.draft = draft.stripTrailing();
        setHelpAvailable(false);
    }

    /** The command without the literal. */
    String command() {
        return command;
    }

    /** The literal, its line ends as the protocol has them. */
    byte[] octets() {
        return octets;
    }

    /** The octets of a text whose lines end as they do on the wire. */
    static byte[] octetsOf(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.LiteralDialog_window);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.LiteralDialog_title);
        setMessage(Messages.LiteralDialog_message);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        var layout = new GridLayout();
        layout.marginWidth = 10;
        layout.marginHeight = 10;
        area.setLayout(layout);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        var font = JFaceResources.getFont(ViewFont.OCTETS);
        new Label(area, SWT.NONE).setText(Messages.LiteralDialog_command);
        commandText = new Text(area, SWT.BORDER);
        commandText.setFont(font);
        commandText.setText(draft);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(commandText);
        new Label(area, SWT.NONE).setText(Messages.LiteralDialog_text);
        literalText = new Text(area, SWT.BORDER | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        literalText.setFont(font);
        literalText.setText(isAppend() ? Messages.LiteralDialog_message_sample : "");
        GridDataFactory.fillDefaults().grab(true, true).hint(480, literalText.getLineHeight() * 12)
                .applyTo(literalText);
        sent = new Label(area, SWT.NONE);
        sent.setFont(font);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(sent);
        commandText.addListener(SWT.Modify, event -> count());
        literalText.addListener(SWT.Modify, event -> count());
        return area;
    }

    @Override
    protected Control createContents(Composite parent) {
        var contents = super.createContents(parent);
        count();
        literalText.setFocus();
        return contents;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.LiteralDialog_send, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
    }

    private boolean isAppend() {
        return draft.regionMatches(true, 0, "APPEND", 0, 6);
    }

    private void count() {
        command = commandText.getText().strip();
        octets = octetsOf(literalText.getText());
        sent.setText(Counted.text(Messages.LiteralDialog_sent, "{" + octets.length + "}", octets.length));
        getButton(IDialogConstants.OK_ID).setEnabled(!command.isEmpty());
    }
}
