package dev.mailscope.ui.finding;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String column_event;
    public static String column_here;
    public static String column_rfc;
    public static String column_session;
    public static String column_severity;
    public static String column_what;
    public static String job_findings;
    public static String severity_error;
    public static String severity_hint;
    public static String severity_warning;
    public static String table_empty;
    public static String text_none;
    public static String text_seen;

    static {
        NLS.initializeMessages("dev.mailscope.ui.finding.messages", Messages.class);
    }

    private Messages() {
    }
}
