package dev.mailscope.server.trace;

/** Whoever wants to know how far the making of a recording is, and may call it off. Must be quick. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks, and nobody calls it off. */
    Progress NONE = (done, all) -> true;

    /** So much is done of all there is to do, asked again and again by who does it; false to call it off. */
    boolean goOn(long done, long all);
}
