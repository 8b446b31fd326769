package dev.mailscope.ui.lab.edit;

import org.eclipse.osgi.util.NLS;

/** The texts of this package, in messages.properties. */
final class Messages extends NLS {
    public static String editor_look;
    public static String preview_doing;
    public static String preview_hint;
    public static String preview_prediction;
    public static String preview_question;
    public static String preview_wrong;

    static {
        initializeMessages("dev.mailscope.ui.lab.edit.messages", Messages.class);
    }

    private Messages() {
    }
}
