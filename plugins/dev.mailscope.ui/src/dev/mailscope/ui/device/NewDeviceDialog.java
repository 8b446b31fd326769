package dev.mailscope.ui.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.AccountConfig;

/** Asks what a new device is called, whose mail it has, and how it speaks with the server. */
final class NewDeviceDialog extends TitleAreaDialog {
    private static final int MOST_DAYS = 365;

    private final Devices devices;
    private final List<AccountConfig> accounts;
    private Text name;
    private Combo account;
    private Button pop3;
    private Button keep;
    private Button leave;
    private Spinner days;
    private Button alsoThere;
    private Combo method;
    private Button idle;

    NewDeviceDialog(Shell parent, Devices devices, List<AccountConfig> accounts) {
        super(parent);
        this.devices = devices;
        this.accounts = accounts;
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.new_window);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.new_title);
        setMessage(Messages.new_message);
        var area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 10).applyTo(area);
        new Label(area, SWT.NONE).setText(Messages.new_name);
        name = new Text(area, SWT.BORDER);
        name.setText(freeName());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        new Label(area, SWT.NONE).setText(Messages.new_account);
        account = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
        accounts.forEach(each -> account.add(each.user()));
        account.select(0);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(account);
        pop3 = radio(area, Messages.new_pop3, true);
        createPop3(area);
        radio(area, Messages.new_imap, false);
        createImap(area);
        pop3.addListener(SWT.Selection, event -> enable());
        name.addListener(SWT.Modify, event -> check());
        enable();
        return area;
    }

    private void createPop3(Composite area) {
        var group = group(area);
        var delete = radio(group, Messages.new_delete, false);
        keep = radio(group, Messages.new_keep, true);
        leave = new Button(group, SWT.CHECK);
        leave.setText(Messages.new_leave);
        days = new Spinner(group, SWT.BORDER);
        days.setValues(14, 1, MOST_DAYS, 0, 1, 7);
        alsoThere = new Button(group, SWT.CHECK);
        alsoThere.setText(Messages.new_alsoThere);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(alsoThere);
        for (var button : List.of(delete, keep, leave)) {
            button.addListener(SWT.Selection, event -> enable());
        }
    }

    private void createImap(Composite area) {
        var group = group(area);
        new Label(group, SWT.NONE).setText(Messages.new_method);
        method = new Combo(group, SWT.READ_ONLY | SWT.DROP_DOWN);
        method.setItems(Messages.new_full, "CONDSTORE", "QRESYNC");
        method.select(ImapSettings.Method.QRESYNC.ordinal());
        idle = new Button(group, SWT.CHECK);
        idle.setText(Messages.new_idle);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(idle);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.new_add, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        check();
    }

    @Override
    protected void okPressed() {
        var chosen = accounts.get(account.getSelectionIndex());
        var called = name.getText().strip();
        if (pop3.getSelection()) {
            devices.add(called, chosen, new Pop3Settings(keep.getSelection(),
                    keep.getSelection() && leave.getSelection() ? Optional.of(Duration.ofDays(days.getSelection()))
                            : Optional.empty(), keep.getSelection() && alsoThere.getSelection()));
        } else {
            devices.add(called, chosen, new ImapSettings(
                    ImapSettings.Method.values()[method.getSelectionIndex()], idle.getSelection()));
        }
        super.okPressed();
    }

    private void enable() {
        var speaksPop3 = pop3.getSelection();
        for (var child : keep.getParent().getChildren()) {
            child.setEnabled(speaksPop3);
        }
        leave.setEnabled(speaksPop3 && keep.getSelection());
        days.setEnabled(leave.isEnabled() && leave.getSelection());
        alsoThere.setEnabled(leave.isEnabled());
        for (var child : method.getParent().getChildren()) {
            child.setEnabled(!speaksPop3);
        }
    }

    private void check() {
        var called = name.getText().strip();
        setErrorMessage(devices.has(called) ? NLS.bind(Messages.new_taken, called) : null);
        getButton(IDialogConstants.OK_ID).setEnabled(!called.isEmpty() && getErrorMessage() == null);
    }

    private String freeName() {
        for (var proposed : List.of(Messages.name_laptop, Messages.name_phone, Messages.name_tablet)) {
            if (!devices.has(proposed)) {
                return proposed;
            }
        }
        return "";
    }

    private static Button radio(Composite parent, String text, boolean chosen) {
        var button = new Button(parent, SWT.RADIO);
        button.setText(text);
        button.setSelection(chosen);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(button);
        return button;
    }

    private static Composite group(Composite area) {
        var group = new Group(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(8, 6).applyTo(group);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).indent(16, 0).applyTo(group);
        return group;
    }
}
