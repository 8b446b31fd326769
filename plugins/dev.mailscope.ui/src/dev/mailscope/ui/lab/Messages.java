package dev.mailscope.ui.lab;

import org.eclipse.osgi.util.NLS;

/** The texts of this package, in messages.properties. */
final class Messages extends NLS {
    public static String answer_down;
    public static String answer_number;
    public static String answer_orderHint;
    public static String answer_text;
    public static String answer_up;
    public static String asked_answer;
    public static String asked_cannotTell;
    public static String asked_first;
    public static String asked_happenedNone;
    public static String asked_happenedRight;
    public static String asked_happenedWrong;
    public static String asked_kept;
    public static String asked_later;
    public static String asked_never;
    public static String asked_predict;
    public static String asked_prediction;
    public static String asked_question;
    public static String asked_right;
    public static String asked_wrong;
    public static String check_cannotTell;
    public static String check_held;
    public static String check_holds;
    public static String check_later;
    public static String check_no;
    public static String check_notYet;
    public static String empty_again;
    public static String empty_anew;
    public static String empty_begun;
    public static String empty_failed;
    public static String empty_open;
    public static String empty_opening;
    public static String empty_text;
    public static String empty_wrong;
    public static String export_blank;
    public static String export_done;
    public static String export_job;
    public static String export_name;
    public static String export_title;
    public static String finished_text;
    public static String guest_lab;
    public static String guest_taken;
    public static String job_answer;
    public static String job_begin;
    public static String job_close;
    public static String job_hint;
    public static String job_next;
    public static String job_open;
    public static String job_retry;
    public static String menu_noLab;
    public static String page_checks;
    public static String page_checksAnswer;
    public static String page_checksPredict;
    public static String page_hints;
    public static String steps_ended;
    public static String steps_endedOnly;
    public static String steps_open;
    public static String steps_working;
    public static String steps_workingOnly;
    public static String view_anew;
    public static String view_anewQuestion;
    public static String view_begin;
    public static String view_close;
    public static String view_export;
    public static String view_finish;
    public static String view_finished;
    public static String view_goOn;
    public static String view_hint;
    public static String view_hintOf;
    public static String view_leave;
    public static String view_line;
    public static String view_next;
    public static String view_retry;
    public static String view_retryFrom;
    public static String view_retryQuestion;
    public static String view_title;

    static {
        initializeMessages("dev.mailscope.ui.lab.messages", Messages.class);
    }

    private Messages() {
    }
}
