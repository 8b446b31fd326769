package dev.mailscope.server.pop3;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Who has which maildrop: one session at a time, from its login to its end (RFC 1939 section 4); and when each was
 * opened last (RFC 2449 section 6.5). One server's POP3 sessions share one of these. Never waits.
 */
public final class MaildropLocks {
    private final ConcurrentHashMap<String, Long> holders = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> opened = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** Nobody has any. */
    public MaildropLocks() {
        this(System::nanoTime);
    }

    /** The same by a clock of nanoseconds that nobody sets. */
    public MaildropLocks(LongSupplier nanos) {
        this.nanos = nanos;
    }

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

    /** How long the account's next login has to wait, zero or less for not at all. For the session that has it. */
    Duration wait(String account, Duration least) {
        var last = opened.get(account);
        return last == null ? Duration.ZERO : least.minusNanos(nanos.getAsLong() - last);
    }

    /** Notes that the account's maildrop was opened. For the session that has it. */
    void opened(String account) {
        opened.put(account, nanos.getAsLong());
    }
}
