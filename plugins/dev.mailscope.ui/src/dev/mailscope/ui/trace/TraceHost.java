package dev.mailscope.ui.trace;

/** A part that shows a trace. */
public interface TraceHost {
    /** The trace it shows; null while it is being opened. */
    TracePane trace();
}
