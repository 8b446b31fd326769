package dev.mailscope.ui.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.ViewFont;

/** The certificate that the server shows, as a person compares it with what a client says of it, and its export. */
final class CertificateGroup {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withZone(ZoneId.systemDefault());
    // The kinds of GeneralName that a client compares with the name it connects to (RFC 5280 section 4.2.1.6).
    private static final Set<Integer> DNS_AND_IP = Set.of(2, 7);
    private static final int HALF_OF_FINGERPRINT = 16 * 3;

    private final Group group;
    private final Text subject;
    private final Text names;
    private final Text validity;
    private final Text fingerprint;
    private final Text kept;
    private final Button copy;
    private final Button export;
    private final BiConsumer<Integer, String> message;
    private ServerCertificate certificate;

    /**
     * The group, still empty.
     *
     * @param message says what became of an export: a kind of {@link IMessageProvider}, and the words
     */
    CertificateGroup(Composite parent, BiConsumer<Integer, String> message) {
        this.message = message;
        group = new Group(parent, SWT.NONE);
        group.setText(Messages.tls_now);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(group);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
        subject = value(Messages.tls_subject, SWT.SINGLE);
        names = value(Messages.tls_names, SWT.SINGLE);
        validity = value(Messages.tls_validity, SWT.SINGLE);
        fingerprint = value(Messages.tls_fingerprint, SWT.MULTI);
        fingerprint.setFont(JFaceResources.getFont(ViewFont.OCTETS));
        fingerprint.setText("\n");
        kept = value(Messages.tls_kept, SWT.SINGLE);
        var buttons = new Composite(group, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(buttons);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(buttons);
        copy = button(buttons, Messages.tls_copy, () -> CopyAction.toClipboard(certificate.fingerprint()));
        export = button(buttons, Messages.tls_export, this::askAndExport);
        subject.setText(Messages.tls_reading);
    }

    boolean isDisposed() {
        return group.isDisposed();
    }

    /** Shows a certificate, and the file it is kept in. */
    void show(ServerCertificate found, Path file) {
        certificate = found;
        var x509 = found.certificate();
        subject.setText(x509.getSubjectX500Principal().getName());
        names.setText(names(found));
        validity.setText(NLS.bind(found.hasExpired(Instant.now()) ? Messages.tls_expired : Messages.tls_validFromTo,
                DAY.format(x509.getNotBefore().toInstant()), DAY.format(x509.getNotAfter().toInstant())));
        var digits = found.fingerprint();
        fingerprint.setText(digits.substring(0, HALF_OF_FINGERPRINT) + '\n' + digits.substring(HALF_OF_FINGERPRINT));
        kept.setText(file.toString());
        kept.setToolTipText(file.toString());
        copy.setEnabled(true);
        export.setEnabled(true);
        group.layout(true, true);
    }

    /** Shows that there is no certificate. */
    void showNone() {
        subject.setText("");
    }

    /** Writes the certificate, without its key, and says what became of that. */
    void export(Path file) {
        try {
            PrivateFiles.write(file, certificate.pem());
            message.accept(IMessageProvider.INFORMATION, NLS.bind(Messages.tls_exported, file));
        } catch (IOException e) {
            message.accept(IMessageProvider.ERROR, NLS.bind(Messages.tls_notExported, e.toString()));
        }
    }

    private void askAndExport() {
        var dialog = new FileDialog(group.getShell(), SWT.SAVE);
        dialog.setText(Messages.tls_exportTitle);
        dialog.setFilterExtensions(new String[] {"*.pem;*.crt"});
        dialog.setFilterNames(new String[] {Messages.tls_pemFiles});
        dialog.setFileName("mailscope.pem");
        dialog.setOverwrite(true);
        var chosen = dialog.open();
        if (chosen != null) {
            export(Path.of(chosen));
        }
    }

    private static String names(ServerCertificate found) {
        try {
            Collection<List<?>> all = found.certificate().getSubjectAlternativeNames();
            return all == null ? Messages.tls_noNames
                    : all.stream().filter(name -> DNS_AND_IP.contains(name.get(0))).map(name -> name.get(1).toString())
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            return e.toString(); // a certificate may say more than Java can read; the rest is of use all the same
        }
    }

    private Text value(String label, int style) {
        var title = new Label(group, SWT.NONE);
        title.setText(label);
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(title);
        var text = new Text(group, SWT.READ_ONLY | style);
        GridDataFactory.fillDefaults().grab(true, false).hint(style == SWT.MULTI ? SWT.DEFAULT : 420, SWT.DEFAULT)
                .applyTo(text);
        return text;
    }

    private static Button button(Composite parent, String text, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setEnabled(false);
        button.addListener(SWT.Selection, event -> action.run());
        return button;
    }
}
