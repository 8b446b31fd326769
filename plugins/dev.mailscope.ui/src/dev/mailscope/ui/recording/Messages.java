package dev.mailscope.ui.recording;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String editor_cannot;
    public static String editor_closing;
    public static String editor_noFile;
    public static String editor_opening;
    public static String editor_outcome;
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
    public static String fork_session;
    public static String fork_sessionHint;
    public static String fork_starting;
    public static String import_all;
    public static String import_browse;
    public static String import_cancelled;
    public static String import_description;
    public static String import_differs;
    public static String import_differsMessage;
    public static String import_failed;
    public static String import_failedSeveral;
    public static String import_file;
    public static String import_isCapture;
    public static String import_isRecording;
    public static String import_isTranscript;
    public static String import_known;
    public static String import_looking;
    public static String import_more;
    public static String import_open;
    public static String import_several;
    public static String import_title;
    public static String recordings_begun;
    public static String recordings_delete;
    public static String recordings_deleteQuestion;
    public static String recordings_deleting;
    public static String recordings_events;
    public static String recordings_import;
    public static String recordings_imported;
    public static String recordings_importing;
    public static String recordings_inMemory;
    public static String recordings_isOpen;
    public static String recordings_job;
    public static String recordings_kib;
    public static String recordings_length;
    public static String recordings_live;
    public static String recordings_mib;
    public static String recordings_name;
    public static String recordings_nameTaken;
    public static String recordings_nameWrong;
    public static String recordings_notes;
    public static String recordings_open;
    public static String recordings_policy;
    public static String recordings_policyOne;
    public static String recordings_refresh;
    public static String recordings_rename;
    public static String recordings_renameMessage;
    public static String recordings_renameTitle;
    public static String recordings_renaming;
    public static String recordings_saveAs;
    public static String recordings_servers;
    public static String recordings_size;
    public static String recordings_state;
    public static String recordings_title;
    public static String saveAs_failed;
    public static String saveAs_job;
    public static String saveAs_live;
    public static String saveAs_title;

    static {
        initializeMessages("dev.mailscope.ui.recording.messages", Messages.class);
    }

    private Messages() {
    }
}
