package dev.mailscope.ui.trace;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String column_direction;
    public static String column_folder;
    public static String column_number;
    public static String column_phase;
    public static String column_session;
    public static String column_time;
    public static String column_what;
    public static String detail_after;
    public static String detail_before;
    public static String detail_cause;
    public static String detail_command;
    public static String detail_commandTag;
    public static String detail_dropped;
    public static String detail_event;
    public static String detail_finding;
    public static String detail_folder;
    public static String detail_folderNumbers;
    public static String detail_gone;
    public static String detail_hex;
    public static String detail_ledTo;
    public static String detail_marked;
    public static String detail_more;
    public static String detail_none;
    public static String detail_notThere;
    public static String detail_octets;
    public static String detail_parse;
    public static String detail_phase;
    public static String detail_rejected;
    public static String detail_sent;
    public static String detail_state;
    public static String detail_told;
    public static String detail_unmarked;
    public static String explain_close;
    public static String explain_how;
    public static String difference_events;
    public static String difference_mail;
    public static String difference_none;
    public static String difference_sessions;
    public static String direction_toClient;
    public static String direction_toServer;
    public static String filter_anyFolder;
    public static String filter_anyPhase;
    public static String filter_anySession;
    public static String filter_clear;
    public static String filter_folder;
    public static String filter_phase;
    public static String filter_server;
    public static String filter_session;
    public static String filter_sessionNumber;
    public static String filter_text;
    public static String filter_textHint;
    public static String group_account;
    public static String group_changes;
    public static String group_done;
    public static String group_events;
    public static String group_folder;
    public static String group_marked;
    public static String group_range;
    public static String group_server;
    public static String group_session;
    public static String group_unchanged;
    public static String group_unmarked;
    public static String group_what;
    public static String hearing_left;
    public static String hearing_leftLater;
    public static String hearing_micros;
    public static String hearing_millis;
    public static String hearing_seconds;
    public static String hearing_title;
    public static String hearing_told;
    public static String hearing_waits;
    public static String job_copy;
    public static String job_details;
    public static String job_fetch;
    public static String job_filter;
    public static String job_group;
    public static String row_command;
    public static String slider_hint;
    public static String strip_ended;
    public static String strip_events;
    public static String strip_filtered;
    public static String strip_filtering;
    public static String strip_unseen;
    public static String strip_unseenHint;
    public static String strip_wrong;
    public static String table_empty;
    public static String table_noneFits;
    public static String table_notYet;

    static {
        initializeMessages("dev.mailscope.ui.trace.messages", Messages.class);
    }

    private Messages() {
    }
}
