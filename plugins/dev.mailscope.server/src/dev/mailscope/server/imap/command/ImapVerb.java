package dev.mailscope.server.imap.command;

import static dev.mailscope.server.imap.command.ImapPhase.AUTHENTICATED;
import static dev.mailscope.server.imap.command.ImapPhase.NOT_AUTHENTICATED;
import static dev.mailscope.server.imap.command.ImapPhase.SELECTED;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands of IMAP: where each is legal, how it is written, what it does, and where to read on. */
public enum ImapVerb {
    CAPABILITY("CAPABILITY", Legal.ANY, "CAPABILITY",
            "Asks which features the server has.", "RFC 3501 section 6.1.1"),
    NOOP("NOOP", Legal.ANY, "NOOP",
            "Does nothing, but gives the server the chance to report news of the folder.", "RFC 3501 section 6.1.2"),
    LOGOUT("LOGOUT", Legal.ANY, "LOGOUT",
            "Ends the session. Messages marked \\Deleted stay.", "RFC 3501 section 6.1.3"),
    ID("ID", Legal.ANY, "ID (\"field\" \"value\" …) | ID NIL",
            "Tells the server what program the client is, and asks the same back.", "RFC 2971"),

    ENABLE("ENABLE", Legal.AFTER_LOGIN, "ENABLE extension …",
            "Tells the server which extensions the client understands, so that it may use them.",
            "RFC 5161, RFC 9051 section 6.3.1"),
    STARTTLS("STARTTLS", Legal.BEFORE_LOGIN, "STARTTLS",
            "Continues the same connection encrypted.", "RFC 3501 section 6.2.1"),
    AUTHENTICATE("AUTHENTICATE", Legal.BEFORE_LOGIN, "AUTHENTICATE mechanism [initial-response]",
            "Logs in by a SASL mechanism, such as PLAIN.", "RFC 3501 section 6.2.2"),
    LOGIN("LOGIN", Legal.BEFORE_LOGIN, "LOGIN user password",
            "Logs in with the password as plain text.", "RFC 3501 section 6.2.3"),

