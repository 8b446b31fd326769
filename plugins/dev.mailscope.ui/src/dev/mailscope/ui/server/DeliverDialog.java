package dev.mailscope.ui.server;

import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.ui.TitledDialog;

/** Asks for a message and the folder it is to be put into. */
final class DeliverDialog extends TitledDialog {
    private static final String DOMAIN = "@example.org";

    private final ServerState state;
    private String account;
    private String folder;
    private NewMessage message;
    private Combo accounts;
    private Combo folders;
    private Text from;
    private Text subject;
    private Text body;

    /** A dialog that proposes this account and folder. The state has at least one account. */
    DeliverDialog(Shell parent, ServerState state, String account, String folder) {
        super(parent, Messages.deliver_title, 2);
        this.state = state;
        this.account = state.account(account).isPresent() ? account : state.accounts().firstKey();
        this.folder = folder;
    }

    /** The account chosen. */
    String account() {
        return account;
    }

    /** The folder chosen. */
    String folder() {
        return folder;
    }

    /** The message typed. */
    NewMessage message() {
        return message;
    }

    @Override
    protected void createFields(Composite area) {
        setMessage(Messages.deliver_message);
        GridLayoutFactory.createFrom((GridLayout) area.getLayout()).spacing(8, 6).applyTo(area);
        accounts = combo(area, Messages.deliver_account);
        accounts.setItems(state.accounts().keySet().toArray(String[]::new));
        accounts.setText(account);
        accounts.addListener(SWT.Selection, event -> fillFolders());
        folders = combo(area, Messages.deliver_folder);
        fillFolders();
        from = text(area, Messages.deliver_from, SWT.SINGLE, Messages.deliver_defaultFrom);
        subject = text(area, Messages.deliver_subject, SWT.SINGLE, Messages.deliver_defaultSubject);
        body = text(area, Messages.deliver_body, SWT.MULTI | SWT.WRAP | SWT.V_SCROLL, Messages.deliver_defaultBody);
        GridDataFactory.fillDefaults().grab(true, true).hint(440, 120).applyTo(body);
        subject.selectAll();
        subject.setFocus();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.deliver_ok, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        check();
    }

    @Override
    protected void okPressed() {
        account = accounts.getText();
        folder = folders.getText();
        message = new NewMessage(from.getText(), account + (account.contains("@") ? "" : DOMAIN), subject.getText(),
                body.getText());
        super.okPressed();
    }

    private void fillFolders() {
        var names = state.account(accounts.getText()).map(DeliverDialog::folderNames).orElse(List.of());
        folders.setItems(names.toArray(String[]::new));
        folders.setText(names.contains(folder) ? folder : Folder.INBOX);
    }

    private static List<String> folderNames(Account account) {
        return account.folders().values().stream().filter(Folder::selectable).sorted(FolderOrder.INBOX_FIRST)
                .map(Folder::name).toList();
    }

    private void check() {
        var valid = NewMessage.isAddress(from.getText());
        setErrorMessage(valid ? null : Messages.deliver_noAddress);
        getButton(IDialogConstants.OK_ID).setEnabled(valid);
    }

    private static Combo combo(Composite parent, String label) {
        label(parent, label);
        var combo = new Combo(parent, SWT.READ_ONLY);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(combo);
        return combo;
    }

    private Text text(Composite parent, String label, int style, String value) {
        label(parent, label);
        var text = new Text(parent, SWT.BORDER | style);
        text.setText(value);
        text.addListener(SWT.Modify, event -> {
            if (getButton(IDialogConstants.OK_ID) != null) {
                check();
            }
        });
        GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
        return text;
    }

    private static void label(Composite parent, String text) {
        var label = new Label(parent, SWT.NONE);
        label.setText(text);
        GridDataFactory.fillDefaults().align(SWT.END, SWT.BEGINNING).indent(0, 6).applyTo(label);
    }
}
