package dev.mailscope.ui.session;

import java.util.List;

/** The protocols a session can speak, with their phases in the order in which a session goes through them. */
public enum Protocol {
    /** RFC 1939. */
    POP3("pop3", List.of("Connect", "Authorization", "Transaction", "Update")),
    /** RFC 9051 section 3. */
    IMAP("imap", List.of("Not Authenticated", "Authenticated", "Selected", "Logout"));

    private final String traceName;
    private final List<String> phases;

    Protocol(String traceName, List<String> phases) {
        this.traceName = traceName;
        this.phases = phases;
    }

    /** Its name in the trace. */
    public String traceName() {
        return traceName;
    }

    /** The phases by the names they have in the trace. */
    public List<String> phases() {
        return phases;
    }

    /** True in a phase in which the server does not know yet who the client is. */
    public boolean isBeforeLogin(String phase) {
        return switch (this) {
            case POP3 -> !phase.equals("Transaction") && !phase.equals("Update");
            case IMAP -> !phase.equals("Authenticated") && !phase.equals("Selected") && !phase.equals("Logout");
        };
    }

    /** True in the phase in which a client logs in. */
    boolean isForLogin(String phase) {
        return phase.equals(this == POP3 ? "Authorization" : "Not Authenticated");
    }
}
