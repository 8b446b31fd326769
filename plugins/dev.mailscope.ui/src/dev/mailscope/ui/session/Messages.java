package dev.mailscope.ui.session;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String Argument_fetch;
    public static String Argument_flags;
    public static String Argument_mechanism;
    public static String Argument_pattern;
    public static String Argument_reference;
    public static String Argument_search;
    public static String Argument_status;
    public static String Argument_store;
    public static String Argument_top;
    public static String CommandField_name;
    public static String CommandProposals_account;
    public static String CommandProposals_allMessages;
    public static String CommandProposals_folder;
    public static String CommandProposals_message;
    public static String CommandProposals_messageByUid;
    public static String ConnectDialog_connect;
    public static String ConnectDialog_host;
    public static String ConnectDialog_message;
    public static String ConnectDialog_port;
    public static String ConnectDialog_protocol;
    public static String ConnectDialog_title;
    public static String ConnectDialog_tls;
    public static String ConnectDialog_window;
    public static String ConsoleSession_closedByServer;
    public static String ConsoleSession_connected;
    public static String ConsoleSession_lost;
    public static String ConsoleSession_noTls;
    public static String ConsoleSession_thrownAway;
    public static String ConsoleSession_noAnswer;
    public static String ConsoleSession_notConnected;
    public static String ConsoleSession_refused;
    public static String ConsoleSession_unknownHost;
    public static String EmptyConsole_open;
    public static String EmptyConsole_sentences;
    public static String Histories_saving;
    public static String LiteralDialog_command;
    public static String LiteralDialog_message;
    public static String LiteralDialog_message_sample;
    public static String LiteralDialog_send;
    public static String LiteralDialog_sent;
    public static String LiteralDialog_text;
    public static String LiteralDialog_title;
    public static String LiteralDialog_window;
    public static String PhaseStrip_description;
    public static String ProposalPopup_noExplanation;
    public static String ReplyReader_cut;
    public static String ReplyReader_cutForeign;
    public static String SessionTab_again;
    public static String SessionTab_asked;
    public static String SessionTab_atEvent;
    public static String SessionTab_connecting;
    public static String SessionTab_cutImap;
    public static String SessionTab_cutMarked;
    public static String SessionTab_cutPop3;
    public static String SessionTab_cutTransaction;
    public static String SessionTab_ended;
    public static String SessionTab_forkEnded;
    public static String SessionTab_goOn;
    public static String SessionTab_held;
    public static String SessionTab_inferred;
    public static String SessionTab_needsTls;
    public static String SessionTab_noTlsPort;
    public static String SessionTab_ports;
    public static String SessionTab_secure;
    public static String SessionTab_startTls;
    public static String SessionTab_literal;
    public static String SessionTab_literalUnasked;
    public static String SessionTab_logIn;
    public static String SessionTab_nobody;
    public static String SessionTab_noServer;
    public static String SessionTab_ofFork;
    public static String SessionTab_over;
    public static String SessionTab_refused;
    public static String SessionTab_serverFailed;
    public static String SessionTab_rest;
    public static String SessionTab_sessionOver;
    public static String SessionTab_start;
    public static String SessionTab_startElsewhere;
    public static String SessionTab_starting;
    public static String Transcript_name;
    public static String Wire_own;
    public static String Wire_secure;
    public static String Wire_trusted;
    public static String Wire_untrusted;

    static {
        initializeMessages("dev.mailscope.ui.session.messages", Messages.class);
    }

    private Messages() {
    }
}
