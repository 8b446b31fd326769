package dev.mailscope.ui;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String banner_fork;
    public static String banner_inferred;
    public static String banner_live;
    public static String banner_recording;
    public static String banner_recordingAt;
    public static String banner_text;
    public static String breakpoints_unreadable;
    public static String feed_job;
    public static String focus_job;
    public static String ports_forbidden;
    public static String ports_taken;
    public static String notebook_job;
    public static String preferences_description;
    public static String preferences_imapPort;
    public static String preferences_pop3Port;
    public static String preferences_recordingMegabytes;
    public static String preferences_recordingsKept;
    public static String preferences_writing;
    public static String server_certificate;
    public static String server_changingAccount;
    public static String server_delivering;
    public static String server_failed;
    public static String server_recordingInMemory;
    public static String server_resetting;
    public static String server_starting;
    public static String server_stopping;
    public static String server_tryingPorts;
    public static String tls_noStorage;
    public static String tls_notFromStorage;
    public static String tls_passwordUnknown;

    static {
        initializeMessages("dev.mailscope.ui.messages", Messages.class);
    }

    private Messages() {
    }
}
