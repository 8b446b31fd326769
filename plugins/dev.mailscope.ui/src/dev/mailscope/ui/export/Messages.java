package dev.mailscope.ui.export;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String copy_failed;
    public static String copy_job;
    public static String copy_too_large;
    public static String dialog_all;
    public static String dialog_as;
    public static String dialog_message;
    public static String dialog_save;
    public static String dialog_selected;
    public static String dialog_session;
    public static String dialog_title;
    public static String dialog_what;
    public static String job_exporting;
    public static String job_failed;

    static {
        initializeMessages("dev.mailscope.ui.export.messages", Messages.class);
    }

    private Messages() {
    }
}
