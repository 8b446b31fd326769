package dev.mailscope.ui.debug;

import java.util.EnumSet;
import java.util.Set;

import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.statushandlers.StatusManager;

import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Mailscope;

/**
 * The commands of step mode. Those that are about one session mean the one that all views have selected; those about
 * what is held, what {@link LiveDebugger#chosen} says.
 */
enum DebugCommand {
    /** Holds every session at each stop, or no longer. */
    STEP_ALL,
    /** Holds the selected session at each stop, or no longer. */
    STEP_SESSION,
    /** Holds the next piece of the selected session. */
    HOLD_NEXT,
    /** Lets what is held go on. */
    GO_ON,
    /** Lets it go on to the next stop. */
    STEP,
    /** Lets it go on as it is edited in the view. */
    GO_ON_EDITED,
    /** Lets all go on. */
    GO_ON_ALL,
    /** What is held is lost. */
    DROP,
    /** The line of what is held is cut. */
    CUT,
    /** Asks for a breakpoint or fault. */
    ADD,
    /** Shows the view. */
    SHOW;

    private static final Set<Stop> EVERY_STOP = EnumSet.allOf(Stop.class);

    /** True when it can be done now. */
    boolean isPossible() {
        var live = Mailscope.get().debugger();
        return switch (this) {
            case ADD, SHOW -> true;
            case STEP_ALL -> live.debugger() != null;
            case STEP_SESSION, HOLD_NEXT -> live.debugger() != null && session() != 0;
            case GO_ON, STEP, GO_ON_EDITED, GO_ON_ALL, DROP, CUT -> live.chosen().isPresent();
        };
    }

    /** True when what it switches is on. */
    boolean isOn() {
        var debugger = Mailscope.get().debugger().debugger();
        return debugger != null && switch (this) {
            case STEP_ALL -> !debugger.stepsAll().isEmpty();
            case STEP_SESSION -> !debugger.steps(session()).isEmpty();
            case HOLD_NEXT -> debugger.holdsNext(session());
            case GO_ON, STEP, GO_ON_EDITED, GO_ON_ALL, DROP, CUT, ADD, SHOW -> false;
        };
    }

    /** Does it; nothing when it is not possible any more. */
    void run(IWorkbenchWindow window) {
        if (!isPossible()) {
            return; // the session has ended since
        }
        var live = Mailscope.get().debugger();
        switch (this) {
            case SHOW -> show(window);
            case ADD -> {
                var view = show(window);
                if (view != null) {
                    view.rules().add();
                }
            }
            case GO_ON_EDITED -> {
                var view = show(window);
                if (view != null) {
                    view.pane().goOnEdited();
                }
            }
            case GO_ON_ALL -> live.debugger().releaseAll();
            case STEP_ALL -> live.debugger().stepAll(isOn() ? Set.of() : EVERY_STOP);
            case STEP_SESSION -> live.debugger().step(session(), isOn() ? Set.of() : EVERY_STOP);
            case HOLD_NEXT -> live.debugger().holdNext(session(), !isOn());
            case GO_ON, STEP, DROP, CUT -> live.chosen().ifPresent(held -> decide(live.debugger(), held));
        }
    }

    /** The Step Mode view, opened if need be; null, and the user is told, when it cannot be. */
    static StepView show(IWorkbenchWindow window) {
        try {
            return window.getActivePage() == null ? null
                    : (StepView) window.getActivePage().showView(Mailscope.STEP_VIEW);
        } catch (PartInitException e) {
            StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
            return null;
        }
    }

    private void decide(Debugger debugger, Held held) {
        switch (this) {
            case GO_ON -> debugger.release(held, Decision.GO_ON);
            case STEP -> debugger.step(held);
            case DROP -> debugger.release(held, new Decision.Drop());
            case CUT -> debugger.release(held, new Decision.Cut());
            case STEP_ALL, STEP_SESSION, HOLD_NEXT, GO_ON_EDITED, GO_ON_ALL, ADD, SHOW ->
                throw new IllegalStateException(this + " decides nothing");
        }
    }

    /** The selected session while it is connected and speaks IMAP or POP3; else 0. */
    private static long session() {
        var focus = Mailscope.get().focus();
        var session = focus.source().isServer() ? focus.server().newest().sessions().get(focus.session()) : null;
        return session == null || !StepBar.canBeHeld(session) ? 0 : session.number();
    }
}
