package dev.mailscope.ui.restart;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchCommandConstants;

import dev.mailscope.ui.Robot;

/**
 * What somebody does in a workbench process of its own, told by the system property {@code mailscope.visit}: one of
 * the constants' names. Says on standard output how it went, and only then exits.
 */
public final class Visit implements IStartup {
    /** The property that names the visit; without it there is none. */
    static final String PROPERTY = "mailscope.visit";
    /** The line that says that all has been done and found as it should be. */
    static final String DONE = "visit: done";
    /** How the line begins that says what was not as it should be, after its stack trace. */
    static final String FAILED = "visit: failed: ";

    private static final long ONE_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** What is done. */
    enum Kind {
        /** A workspace is new: all is done that a restart must keep; then File &gt; Exit. */
        FIRST(true) {
            @Override
            void carryOut(Work work) throws Exception {
                work.begin();
            }
        },
        /** It is all there; more is done, and the process goes on until it is killed. */
        SECOND(false) {
            @Override
            void carryOut(Work work) throws Exception {
                work.findAfterExit();
                work.goOn();
                // What is older than a second is to survive a kill: that is what is promised.
                LockSupport.parkNanos(ONE_SECOND);
            }
        },
        /** That is there, too; then File &gt; Exit. */
        THIRD(true) {
            @Override
            void carryOut(Work work) throws Exception {
                work.findAfterKill();
            }
        };

        private final boolean exits;

        Kind(boolean exits) {
            this.exits = exits;
        }

        abstract void carryOut(Work work) throws Exception;
    }

    @Override
    public void earlyStartup() {
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            // The workbench starts on meanwhile.
            Thread.ofPlatform().daemon().name("visit").start(() -> carryOut(Kind.valueOf(named)));
        }
    }

    private static void carryOut(Kind kind) {
        try {
            kind.carryOut(new Work());
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            System.out.println(FAILED + e.toString().replace('\n', ' '));
            return;
        }
        System.out.println(DONE);
        if (kind.exits) {
            Robot.startCommand(IWorkbenchCommandConstants.FILE_EXIT);
        }
    }
}
