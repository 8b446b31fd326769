package dev.mailscope.server.mailbox;

/**
 * What led to a change.
 *
 * @param session the number of the session that asked for it, 0 for the server itself or its user
 * @param event   the number of the trace event that caused it, 0 for none
 * @param command the command it belongs to, empty for none
 */
public record Cause(long session, long event, String command) {
    /** The server itself, or its user. */
    public static final Cause SERVER = new Cause(0, 0, "");
}
