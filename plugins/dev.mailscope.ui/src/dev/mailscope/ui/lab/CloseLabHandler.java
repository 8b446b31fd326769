package dev.mailscope.ui.lab;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.ui.Enablement;
import dev.mailscope.ui.Mailscope;

/** Closes the lab that is open. */
public final class CloseLabHandler extends AbstractHandler {
    private final Runnable listener = this::changed;

    /** Looks at the labs from now on. */
    public CloseLabHandler() {
        Mailscope.get().labs().addListener(listener);
        setBaseEnabled(Mailscope.get().labs().file().isPresent());
    }

    @Override
    public void dispose() {
        if (Mailscope.get() != null) {
            Mailscope.get().labs().removeListener(listener);
        }
        super.dispose();
    }

    @Override
    public Object execute(ExecutionEvent event) {
        Mailscope.get().labs().leaveLab();
        return null;
    }

    private void changed() {
        var open = Mailscope.get().labs().file().isPresent();
        if (open != isEnabled()) {
            setBaseEnabled(open);
            Enablement.changed();
        }
    }
}
