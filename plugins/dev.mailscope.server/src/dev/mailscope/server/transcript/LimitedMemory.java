package dev.mailscope.server.transcript;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;

/** Memory for so many messages and octets of mail, counted as a quota counts them, and no more. */
final class LimitedMemory implements Storage {
    private final long mostMessages;
    private final long mostOctets;
    private long messages;
    private long octets;

    LimitedMemory(long mostMessages, long mostOctets) {
        this.mostMessages = mostMessages;
        this.mostOctets = mostOctets;
    }

    @Override
    public Hold hold(Content content) {
        return MEMORY.hold(content);
    }

    @Override
    public void admit(Commit commit) {
        var added = 0L;
        var grown = 0L;
        for (var change : commit.changes()) {
            if (change instanceof Change.MessageAdded more) {
                added++;
                grown += more.message().size();
            }
        }
        if (added > 0 && (messages + added > mostMessages || octets + grown > mostOctets)) {
            throw new MailboxException(MailboxException.Reason.LIMIT, "There is no room for more mail here than "
                    + mostMessages + " messages and " + (mostOctets >> 20) + " MiB.");
        }
    }

    @Override
    public void committed(Commit commit) {
        for (var change : commit.changes()) {
            switch (change) {
                case Change.MessageAdded more -> count(1, more.message().size());
                case Change.MessageRemoved less -> count(-1, -less.message().size());
                case Change.FolderDeleted gone -> commit.before().account(gone.account())
                        .flatMap(account -> account.folder(gone.folderId()))
                        .ifPresent(folder -> count(-folder.size(), -folder.octets()));
                default -> {
                    // no mail comes or goes
                }
            }
        }
    }

    @Override
    public void awaitKept(long version) {
        // it is
    }

    private void count(long more, long grown) {
        messages += more;
        octets += grown;
    }
}
