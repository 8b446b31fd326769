package dev.mailscope.server.explain;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.message.Range;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Explains what was said, octet by octet. */
public final class Explainer {
    /** How many octets of a line are taken apart; what is behind them is the last explanation's. */
    public static final int MOST = 64 * 1024;
    private static final int LOOKED_BACK = 2_000;
    private static final int PAGE = 200;

    private Explainer() {
    }

    /**
     * The explanations of an event's octets, in order and without gaps; none for an event that has no octets. Reads the
     * recording.
     */
    public static List<Explanation> of(Recording recording, TraceEvent event) {
        var toClient = new boolean[1];
        var octets = octets(event, toClient);
        if (octets == null) {
            return List.of();
        }
        var context = new Context(event.protocol(), toClient[0], event.command(), before(recording, event));
        var earlier = toClient[0] || !event.protocol().equals("imap") ? null : earlier(recording, event);
        var line = Line.of(octets, MOST);
        if (earlier == null) {
            return whole(explain(line, context), octets.size());
        }
        var start = earlier.octets().length;
        var all = new ArrayList<Explanation>();
        for (var each : explain(earlier.followedBy(line), context)) {
            if (each.range().end() > start) {
                var from = Math.max(start, each.range().offset());
                all.add(new Explanation(Range.between(from - start, each.range().end() - start), each.what(),
                        each.mayBe(), each.here(), each.reference()));
            }
        }
        return whole(all, octets.size());
    }

    /** The explanations of a line, in order and without gaps, whatever is in it. */
    public static List<Explanation> explain(Line line, Context context) {
        if (context.protocol().equals("pop3")) {
            var scanner = new Pop3Scanner(line, context);
            if (context.toClient()) {
                scanner.answer();
            } else {
                scanner.command();
            }
            return rest(scanner);
        }
        if (context.toClient()) {
            var scanner = new ImapResponseScanner(line, context);
            scanner.response();
            return rest(scanner);
        }
        var scanner = new ImapCommandScanner(line, context);
        scanner.command();
        return rest(scanner);
    }

    private static List<Explanation> rest(Scanner scanner) {
        while (!scanner.atEnd()) {
            scanner.restOfLine("rest", "");
            scanner.lineEnd();
        }
        return List.copyOf(scanner.found());
    }

    private static Octets octets(TraceEvent event, boolean[] toClient) {
        if (!event.protocol().equals("imap") && !event.protocol().equals("pop3")) {
            return null;
        }
        return switch (event.what()) {
            case What.Received(var octets) -> octets;
            case What.Response(var octets) -> {
                toClient[0] = true;
                yield octets;
            }
            case What.Replaced(var octets, var client) -> {
                toClient[0] = client;
                yield octets;
            }
            default -> null;
        };
    }

    /** The last explanation reaches to the end, however much there is. */
    private static List<Explanation> whole(List<Explanation> found, int size) {
        if (found.isEmpty() || found.getLast().range().end() >= size) {
            return found;
        }
        var all = new ArrayList<>(found);
        var last = all.removeLast();
        all.add(new Explanation(Range.between(last.range().offset(), size), last.what(), last.mayBe(), last.here(),
                last.reference()));
        return List.copyOf(all);
    }

    private static SessionState before(Recording recording, TraceEvent event) {
        try {
            return recording.at(event.number() - 1).sessions().get(event.session());
        } catch (IllegalArgumentException e) {
            // Damaged, which the recording says itself: the words are explained all the same.
            return null;
        }
    }

    /** What the client sent before of the same command, which these octets go on with; null when they begin one. */
    private static Line earlier(Recording recording, TraceEvent event) {
        Line earlier = null;
        var first = Math.max(recording.first(), event.number() - LOOKED_BACK);
        for (var end = event.number(); end > first;) {
            var start = Math.max(first, end - PAGE);
            for (var each : recording.events(start, (int) (end - start)).reversed()) {
                if (each.number() >= end || each.session() != event.session()) {
                    continue;
                }
                switch (each.what()) {
                    case What.Command c -> {
                        return earlier;
                    }
                    case What.Rejected r -> {
                        return earlier;
                    }
                    case What.Received(var octets) when goesOn(each, octets) -> earlier = joined(octets, earlier);
                    case What.Received ended -> {
                        return earlier;
                    }
                    case What.Replaced(var octets, var toClient) when !toClient -> earlier = joined(octets, earlier);
                    default -> {
                        // not of the client
                    }
                }
            }
            end = start;
        }
        return earlier;
    }

    /** False for a whole command that was dropped, and for a literal that was thrown away unread, which is of none. */
    private static boolean goesOn(TraceEvent event, Octets octets) {
        return !event.command().isEmpty() && Line.of(octets, MOST).isUnfinished();
    }

    private static Line joined(Octets octets, Line later) {
        var line = Line.of(octets, MOST);
        return later == null ? line : line.followedBy(later);
    }
}
