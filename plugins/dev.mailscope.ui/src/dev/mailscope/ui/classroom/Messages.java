package dev.mailscope.ui.classroom;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String action_handOut;
    public static String action_save;
    public static String action_saveAll;
    public static String action_show;
    public static String banner_close;
    public static String banner_open;
    public static String banner_read;
    public static String close_question;
    public static String close_title;
    public static String column_account;
    public static String column_command;
    public static String column_events;
    public static String column_failed;
    public static String column_phase;
    public static String column_sessions;
    public static String column_student;
    public static String column_time;
    public static String lesson_busy;
    public static String lesson_closing;
    public static String lesson_name;
    public static String lesson_noFile;
    public static String lesson_opening;
    public static String lesson_taken;
    public static String lesson_wasOpen;
    public static String open_address;
    public static String open_anyPort;
    public static String open_arrivals;
    public static String open_count;
    public static String open_empty;
    public static String open_everywhere;
    public static String open_example;
    public static String open_file;
    public static String open_fileTitle;
    public static String open_lab;
    public static String open_labAccount;
    public static String open_labAccounts;
    public static String open_labDevices;
    public static String open_labEmpty;
    public static String open_labFile;
    public static String open_labLeft;
    public static String open_labSteps;
    public static String open_labTaken;
    public static String open_labTitle;
    public static String open_labUnreadable;
    public static String open_labWhere;
    public static String open_labWrong;
    public static String open_labsNone;
    public static String open_labsRead;
    public static String open_mail;
    public static String open_means;
    public static String open_message;
    public static String open_noAddress;
    public static String open_notOurs;
    public static String open_ok;
    public static String open_ports;
    public static String open_portsAre;
    public static String open_problem;
    public static String open_sample;
    public static String open_sessions;
    public static String open_students;
    public static String open_title;
    public static String save_all;
    public static String save_job;
    public static String save_title;
    public static String status_open;
    public static String view_closed;
    public static String view_looking;
    public static String view_none;
    public static String view_open;

    static {
        initializeMessages("dev.mailscope.ui.classroom.messages", Messages.class);
    }

    private Messages() {
    }
}
