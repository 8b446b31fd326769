package dev.mailscope.ui.trace;

import org.eclipse.core.commands.ExecutionEvent;

import dev.mailscope.server.expression.Likeness;

/** Shows only what is like the selected event in some respect, or only what is not. */
public final class LikeThisHandler extends TraceHandler {
    static final String COMMAND = "dev.mailscope.ui.trace.like";
    static final String BY = "dev.mailscope.ui.trace.like.by";
    static final String VALUE = "dev.mailscope.ui.trace.like.value";
    static final String ONLY = "dev.mailscope.ui.trace.like.only";

    @Override
    void execute(TracePane trace, ExecutionEvent event) {
        trace.actions().filterLike(Likeness.valueOf(event.getParameter(BY)), event.getParameter(VALUE),
                Boolean.parseBoolean(event.getParameter(ONLY)));
    }
}
