package dev.mailscope.bench.soak;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What was done, by all workers together, and what was not as it has to be. */
final class Tally {
    private static final int MOST_SHOWN = 20;

    final AtomicLong commands = new AtomicLong();
    final AtomicLong mails = new AtomicLong();
    final AtomicLong removed = new AtomicLong();
    final AtomicLong illegal = new AtomicLong();
    final AtomicLong cuts = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong compared = new AtomicLong();
    final AtomicLong kills = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final ConcurrentLinkedQueue<String> losses = new ConcurrentLinkedQueue<>();

    /** Something is lost, or there that has no right to be. */
    void lost(String what) {
        if (lost.incrementAndGet() <= MOST_SHOWN) {
            losses.add(what);
        }
    }

    /** How much was lost. */
    long lost() {
        return lost.get();
    }

    /** All of it in words. */
    @Override
    public String toString() {
        return String.format("%,d commands on %,d connections, %,d of them cut; %,d mails kept, %,d removed; %,d illegal"
                + " inputs; %,d kills; %,d messages compared; %,d lost", commands.get(), connections.get(), cuts.get(),
                mails.get(), removed.get(), illegal.get(), kills.get(), compared.get(), lost.get())
                + (losses.isEmpty() ? "" : "\n  " + String.join("\n  ", losses));
    }
}
