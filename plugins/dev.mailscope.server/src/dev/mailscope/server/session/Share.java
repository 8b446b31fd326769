package dev.mailscope.server.session;

/**
 * One session's share of the processor. A virtual thread runs until it waits for something, and there are no more of
 * them running than processors: work that waits for nothing looks here now and then, and lets the others run.
 */
public final class Share {
    private static final long NANOS = 5_000_000;

    private long since = System.nanoTime();

    /** True when this one has had its share. */
    boolean isOver() {
        return System.nanoTime() - since > NANOS;
    }

    /** Lets the threads of other sessions run when this one has had its share. */
    public void look() {
        if (isOver()) {
            Thread.yield();
            since = System.nanoTime();
        }
    }
}