    COMPRESS("COMPRESS", Legal.AFTER_LOGIN, "COMPRESS DEFLATE",
            "Continues the same connection compressed, in both directions.", "RFC 4978"),
    SELECT("SELECT", Legal.AFTER_LOGIN, "SELECT folder [(CONDSTORE)] [(QRESYNC (uid-validity mod-sequence …))]",
            "Opens a folder to read and change it; closes the one that was open.", "RFC 3501 section 6.3.1"),
    EXAMINE("EXAMINE", Legal.AFTER_LOGIN, "EXAMINE folder [(CONDSTORE)] [(QRESYNC (uid-validity mod-sequence …))]",
            "Opens a folder only to read it: nothing in it can change.", "RFC 3501 section 6.3.2"),
    CREATE("CREATE", Legal.AFTER_LOGIN, "CREATE folder",
            "Makes a new folder.", "RFC 3501 section 6.3.3"),
    DELETE("DELETE", Legal.AFTER_LOGIN, "DELETE folder",
            "Removes a folder with all its messages.", "RFC 3501 section 6.3.4"),
    RENAME("RENAME", Legal.AFTER_LOGIN, "RENAME folder new-name",
            "Gives a folder, and all folders below it, another name.", "RFC 3501 section 6.3.5"),
    SUBSCRIBE("SUBSCRIBE", Legal.AFTER_LOGIN, "SUBSCRIBE folder",
            "Puts a folder on the list of those the user wants to see.", "RFC 3501 section 6.3.6"),
    UNSUBSCRIBE("UNSUBSCRIBE", Legal.AFTER_LOGIN, "UNSUBSCRIBE folder",
            "Takes a folder off the list of subscribed ones.", "RFC 3501 section 6.3.7"),
    LIST("LIST", Legal.AFTER_LOGIN, "LIST reference pattern",
            "Lists the folders whose names fit the pattern: * stands for anything, % for one level.",
            "RFC 3501 section 6.3.8"),
    LSUB("LSUB", Legal.AFTER_LOGIN, "LSUB reference pattern",
            "Lists the subscribed folders whose names fit the pattern.", "RFC 3501 section 6.3.9"),
    STATUS("STATUS", Legal.AFTER_LOGIN, "STATUS folder (item …)",
            "Asks how many messages a folder has, and the like, without opening it.", "RFC 3501 section 6.3.10"),
    SETACL("SETACL", Legal.AFTER_LOGIN, "SETACL folder identifier [+|-]rights",
            "Says what a user may do with a folder, by letters from lrswipkxtea.", "RFC 4314 section 3.1"),
    DELETEACL("DELETEACL", Legal.AFTER_LOGIN, "DELETEACL folder identifier",
            "Takes an identifier off a folder's access list.", "RFC 4314 section 3.2"),
    GETACL("GETACL", Legal.AFTER_LOGIN, "GETACL folder",
            "Asks for a folder's access list: who may do what with it.", "RFC 4314 section 3.3"),
    LISTRIGHTS("LISTRIGHTS", Legal.AFTER_LOGIN, "LISTRIGHTS folder identifier",
            "Asks which rights on a folder an identifier always has, and which it can be given.",
            "RFC 4314 section 3.4"),
    MYRIGHTS("MYRIGHTS", Legal.AFTER_LOGIN, "MYRIGHTS folder",
            "Asks what the user may do with a folder.", "RFC 4314 section 3.5"),
    GETQUOTA("GETQUOTA", Legal.AFTER_LOGIN, "GETQUOTA quota-root",
            "Asks how much may be kept under a quota root, and how much is.", "RFC 9208 section 4.1.1"),
    GETQUOTAROOT("GETQUOTAROOT", Legal.AFTER_LOGIN, "GETQUOTAROOT folder",
            "Asks which quota a folder counts for, and how much of it is used.", "RFC 9208 section 4.1.2"),
    SETQUOTA("SETQUOTA", Legal.AFTER_LOGIN, "SETQUOTA quota-root ([STORAGE | MESSAGE | MAILBOX limit …])",
            "Sets how much may be kept under a quota root, in place of all limits it had.",
            "RFC 9208 section 4.1.3"),
    GETMETADATA("GETMETADATA", Legal.AFTER_LOGIN,
            "GETMETADATA [(MAXSIZE octets DEPTH 0 | 1 | infinity)] folder entry | (entry …)",
            "Reads what is noted about a folder, or with \"\" about the server.", "RFC 5464 section 4.2"),
    SETMETADATA("SETMETADATA", Legal.AFTER_LOGIN, "SETMETADATA folder (entry value | NIL …)",
            "Notes something about a folder, or with \"\" about the server.", "RFC 5464 section 4.3"),
    APPEND("APPEND", Legal.AFTER_LOGIN, "APPEND folder [(flag …)] [\"date-time\"] {size}",
            "Puts a message of the client's into a folder.", "RFC 3501 section 6.3.11"),
    NAMESPACE("NAMESPACE", Legal.AFTER_LOGIN, "NAMESPACE",
            "Asks where the user's own folders, other users' folders and shared folders begin.", "RFC 2342"),
    IDLE("IDLE", Legal.AFTER_LOGIN, "IDLE, later DONE on a line of its own",
            "Waits: the server tells at once what changes, until the client sends DONE.", "RFC 2177"),
    NOTIFY("NOTIFY", Legal.AFTER_LOGIN, "NOTIFY SET [STATUS] (selected | personal | … (event …)) … | NOTIFY NONE",
            "Says which changes, in which folders, the server is to tell at any time.", "RFC 5465"),

