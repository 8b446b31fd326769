package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Puts events into the order in which a client meets them. The server records a response when it makes it, and sends it
 * later: who has sent three commands at once hears of none before all three are done. A response comes here when it is
 * sent; all other events come at once, but for {@link What.Sent}, which says only that.
 */
public final class WireOrder {
    /**
     * An event whose turn it is.
     *
     * @param lost true for a response that was made and never sent
     */
    public record Due(TraceEvent event, boolean lost) {
    }

    private final Map<Long, List<TraceEvent>> unsent = new HashMap<>();

    /** Takes the next event; gives those whose turn it is now. */
    public List<Due> take(TraceEvent event) {
        return switch (event.what()) {
            case What.Response r -> wait(event);
            case What.Replaced(var octets, var toClient) when toClient -> wait(event);
            case What.Sent(var octets, var first, var last) -> sent(event.session(), first, last);
            case What.Closed c -> {
                var due = sent(event.session(), Long.MAX_VALUE, Long.MAX_VALUE);
                due.add(new Due(event, false));
                yield due;
            }
            default -> List.of(new Due(event, false));
        };
    }

    private List<Due> wait(TraceEvent event) {
        unsent.computeIfAbsent(event.session(), s -> new ArrayList<>()).add(event);
        return List.of();
    }

    // What was made before the first that was sent, and is still here, was dropped or replaced.
    private List<Due> sent(long session, long first, long last) {
        var due = new ArrayList<Due>();
        var waiting = unsent.remove(session);
        if (waiting != null) {
            for (var event : waiting) {
                if (event.number() <= last) {
                    due.add(new Due(event, event.number() < first));
                } else {
                    wait(event);
                }
            }
        }
        return due;
    }
}
