package dev.mailscope.server.pop3;

import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;

/**
 * An account's INBOX as it was at login. Numbers, sizes and unique-ids never move while the session lasts; a message
 * that is removed meanwhile stays readable here. Outside UTF-8 mode a message with internationalized headers shows as
 * its surrogate, in RETR, TOP and every size (RFC 6856 section 2.1).
 */
public final class Maildrop {
    private final String account;
    private final Folder folder;
    private final Message[] messages;
    private final boolean utf8;

    /** The account's maildrop with what that folder holds, numbered by UID; for a client in UTF-8 mode, or not. */
    public Maildrop(String account, Folder folder, boolean utf8) {
        this.account = account;
        this.folder = folder;
        this.messages = folder.messages().values().toArray(new Message[0]);
        this.utf8 = utf8;
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

    /** What RETR and TOP send of the message. */
    Content content(int number) {
        var content = message(number).content();
        return utf8 ? content : content.surrogate();
    }

    /** The message's size in octets as RETR sends it, without the dots that stuff lines (RFC 1939 section 11). */
    public int size(int number) {
        return content(number).sizeWithCrlf();
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
        return uniqueId(folder, message(number).uid());
    }

    /** What {@link #uniqueId(int)} says of the message with that UID in that folder. */
    public static String uniqueId(Folder folder, long uid) {
        return folder.uidValidity() + "-" + uid;
    }
}
