package dev.mailscope.ui.diagram;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String action_table;
    public static String action_tableHint;
    public static String bar_all;
    public static String bar_filterHint;
    public static String bar_followHint;
    public static String bar_newest;
    public static String bar_reading;
    public static String bar_selected;
    public static String bar_selectedIs;
    public static String bar_session;
    public static String column_answers;
    public static String column_commands;
    public static String column_event;
    public static String column_from;
    public static String column_kind;
    public static String column_session;
    public static String column_time;
    public static String column_to;
    public static String column_what;
    public static String column_who;
    public static String conversation_dropped;
    public static String conversation_earlier;
    public static String conversation_empty;
    public static String conversation_name;
    public static String conversation_table;
    public static String job_load;
    public static String job_unfold;
    public static String kind_answer;
    public static String kind_begun;
    public static String kind_change;
    public static String kind_command;
    public static String kind_continued;
    public static String kind_cut;
    public static String kind_ended;
    public static String kind_goAhead;
    public static String kind_lost;
    public static String kind_note;
    public static String kind_pushed;
    public static String kind_untagged;
    public static String picture_failed;
    public static String picture_title;
    public static String sequence_empty;
    public static String sequence_event;
    public static String sequence_folded;
    public static String sequence_lost;
    public static String sequence_more;
    public static String sequence_name;
    public static String sequence_pushed;
    public static String sequence_row;
    public static String sequence_session;
    public static String sequence_table;
    public static String session_ofAccount;
    public static String states_byItself;
    public static String states_description;
    public static String states_empty;
    public static String states_legalIn;
    public static String states_noCommand;
    public static String states_noneIn;
    public static String states_now;
    public static String states_over;
    public static String states_phase;
    public static String states_refused;
    public static String states_step;
    public static String states_table;
    public static String states_way;
    public static String who_client;
    public static String who_server;

    static {
        initializeMessages("dev.mailscope.ui.diagram.messages", Messages.class);
    }

    private Messages() {
    }
}
