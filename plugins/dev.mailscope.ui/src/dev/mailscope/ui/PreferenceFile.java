package dev.mailscope.ui;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.osgi.service.prefs.BackingStoreException;

/**
 * Writes what the user has set into the workspace as soon as it is set: the platform would do so when the workbench
 * ends, which one that is killed never does.
 */
final class PreferenceFile implements AutoCloseable {
    // What is set together is written together.
    private static final int WRITE_AFTER_MILLIS = 100;

    private final IEclipsePreferences node;
    private final Job writing = Job.createSystem(Messages.preferences_writing, (ICoreRunnable) monitor -> write());
    private final IEclipsePreferences.IPreferenceChangeListener listener =
            change -> writing.schedule(WRITE_AFTER_MILLIS);

    /** Writes that node whenever it is changed, until it is closed. */
    PreferenceFile(IEclipsePreferences node) {
        this.node = node;
        node.addPreferenceChangeListener(listener);
    }

    @Override
    public void close() {
        node.removePreferenceChangeListener(listener);
        // The platform writes what is left.
        writing.cancel();
    }

    private void write() {
        try {
            node.flush();
        } catch (BackingStoreException e) {
            Mailscope.log(e.getMessage(), e);
        }
    }
}
