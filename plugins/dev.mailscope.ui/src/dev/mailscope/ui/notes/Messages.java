package dev.mailscope.ui.notes;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String column_event;
    public static String column_note;
    public static String column_time;
    public static String dialog_message;
    public static String dialog_title;
    public static String note_bookmark;
    public static String note_gone;
    public static String remove_question;
    public static String remove_title;
    public static String view_edit;
    public static String view_none;
    public static String view_ofServer;
    public static String view_ofSource;
    public static String view_remove;

    static {
        initializeMessages("dev.mailscope.ui.notes.messages", Messages.class);
    }

    private Messages() {
    }
}
