package dev.mailscope.ui;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferenceStore;

/** What the user may set, and what holds until then. Nothing secret is kept here. */
public final class Preferences extends AbstractPreferenceInitializer {
    static final String IMAP_PORT = "imap.port";
    static final String POP3_PORT = "pop3.port";
    static final String RECORDING_MEGABYTES = "recording.megabytes";
    static final String RECORDINGS_KEPT = "recordings.kept";

    @Override
    public void initializeDefaultPreferences() {
        var defaults = DefaultScope.INSTANCE.getNode(Mailscope.ID);
        defaults.putInt(IMAP_PORT, 1143);
        defaults.putInt(POP3_PORT, 1110);
        defaults.putInt(RECORDING_MEGABYTES, 256);
        defaults.putInt(RECORDINGS_KEPT, 10);
    }

    /** The port IMAP listens on; 0 for any that is free. */
    public static int imapPort() {
        return store().getInt(IMAP_PORT);
    }

    /** The port POP3 listens on; 0 for any that is free. */
    public static int pop3Port() {
        return store().getInt(POP3_PORT);
    }

    /** Sets both ports; the server takes them at its next start. */
    public static void setPorts(int imap, int pop3) {
        var node = InstanceScope.INSTANCE.getNode(Mailscope.ID);
        node.putInt(IMAP_PORT, imap);
        node.putInt(POP3_PORT, pop3);
    }

    /** How large a recording may grow before its oldest events go, in MiB. */
    public static int recordingMegabytes() {
        return store().getInt(RECORDING_MEGABYTES);
    }

    /** How many recordings of earlier starts are kept. */
    public static int recordingsKept() {
        return store().getInt(RECORDINGS_KEPT);
    }

    static IPreferenceStore store() {
        return Mailscope.get().getPreferenceStore();
    }
}