    CHECK("CHECK", Legal.WITH_FOLDER, "CHECK",
            "Asks the server to bring its housekeeping for the open folder up to date.", "RFC 3501 section 6.4.1"),
    CLOSE("CLOSE", Legal.WITH_FOLDER, "CLOSE",
            "Removes the messages marked \\Deleted without a word and closes the folder.", "RFC 3501 section 6.4.2"),
    UNSELECT("UNSELECT", Legal.WITH_FOLDER, "UNSELECT",
            "Closes the folder and removes nothing.", "RFC 3691"),
    EXPUNGE("EXPUNGE", Legal.WITH_FOLDER, "EXPUNGE",
            "Removes all messages marked \\Deleted from the open folder.", "RFC 3501 section 6.4.3"),
    SEARCH("SEARCH", Legal.WITH_FOLDER, "SEARCH [RETURN (option …)] [CHARSET charset] key …",
            "Finds messages; answers with their sequence numbers.", "RFC 3501 section 6.4.4"),
    SORT("SORT", Legal.WITH_FOLDER, "SORT [RETURN (option …)] ([REVERSE] criterion …) charset key …",
            "Finds messages, as SEARCH does, and tells them in an order.", "RFC 5256, RFC 5267 section 3"),
    THREAD("THREAD", Legal.WITH_FOLDER, "THREAD ORDEREDSUBJECT | REFERENCES charset key …",
            "Finds messages, as SEARCH does, and tells which belong to one conversation.", "RFC 5256"),
    FETCH("FETCH", Legal.WITH_FOLDER,
            "FETCH sequence-set item | (item …) | ALL | FAST | FULL [(CHANGEDSINCE mod-sequence)]",
            "Reads flags, headers, structure or text of messages.", "RFC 3501 section 6.4.5"),
    STORE("STORE", Legal.WITH_FOLDER,
            "STORE sequence-set [(UNCHANGEDSINCE mod-sequence)] [+|-]FLAGS[.SILENT] (flag …)",
            "Sets, adds or removes flags of messages.", "RFC 3501 section 6.4.6"),
    COPY("COPY", Legal.WITH_FOLDER, "COPY sequence-set folder",
            "Copies messages to the end of another folder.", "RFC 3501 section 6.4.7"),
    MOVE("MOVE", Legal.WITH_FOLDER, "MOVE sequence-set folder",
            "Moves messages to the end of another folder, in one step.", "RFC 6851, RFC 9051 section 6.4.8"),
    REPLACE("REPLACE", Legal.WITH_FOLDER, "REPLACE sequence-number folder [(flag …)] [\"date-time\"] {size}",
            "Puts a message of the client's into a folder and removes another one, in one step.", "RFC 8508"),
    UID_FETCH("UID FETCH", Legal.WITH_FOLDER, "UID FETCH uid-set item | (item …) | ALL | FAST | FULL"
            + " [(CHANGEDSINCE mod-sequence [VANISHED] PARTIAL range)]",
            "FETCH, with the messages named by UID.", "RFC 3501 section 6.4.8"),
    UID_SEARCH("UID SEARCH", Legal.WITH_FOLDER, "UID SEARCH [RETURN (option …)] [CHARSET charset] key …",
            "SEARCH, answered with UIDs.", "RFC 3501 section 6.4.8"),
    UID_SORT("UID SORT", Legal.WITH_FOLDER, "UID SORT [RETURN (option …)] ([REVERSE] criterion …) charset key …",
            "SORT, answered with UIDs.", "RFC 5256, RFC 5267 section 3"),
    UID_THREAD("UID THREAD", Legal.WITH_FOLDER, "UID THREAD ORDEREDSUBJECT | REFERENCES charset key …",
            "THREAD, answered with UIDs.", "RFC 5256"),
    UID_STORE("UID STORE", Legal.WITH_FOLDER,
            "UID STORE uid-set [(UNCHANGEDSINCE mod-sequence)] [+|-]FLAGS[.SILENT] (flag …)",
            "STORE, with the messages named by UID.", "RFC 3501 section 6.4.8"),
    UID_COPY("UID COPY", Legal.WITH_FOLDER, "UID COPY uid-set folder",
            "COPY, with the messages named by UID.", "RFC 3501 section 6.4.8"),
    UID_MOVE("UID MOVE", Legal.WITH_FOLDER, "UID MOVE uid-set folder",
            "MOVE, with the messages named by UID.", "RFC 6851, RFC 9051 section 6.4.9"),
    UID_REPLACE("UID REPLACE", Legal.WITH_FOLDER, "UID REPLACE uid folder [(flag …)] [\"date-time\"] {size}",
            "REPLACE, with the message that goes named by UID.", "RFC 8508"),
    UID_EXPUNGE("UID EXPUNGE", Legal.WITH_FOLDER, "UID EXPUNGE uid-set",
            "Removes those of the named messages that are marked \\Deleted.", "RFC 4315 section 2.1");

