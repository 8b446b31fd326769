package dev.mailscope.ui.device;

import org.eclipse.osgi.util.NLS;

/** The texts of this package, in messages.properties. */
final class Messages extends NLS {
    public static String action_add;
    public static String action_createFolder;
    public static String action_delete;
    public static String action_flag;
    public static String action_move;
    public static String action_online;
    public static String action_read;
    public static String action_remove;
    public static String action_removeAll;
    public static String action_renameFolder;
    public static String action_synchronise;
    public static String action_synchroniseAll;
    public static String action_synchronising;
    public static String action_unflag;
    public static String action_unread;
    public static String column_mail;
    public static String column_state;
    public static String device_conflict;
    public static String device_offline;
    public static String device_pending;
    public static String devices_notKept;
    public static String empty_delete;
    public static String empty_imap;
    public static String empty_keep;
    public static String empty_lab;
    public static String empty_other;
    public static String empty_restoring;
    public static String empty_text;
    public static String folder_blank;
    public static String folder_name;
    public static String folder_taken;
    public static String folder_title;
    public static String job_keep;
    public static String job_perform;
    public static String job_restore;
    public static String job_synchronise;
    public static String ledger_changed;
    public static String ledger_connections;
    public static String ledger_device;
    public static String ledger_done;
    public static String ledger_down;
    public static String ledger_gone;
    public static String ledger_method;
    public static String ledger_new;
    public static String ledger_time;
    public static String ledger_trips;
    public static String ledger_up;
    public static String mail_noSubject;
    public static String mail_older;
    public static String mail_unreadable;
    public static String mark_missing;
    public static String mark_onlyHere;
    public static String mark_stale;
    public static String mark_twice;
    public static String mark_waits;
    public static String name_laptop;
    public static String name_phone;
    public static String name_tablet;
    public static String new_account;
    public static String new_add;
    public static String new_alsoThere;
    public static String new_delete;
    public static String new_full;
    public static String new_idle;
    public static String new_imap;
    public static String new_keep;
    public static String new_leave;
    public static String new_message;
    public static String new_method;
    public static String new_name;
    public static String new_pop3;
    public static String new_taken;
    public static String new_title;
    public static String new_window;
    public static String server_first;
    public static String server_line;
    public static String server_none;
    public static String server_title;
    public static String view_own;

    static {
        initializeMessages("dev.mailscope.ui.device.messages", Messages.class);
    }

    private Messages() {
    }
}
