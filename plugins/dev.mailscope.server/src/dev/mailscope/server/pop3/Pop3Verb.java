package dev.mailscope.server.pop3;

import static dev.mailscope.server.pop3.Pop3Phase.Kind.AUTHORIZATION;
import static dev.mailscope.server.pop3.Pop3Phase.Kind.TRANSACTION;
import static dev.mailscope.server.pop3.Pop3Phase.Kind.UPDATE;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of POP3's commands: in which phases each is legal, how it is written, and what it is for. The session's
 * check, the console's content assist and the diagram of phases all read this one table.
 */
public enum Pop3Verb {
    /** Lists the capabilities. */
    CAPA("CAPA", "Asks what the server can do.", "RFC 2449 section 5", AUTHORIZATION, TRANSACTION),
    /** Names the user. */
    USER("USER name", "Says whose mail it is about; the password follows with PASS.", "RFC 1939 section 7",
            AUTHORIZATION),
    /** Gives the password. */
    PASS("PASS password", "Gives the password for the name that USER gave, and so logs in.", "RFC 1939 section 7",
            AUTHORIZATION),
    /** Logs in with a digest. */
    APOP("APOP name digest", "Logs in without sending the password: the digest is the MD5 of the greeting's "
            + "timestamp followed by the password.", "RFC 1939 section 7", AUTHORIZATION),
    /** Logs in by a SASL mechanism. */
    AUTH("AUTH [mechanism [initial-response]]",
            "Logs in by a SASL mechanism, such as SCRAM-SHA-256; without one, lists "
            + "those there are.", "RFC 5034 section 4", AUTHORIZATION),
    /** Starts TLS. */
    STLS("STLS", "Continues the same connection encrypted.", "RFC 2595 section 4", AUTHORIZATION),
    /** Switches to UTF-8 mode. */
    UTF8("UTF8", "Says that the client understands UTF-8 in the headers of messages and in the server's texts.",
            "RFC 6856 section 2", AUTHORIZATION),
    /** Chooses a language. */
    LANG("LANG [language]", "Lists the languages of the server's texts, or chooses one; * is the server's own.",
            "RFC 6856 section 3", AUTHORIZATION, TRANSACTION),
    /** Counts. */
    STAT("STAT", "Says how many messages there are, and their octets together.", "RFC 1939 section 5", TRANSACTION),
    /** Lists sizes. */
    LIST("LIST [msg]", "Lists the number and the size of each message, or of one.", "RFC 1939 section 5", TRANSACTION),
    /** Lists unique-ids. */
    UIDL("UIDL [msg]", "Lists the number and the unique-id of each message, or of one; a unique-id stays the same "
            + "in every session.", "RFC 1939 section 7", TRANSACTION),
    /** Sends a message. */
    RETR("RETR msg", "Fetches a message.", "RFC 1939 section 5", TRANSACTION),
    /** Sends the beginning of a message. */
    TOP("TOP msg n", "Fetches a message's header and the first n lines of its body.", "RFC 1939 section 7",
            TRANSACTION),
    /** Marks a message. */
    DELE("DELE msg", "Marks a message as deleted; it goes only after QUIT.", "RFC 1939 section 5", TRANSACTION),
    /** Takes the marks back. */
    RSET("RSET", "Takes all marks back: nothing will be deleted.", "RFC 1939 section 5", TRANSACTION),
    /** Does nothing. */
    NOOP("NOOP", "Does nothing but get an answer.", "RFC 1939 section 5", TRANSACTION),
    /** Ends the session. */
    QUIT("QUIT", "Ends the session. After login, the messages marked as deleted go now.", "RFC 1939 section 6",
            AUTHORIZATION, TRANSACTION);

    private final String syntax;
    private final String explanation;
    private final String section;
    private final Set<Pop3Phase.Kind> phases;

    Pop3Verb(String syntax, String explanation, String section, Pop3Phase.Kind... phases) {
        this.syntax = syntax;
        this.explanation = explanation;
        this.section = section;
        this.phases = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(phases)));
    }

    /** How the command is written; an argument in brackets may be left out. */
    public String syntax() {
        return syntax;
    }

    /** What it is for, in one sentence. */
    public String explanation() {
        return explanation;
    }

    /** Where it is defined. */
    public String section() {
        return section;
    }

    /** The phases in which it is legal. */
    public Set<Pop3Phase.Kind> phases() {
        return phases;
    }

    /** True when it is legal in that phase. */
    public boolean isLegalIn(Pop3Phase.Kind phase) {
        return phases.contains(phase);
    }

    /** The commands that are legal in that phase. */
    public static List<Pop3Verb> legalIn(Pop3Phase.Kind phase) {
        return Arrays.stream(values()).filter(verb -> verb.isLegalIn(phase)).toList();
    }

    /** The phase into which it leads from that one when it succeeds; empty when the session stays, or is over. */
    public Optional<Pop3Phase.Kind> leadsTo(Pop3Phase.Kind phase) {
        return switch (this) {
            case PASS, APOP, AUTH -> Optional.of(TRANSACTION);
            case QUIT -> phase == TRANSACTION ? Optional.of(UPDATE) : Optional.empty();
            case CAPA, USER, STLS, UTF8, LANG, STAT, LIST, UIDL, RETR, TOP, DELE, RSET, NOOP -> Optional.empty();
        };
    }

    /** True when the server closes the connection once it has answered it (RFC 1939 section 3). */
    public boolean endsSession() {
        return this == QUIT;
    }

    /** True when its argument, or part of it, must never be shown. */
    boolean carriesSecret() {
        return this == PASS || this == APOP || this == AUTH;
    }
}
