package dev.mailscope.ui.recording;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String editor_cannot;
    public static String editor_closing;
    public static String editor_noFile;
    public static String editor_opening;
    public static String fork_closing;
    public static String fork_compare;
    public static String fork_compareHint;
    public static String fork_difference;
    public static String fork_event;
    public static String fork_eventOf;
    public static String fork_hint;
    public static String fork_line;
    public static String fork_name;
    public static String fork_port;
    public static String fork_starting;

    static {
        initializeMessages("dev.mailscope.ui.recording.messages", Messages.class);
    }

    private Messages() {
    }
}