    // Nested, because an enum's constants are made before its own static fields.
    private static final class Legal {
        static final Set<ImapPhase> ANY = Collections.unmodifiableSet(
                EnumSet.of(NOT_AUTHENTICATED, AUTHENTICATED, SELECTED));
        static final Set<ImapPhase> BEFORE_LOGIN = Collections.unmodifiableSet(EnumSet.of(NOT_AUTHENTICATED));
        static final Set<ImapPhase> AFTER_LOGIN = Collections.unmodifiableSet(EnumSet.of(AUTHENTICATED, SELECTED));
        static final Set<ImapPhase> WITH_FOLDER = Collections.unmodifiableSet(EnumSet.of(SELECTED));
    }

    private static final class Leading {
        static final Map<ImapVerb, ImapPhase> TO = Map.of(LOGIN, AUTHENTICATED, AUTHENTICATE, AUTHENTICATED,
                SELECT, SELECTED, EXAMINE, SELECTED, CLOSE, AUTHENTICATED, UNSELECT, AUTHENTICATED,
                LOGOUT, ImapPhase.LOGOUT);
    }

    private static final Map<String, ImapVerb> BY_NAME = new HashMap<>();

    static {
        Arrays.stream(values()).forEach(verb -> BY_NAME.put(verb.wireName, verb));
    }

    private final String wireName;
    private final Set<ImapPhase> phases;
    private final String syntax;
    private final String explanation;
    private final String reference;

    ImapVerb(String wireName, Set<ImapPhase> phases, String syntax, String explanation, String reference) {
        this.wireName = wireName;
        this.phases = phases;
        this.syntax = syntax;
        this.explanation = explanation;
        this.reference = reference;
    }

    /** The verb of that name in capitals, such as {@code UID FETCH}; null for none. */
    public static ImapVerb named(String name) {
        return BY_NAME.get(name);
    }

    /** Its name as it is written, in capitals. */
    public String wireName() {
        return wireName;
    }

    /** The phases in which it is legal; unmodifiable. */
    public Set<ImapPhase> phases() {
        return phases;
    }

    /** True when it is legal in that phase. */
    public boolean legalIn(ImapPhase phase) {
        return phases.contains(phase);
    }

    /**
     * The phase into which it leads when it succeeds (RFC 3501 section 3); empty when the session stays where it is. A
     * SELECT or EXAMINE that is refused closes the folder that was open (section 6.3.1).
     */
    public Optional<ImapPhase> leadsTo() {
        return Optional.ofNullable(Leading.TO.get(this));
    }

    /** True when it brings a message: then a literal of its may be as large as one. */
    public boolean bringsMessage() {
        return this == APPEND || this == REPLACE || this == UID_REPLACE;
    }

    /** How it is written, in one line, without the tag. */
    public String syntax() {
        return syntax;
    }

    /** What it does, in one sentence for somebody who learns IMAP. */
    public String explanation() {
        return explanation;
    }

    /** Where it is defined. */
    public String reference() {
        return reference;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
