package dev.mailscope.ui;

import org.eclipse.core.runtime.IProgressMonitor;

import dev.mailscope.server.trace.Progress;

/** Shows in a monitor how far something is, and calls it off when that is cancelled. */
public final class Ticks implements Progress {
    private static final int ALL = 1_000;

    private final IProgressMonitor monitor;
    private int ticks;

    /** A task of that name begins. */
    public Ticks(IProgressMonitor monitor, String task) {
        this.monitor = monitor;
        monitor.beginTask(task, ALL);
    }

    @Override
    public boolean goOn(long done, long all) {
        var now = all == 0 ? ALL : (int) (ALL * done / all);
        monitor.worked(Math.max(0, now - ticks));
        ticks = Math.max(ticks, now);
        return !monitor.isCanceled();
    }
}
