package dev.mailscope.server.imap.command;

import java.util.List;
import java.util.Set;

/**
 * One group of a NOTIFY: events, and the folders they are to be told of (RFC 5465 section 8, "event-group").
 *
 * @param events     none for NONE
 * @param attributes what a FETCH response tells of a message that has come into the open folder, in the client's order,
 *                   each once; empty for no FETCH response
 */
public record EventGroup(MailboxFilter mailboxes, Set<NotifyEvent> events, List<FetchAttribute> attributes) {
    /** Keeps its own copies. */
    public EventGroup {
        events = Set.copyOf(events);
        attributes = List.copyOf(attributes);
    }
}
