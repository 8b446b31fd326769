package dev.mailscope.ui;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.TlsConfig;

/**
 * How the user has chosen that the workbench's server uses TLS: in the preferences, and the key store's password, which
 * is in memory or in the secure storage. Used by one Job at a time.
 */
final class TlsChoice {
    private final Path selfSigned;
    private final KeyStorePassword password = new KeyStorePassword();
    private volatile boolean lacksPassword;

    /**
     * @param selfSigned the file that the self-signed certificate is kept in
     */
    TlsChoice(Path selfSigned) {
        this.selfSigned = selfSigned;
    }

    /** The file that the self-signed certificate is kept in. */
    Path selfSignedFile() {
        return selfSigned;
    }

    /** True when the user's key store is wanted and nobody knows its password any more. */
    boolean lacksPassword() {
        return lacksPassword;
    }

    /** As chosen, with the self-signed certificate. */
    TlsConfig selfSigned() {
        return TlsConfig.DEFAULT.withSelfSigned(selfSigned).withRequired(Preferences.isTlsRequired());
    }

    /** As chosen. IOException when the key store's password is not known. */
    TlsConfig chosen() throws IOException {
        var file = Preferences.keyStore();
        if (file.isEmpty()) {
            return selfSigned();
        }
        var known = password.get();
        if (known == null) {
            lacksPassword = true;
            throw new IOException(NLS.bind(Messages.tls_passwordUnknown, file.get()));
        }
        return selfSigned().withKeyStore(new TlsConfig.KeyStoreFile(file.get(), known));
    }

    /**
     * Remembers a choice; says what is wrong with keeping the password, or nothing.
     *
     * @param keyStore the user's own certificate; null for the self-signed one
     * @param keep     true to keep its password in the workbench's secure storage
     */
    String remember(boolean required, TlsConfig.KeyStoreFile keyStore, boolean keep) {
        Preferences.setTls(required, keyStore == null ? null : keyStore.file());
        password.set(keyStore == null ? null : keyStore.password());
        lacksPassword = false;
        return keepPassword(keyStore != null && keep);
    }

    /** Fetches the password from the secure storage, if it is kept there. */
    void fetchPassword() {
        if (Preferences.isPasswordKept()) {
            try {
                password.get();
            } catch (IOException e) {
                Mailscope.log(Messages.tls_notFromStorage, e);
            }
        }
    }

    private String keepPassword(boolean wanted) {
        // Who has never kept it shall not be asked for the master password of the secure storage.
        if (!wanted && !Preferences.isPasswordKept()) {
            return "";
        }
        try {
            password.keep(wanted);
            Preferences.setPasswordKept(wanted);
            return "";
        } catch (IOException e) {
            return WorkbenchServer.message(e);
        }
    }
}
