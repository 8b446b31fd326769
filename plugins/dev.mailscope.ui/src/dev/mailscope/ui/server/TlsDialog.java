package dev.mailscope.ui.server;

import java.nio.file.Path;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.TlsConfig;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.TitledDialog;
import dev.mailscope.ui.WorkbenchServer;

/**
 * Shows the server's certificate and asks how TLS is used; stays open while the server cannot do so. The password of a
 * key store is never shown.
 */
final class TlsDialog extends TitledDialog {
    private static final int INDENT = 20;

    private final WorkbenchServer server;
    private Button selfSigned;
    private Button own;
    private Text file;
    private Button browse;
    private Text password;
    private Button keep;
    private Button required;
    private CertificateGroup certificate;
    private boolean passwordTyped;

    TlsDialog(Shell parent, WorkbenchServer server) {
        super(parent, Messages.tls_title, 1);
        this.server = server;
    }

    @Override
    protected void createFields(Composite area) {
        setMessage(Messages.tls_message);
        certificate = new CertificateGroup(area, (kind, text) -> setMessage(text, kind));
        selfSigned = button(area, SWT.RADIO, Messages.tls_selfSigned);
        own = button(area, SWT.RADIO, Messages.tls_own);
        createKeyStoreFields(area);
        required = button(area, SWT.CHECK, Messages.tls_required);
        showSettings();
        showCertificate();
    }

    @Override
    protected void okPressed() {
        var keyStore = own.getSelection() ? keyStore() : null;
        if (own.getSelection() && keyStore == null) {
            return;
        }
        var tls = server.config().tls();
        if (tls.required() == required.getSelection() && sameStore(tls.keyStore(), keyStore)
                && keep.getSelection() == server.isPasswordKept() && !server.lacksPassword()) {
            super.okPressed();
            return;
        }
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        server.changeTls(required.getSelection(), keyStore, keep.getSelection(), this::answered);
    }

    private void createKeyStoreFields(Composite parent) {
        var fields = new Composite(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).indent(INDENT, 0).applyTo(fields);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(fields);
        new Label(fields, SWT.NONE).setText(Messages.tls_file);
        file = new Text(fields, SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(file);
        browse = new Button(fields, SWT.PUSH);
        browse.setText(Messages.tls_browse);
        browse.addListener(SWT.Selection, event -> chooseFile());
        new Label(fields, SWT.NONE).setText(Messages.tls_password);
        password = new Text(fields, SWT.BORDER | SWT.PASSWORD);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(password);
        password.addListener(SWT.Modify, event -> passwordTyped = true);
        keep = button(fields, SWT.CHECK, Messages.tls_keep);
        GridDataFactory.fillDefaults().span(3, 1).applyTo(keep);
        own.addListener(SWT.Selection, event -> enableFields());
    }

    private void showSettings() {
        var wanted = Preferences.keyStore();
        selfSigned.setSelection(wanted.isEmpty());
        own.setSelection(wanted.isPresent());
        wanted.ifPresent(path -> file.setText(path.toString()));
        keep.setSelection(server.isPasswordKept());
        required.setSelection(Preferences.isTlsRequired());
        enableFields();
        if (server.lacksPassword()) {
            setErrorMessage(server.situation().problem());
        }
    }

    private void showCertificate() {
        if (server.lacksPassword()) {
            certificate.showNone();
            return;
        }
        server.certificate(found -> {
            if (!certificate.isDisposed()) {
                var keyStore = server.config().tls().keyStore();
                certificate.show(found, keyStore == null ? server.selfSignedFile() : keyStore.file());
            }
        }, problem -> {
            if (!certificate.isDisposed()) {
                certificate.showNone();
                setErrorMessage(problem);
            }
        });
    }

    private void enableFields() {
        for (var control : new Control[] {file, browse, password, keep}) {
            control.setEnabled(own.getSelection());
        }
    }

    private void chooseFile() {
        var dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(Messages.tls_title);
        var chosen = dialog.open();
        if (chosen != null) {
            file.setText(chosen);
        }
    }

    /**
     * What the fields say, or the password in use when none was typed; null, and a sentence, when something is missing.
     */
    private TlsConfig.KeyStoreFile keyStore() {
        if (file.getText().isBlank()) {
            setMessage(Messages.tls_noFile, IMessageProvider.ERROR);
            file.setFocus();
            return null;
        }
        var path = Path.of(file.getText().strip());
        var now = server.config().tls().keyStore();
        if (!passwordTyped && now != null && now.file().equals(path)) {
            return now;
        }
        if (password.getText().isEmpty()) {
            setMessage(Messages.tls_noPassword, IMessageProvider.ERROR);
            password.setFocus();
            return null;
        }
        return new TlsConfig.KeyStoreFile(path, password.getText());
    }

    private static boolean sameStore(TlsConfig.KeyStoreFile one, TlsConfig.KeyStoreFile other) {
        return one == null ? other == null : one.equals(other);
    }

    private static Button button(Composite parent, int style, String text) {
        var button = new Button(parent, style);
        button.setText(text);
        return button;
    }
}
