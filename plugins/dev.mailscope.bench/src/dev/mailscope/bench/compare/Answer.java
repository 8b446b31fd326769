package dev.mailscope.bench.compare;

/**
 * What the two servers answer to one question, each as a line.
 *
 * @param question the FETCH item, or the SEARCH command
 * @param ours     Mailscope's answer
 * @param theirs   Dovecot's
 */
record Answer(String question, String ours, String theirs) {
    /** True when they say the same. */
    boolean isAlike() {
        return ours.equals(theirs);
    }
}
