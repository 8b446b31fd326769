package dev.mailscope.ui.server;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String chosen_message;
    public static String column_count;
    public static String column_flags;
    public static String column_name;
    public static String column_next;
    public static String column_now;
    public static String column_size;
    public static String deliver_account;
    public static String deliver_body;
    public static String deliver_defaultBody;
    public static String deliver_defaultFrom;
    public static String deliver_defaultSubject;
    public static String deliver_folder;
    public static String deliver_from;
    public static String deliver_message;
    public static String deliver_noAddress;
    public static String deliver_ok;
    public static String deliver_subject;
    public static String deliver_title;
    public static String hint_copy;
    public static String hint_running;
    public static String hint_stopped;
    public static String job_summaries;
    public static String line_again;
    public static String line_exposed;
    public static String line_failed;
    public static String line_freePorts;
    public static String line_running;
    public static String line_starting;
    public static String line_stopped;
    public static String line_stopping;
    public static String mark_added;
    public static String mark_anew;
    public static String mark_bySession;
    public static String mark_changed;
    public static String mark_flags;
    public static String mark_folderDeleted;
    public static String mark_new;
    public static String mark_removed;
    public static String mark_renamed;
    public static String mark_subscriptions;
    public static String ports_free;
    public static String ports_imap;
    public static String ports_message;
    public static String ports_pop3;
    public static String ports_proposed;
    public static String ports_same;
    public static String ports_standard;
    public static String ports_title;
    public static String reset_question;
    public static String reset_title;
    public static String sessions_folder;
    public static String sessions_folderGone;
    public static String sessions_knows;
    public static String sessions_marked;
    public static String sessions_messages;
    public static String sessions_name;
    public static String sessions_peer;
    public static String sessions_phase;
    public static String sessions_session;
    public static String sessions_untold;
    public static String sessions_untoldBoth;
    public static String sessions_untoldGone;
    public static String sessions_untoldNew;
    public static String tree_message;
    public static String tree_noSubject;
    public static String tree_octets;
    public static String tree_older;
    public static String tree_uid;
    public static String tree_unreadable;

    static {
        initializeMessages("dev.mailscope.ui.server.messages", Messages.class);
    }

    private Messages() {
    }
}
