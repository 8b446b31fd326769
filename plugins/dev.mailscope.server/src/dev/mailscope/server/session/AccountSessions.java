package dev.mailscope.server.session;

import java.util.concurrent.ConcurrentHashMap;

/** How many sessions of a server have each account open, over all protocols, and how many may at once. */
public final class AccountSessions {
    private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();
    private final int most;

    /** So many of each account; 0 for as many as there are connections. */
    public AccountSessions(int most) {
        this.most = most;
    }

    /** One more of that account; false, and it is none, when there are as many as there may be. */
    boolean enter(String account) {
        var entered = new boolean[1];
        open.compute(account, (same, now) -> {
            var there = now == null ? 0 : now;
            entered[0] = most == 0 || there < most;
            return entered[0] ? Integer.valueOf(there + 1) : now;
        });
        return entered[0];
    }

    /** One less. */
    void leave(String account) {
        open.computeIfPresent(account, (same, now) -> now == 1 ? null : now - 1);
    }
}
