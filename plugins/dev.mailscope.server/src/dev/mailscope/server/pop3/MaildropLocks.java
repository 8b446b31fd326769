package dev.mailscope.server.pop3;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has which maildrop: one session at a time, from its login to its end (RFC 1939 section 4). One server's POP3
 * sessions share one of these. Never waits.
 */
public final class MaildropLocks {
    private final ConcurrentHashMap<String, Long> holders = new ConcurrentHashMap<>();

    /** Gives the account's maildrop to the session; or the number of the session that has it already. */
    public OptionalLong take(String account, long session) {
        var holder = holders.putIfAbsent(account, session);
        return holder == null ? OptionalLong.empty() : OptionalLong.of(holder);
    }

    /** Takes the maildrop back from the session; does nothing when it does not have it. */
    public void giveBack(String account, long session) {
        holders.remove(account, session);
    }

    /** True when some session has the account's maildrop. */
    public boolean isTaken(String account) {
        return holders.containsKey(account);
    }
}
