package dev.mailscope.server.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.trace.TraceEvent;

/**
 * What one session has sent that is a mistake if the server refuses it. A captured server may have what Mailscope's has
 * not, and says so itself.
 */
final class Refusals {
    private record Awaited(Rule rule, long received, String detail) {
    }

    // A client that hears no answer may send what it likes for ever.
    private static final int MOST = 1_000;

    private final long number;
    private final Findings.Memory memory;
    private final Map<Long, Awaited> awaited = new HashMap<>();

    Refusals(long number, Findings.Memory memory) {
        this.number = number;
        this.memory = memory;
    }

    /** What came in one event, and was read in another one, is to be found if that is refused. */
    void await(Rule rule, long received, TraceEvent read, String detail) {
        if (awaited.size() < MOST) {
            awaited.put(read.number(), new Awaited(rule, received, detail));
        }
    }

    /** The answer is there, and it is a refusal or not. */
    void answered(TraceEvent response, boolean refused) {
        var what = awaited.remove(response.cause());
        if (what != null && refused) {
            memory.report(what.rule(), number, List.of(what.received(), response.number()), what.detail());
        }
    }
}
