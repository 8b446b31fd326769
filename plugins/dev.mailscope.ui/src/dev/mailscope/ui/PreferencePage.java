package dev.mailscope.ui;

import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IntegerFieldEditor;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

/** Ports, and how much of a recording is kept. The server listens on the loopback address only. */
public final class PreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    private static final int MAX_PORT = 65_535;

    /** The page, with one field below the other. */
    public PreferencePage() {
        super(GRID);
    }

    @Override
    public void init(IWorkbench workbench) {
        setPreferenceStore(Preferences.store());
        setDescription(Messages.preferences_description);
    }

    @Override
    protected void createFieldEditors() {
        number(Preferences.IMAP_PORT, Messages.preferences_imapPort, 0, MAX_PORT);
        number(Preferences.POP3_PORT, Messages.preferences_pop3Port, 0, MAX_PORT);
        number(Preferences.RECORDING_MEGABYTES, Messages.preferences_recordingMegabytes, 8, 65_536);
        number(Preferences.RECORDINGS_KEPT, Messages.preferences_recordingsKept, 1, 1_000);
    }

    private void number(String name, String label, int least, int most) {
        var field = new IntegerFieldEditor(name, label, getFieldEditorParent());
        field.setValidRange(least, most);
        addField(field);
    }
}
