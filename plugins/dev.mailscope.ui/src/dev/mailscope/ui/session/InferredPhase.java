package dev.mailscope.ui.session;

/**
 * The phase of a session with a server that has no trace here, as its replies give it away. A guess: the server may
 * know better. Fed by one thread, read by any.
 */
final class InferredPhase {
    private final Protocol protocol;
    private boolean greeted;
    private volatile String phase;

    InferredPhase(Protocol protocol) {
        this.protocol = protocol;
        this.phase = protocol.phases().getFirst();
    }

    /** The phase by its name in the trace. */
    String phase() {
        return phase;
    }

    /** Takes a reply that answers that verb; an empty text for one that answers none. */
    void replied(Reply reply, String verb) {
        phase = switch (protocol) {
            case POP3 -> pop3(reply, verb);
            case IMAP -> imap(reply, verb);
        };
        greeted = true;
    }

    private String pop3(Reply reply, String verb) {
        if (!reply.isOk()) {
            return phase;
        }
        if (!greeted) {
            return "Authorization";
        }
        return switch (verb) {
            case "PASS", "APOP", "AUTH" -> "Transaction";
            case "QUIT" -> phase.equals("Transaction") ? "Update" : phase;
            default -> phase;
        };
    }

    private String imap(Reply reply, String verb) {
        if (reply.isUntagged()) {
            return switch (reply.condition()) {
                case "PREAUTH" -> greeted ? phase : "Authenticated";
                case "BYE" -> "Logout";
                default -> phase;
            };
        }
        return switch (verb) {
            case "LOGIN", "AUTHENTICATE" -> reply.isOk() ? "Authenticated" : phase;
            case "SELECT", "EXAMINE" -> reply.isOk() ? "Selected"
                    // A SELECT that fails leaves the folder that was selected (RFC 9051 section 6.3.2).
                    : reply.condition().equals(Reply.NO) && phase.equals("Selected") ? "Authenticated" : phase;
            case "CLOSE", "UNSELECT" -> reply.isOk() ? "Authenticated" : phase;
            case "LOGOUT" -> reply.isOk() ? "Logout" : phase;
            default -> phase;
        };
    }
}
