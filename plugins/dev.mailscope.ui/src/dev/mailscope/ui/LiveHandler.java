package dev.mailscope.ui;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;

/** Lets all views show the newest moment. */
public final class LiveHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Mailscope.get().focus().goLive();
        return null;
    }
}
