package dev.mailscope.lab.run;

/**
 * What was found of a check.
 *
 * @param holds   true when it is so
 * @param event   the number of the event since which it is so, which proves it; 0 when it is not so
 * @param problem why it cannot be told, in words; empty when it can
 */
public record Finding(boolean holds, long event, String problem) {
    /** It is not so, or not yet. */
    public static final Finding NOT_YET = new Finding(false, 0, "");
}
