package dev.mailscope.server.imap.command;

import java.util.List;
import java.util.Locale;

import dev.mailscope.server.mailbox.Folder;

/** Which folders a group of a NOTIFY is about (RFC 5465 section 6, "filter-mailboxes"). */
public sealed interface MailboxFilter {
    /** The ones that are a name and nothing else. */
    enum Simple implements MailboxFilter {
        /** The open folder, told at once (section 6.1.1). */
        SELECTED,
        /** The open folder, with expunges told only where a command allows it (section 6.1.2). */
        SELECTED_DELAYED,
        /** The folders to which mail may be delivered (section 6.3). */
        INBOXES,
        /** All folders of the user (section 6.2). */
        PERSONAL,
        /** All subscribed folders (section 6.4). */
        SUBSCRIBED;

        /** As a command writes it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** These folders and all below them (section 6.5). */
    record Subtree(List<String> names) implements MailboxFilter {
        /** Keeps the names as folders have them. */
        public Subtree {
            names = names.stream().map(Folder::canonicalName).toList();
        }
    }

    /** These folders; no character of a name stands for others (section 6.6). */
    record Mailboxes(List<String> names) implements MailboxFilter {
        /** Keeps the names as folders have them. */
        public Mailboxes {
            names = names.stream().map(Folder::canonicalName).toList();
        }
    }

    /** True when it is about the folder that is open, whichever that is. */
    default boolean isSelected() {
        return this == Simple.SELECTED || this == Simple.SELECTED_DELAYED;
    }
}
