package dev.mailscope.server.export;

/** Whoever wants to know how far an export is, and may call it off. Asked on the exporting thread; must be quick. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks, and nobody calls it off. */
    Progress NONE = (done, all) -> true;

    /**
     * So much is done. Asked again and again, once at the very end.
     *
     * @param done how many events were gone through, those that are not exported included
     * @param all  how many there are to go through; a format that reads the events twice counts them twice
     * @return false to call it off
     */
    boolean goOn(long done, long all);
}
