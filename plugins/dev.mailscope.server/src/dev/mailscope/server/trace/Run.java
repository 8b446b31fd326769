package dev.mailscope.server.trace;

/**
 * Neighbouring events that tell responses of one command, made in one go: each is an event of its own, which is made
 * when somebody asks for it. The columns are those of {@link TraceEvent}. Immutable.
 *
 * @param first the number of the first event
 * @param from  which of the responses it tells, from 0
 * @param to    the response behind the last one
 */
record Run(long first, long time, long session, String protocol, long cause, String phase, String folder,
        String command, Responses responses, int from, int to) {
    private static final int BASE = 256;
    // What each response takes beside its octets, here and in the window.
    private static final int EACH = 8;

    /** How many events it is. */
    int count() {
        return to - from;
    }

    /** The event of that number, which is one of these. */
    TraceEvent event(long number) {
        return new TraceEvent(number, time, session, protocol, cause, phase, folder, command,
                new What.Response(responses.octets(from + (int) (number - first))));
    }

    /** How much memory it keeps from being freed, in octets and roughly. */
    long weight() {
        var own = responses.isRepeated() ? 0 : responses.start(to) - responses.start(from);
        return BASE + (long) EACH * count() + own;
    }
}
