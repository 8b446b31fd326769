package dev.mailscope.ui.server;

import java.util.Comparator;

import dev.mailscope.server.mailbox.Folder;

/** How folders are listed. */
final class FolderOrder {
    /** INBOX and what lies below it, then the others by name. */
    static final Comparator<Folder> INBOX_FIRST = Comparator
            .comparing((Folder f) -> !f.isInbox() && !f.name().startsWith(Folder.INBOX + Folder.SEPARATOR))
            .thenComparing(Folder::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Folder::name);

    private FolderOrder() {
    }
}
