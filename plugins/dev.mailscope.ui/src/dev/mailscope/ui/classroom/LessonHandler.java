package dev.mailscope.ui.classroom;

import org.eclipse.core.commands.AbstractHandler;

import dev.mailscope.ui.Enablement;
import dev.mailscope.ui.Mailscope;

/** A handler that can be used depending on whether a class's server is open. */
abstract class LessonHandler extends AbstractHandler {
    private final Runnable listener = this::changed;

    LessonHandler() {
        Mailscope.get().lesson().addListener(listener);
        Mailscope.get().server().addListener(listener);
        changed();
    }

    @Override
    public void dispose() {
        Mailscope.get().lesson().removeListener(listener);
        Mailscope.get().server().removeListener(listener);
        super.dispose();
    }

    abstract boolean isUseful();

    private void changed() {
        setBaseEnabled(isUseful());
        Enablement.changed();
    }
}
