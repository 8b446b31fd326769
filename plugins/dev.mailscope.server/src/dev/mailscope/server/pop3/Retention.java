package dev.mailscope.server.pop3;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Transaction;

/** How long mail may stay (EXPIRE, RFC 2449 section 6.7; RFC 1939 section 8). */
final class Retention {
    private Retention() {
    }

    /** True when mail may not stay at all: what RETR has sent goes with QUIT. */
    static boolean isNone(OptionalInt days) {
        return days.isPresent() && days.getAsInt() == 0;
    }

    /**
     * The account's INBOX, once what came into it so many days ago or more is gone. Done at login, since QUIT must
     * remove nothing but what is marked (RFC 1939 section 6). MailboxException when there is no such account.
     */
    static Folder open(Transaction transaction, String account, OptionalInt days, Instant now) {
        var inbox = transaction.account(account).inbox();
        if (days.isEmpty() || isNone(days)) {
            return inbox;
        }
        var last = now.minus(Duration.ofDays(days.getAsInt()));
        inbox.messages().values().stream().filter(message -> !message.saved().isAfter(last))
                .forEach(message -> transaction.expunge(account, inbox.id(), message.uid()));
        return transaction.folder(account, inbox.id());
    }

    /** A time in whole seconds, never less than it is. */
    static long wholeSeconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }

    /** The same in words. */
    static String seconds(Duration time) {
        var seconds = wholeSeconds(time);
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }
}
