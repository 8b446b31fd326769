package dev.mailscope.ui.lab.edit;

import org.eclipse.osgi.util.NLS;

/** The texts of this package, in messages.properties. */
final class Messages extends NLS {
    public static String editor_look;
    public static String example_exists;
    public static String example_project;
    public static String example_text;
    public static String example_title;
    public static String preview_doing;
    public static String preview_hint;
    public static String preview_prediction;
    public static String preview_question;
    public static String preview_wrong;
    public static String wizard_begins;
    public static String wizard_empty;
    public static String wizard_exists;
    public static String wizard_folder;
    public static String wizard_lab;
    public static String wizard_project;
    public static String wizard_projectName;
    public static String wizard_text;
    public static String wizard_title;

    static {
        initializeMessages("dev.mailscope.ui.lab.edit.messages", Messages.class);
    }

    private Messages() {
    }
}
