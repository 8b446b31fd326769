package dev.mailscope.server.pop3;

import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;

/**
 * An account's INBOX as it was at login. Numbers, sizes and unique-ids never move while the session lasts; a message
 * that is removed meanwhile stays readable here.
 */
public final class Maildrop {
    private final String account;
    private final Folder folder;
    private final Message[] messages;
    private final int[] sizes;

    /** The account's maildrop with what that folder holds, numbered by UID. */
    public Maildrop(String account, Folder folder) {
        this.account = account;
        this.folder = folder;
        this.messages = folder.messages().values().toArray(new Message[0]);
        this.sizes = new int[messages.length];
    }

    /** The user name of its account. */
    public String account() {
        return account;
    }

    /** The folder it is the snapshot of. */
    public Folder folder() {
        return folder;
    }

    /** The highest message number. */
    public int highest() {
        return messages.length;
    }

    /** The message with that number, 1 to {@link #highest}. */
    public Message message(int number) {
        return messages[number - 1];
    }

    /** The message's size in octets as RETR sends it; see {@link MultiLine#size}. */
    public int size(int number) {
        // Worked out when first asked for: it takes a look at every octet. 0 stands for not yet, or for no octets.
        if (sizes[number - 1] == 0) {
            sizes[number - 1] = MultiLine.size(message(number).content());
        }
        return sizes[number - 1];
    }

    /** The octets of all messages but those. */
    public long octetsWithout(TreePSet<Integer> marks) {
        var octets = 0L;
        for (var number = 1; number <= highest(); number++) {
            if (!marks.contains(number)) {
                octets += size(number);
            }
        }
        return octets;
    }

    /**
     * The message's unique-id: UIDVALIDITY, a hyphen and the UID. It says exactly as much as IMAP does, so it is the
     * same in every session and never given to another message (RFC 1939 section 7).
     */
    public String uniqueId(int number) {
        return folder.uidValidity() + "-" + message(number).uid();
    }
}
