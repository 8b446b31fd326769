package dev.mailscope.ui;

import java.io.IOException;

import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;

/**
 * The password of the user's key store: in memory, and in the workbench's secure storage when the user wishes. That may
 * ask for its own master password: not for the UI thread. May be used by any thread.
 */
final class KeyStorePassword {
    private static final String NODE = Mailscope.ID + "/tls";
    private static final String KEY = "keyStore.password";

    private volatile String known;

    /** The password, null when nobody knows it. IOException when the secure storage does not give it away. */
    String get() throws IOException {
        if (known == null && Preferences.isPasswordKept()) {
            try {
                var storage = SecurePreferencesFactory.getDefault();
                known = storage != null && storage.nodeExists(NODE) ? storage.node(NODE).get(KEY, null) : null;
            } catch (StorageException e) {
                throw new IOException(Messages.tls_notFromStorage + ' ' + e.getMessage(), e);
            }
        }
        return known;
    }

    /** Knows the password from now on, without keeping it. */
    void set(String password) {
        known = password;
    }

    /** Keeps the known password over a restart, or no longer. IOException when the secure storage does not take it. */
    void keep(boolean wanted) throws IOException {
        try {
            var storage = SecurePreferencesFactory.getDefault();
            if (storage == null) {
                throw new IOException(Messages.tls_noStorage);
            }
            if (wanted) {
                storage.node(NODE).put(KEY, known, true);
                storage.flush();
            } else if (storage.nodeExists(NODE)) {
                storage.node(NODE).remove(KEY);
                storage.flush();
            }
        } catch (StorageException e) {
            throw new IOException(Messages.tls_noStorage + ' ' + e.getMessage(), e);
        }
    }
}
