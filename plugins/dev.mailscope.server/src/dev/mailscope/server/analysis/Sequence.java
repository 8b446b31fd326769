package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * A sequence chart, row by row: the sessions as lifelines beside the server's, what passes between them in the order of
 * the wire, each answer with the command it belongs to, and what happens to the server. Takes events in order; what it
 * has given does not change any more.
 */
public final class Sequence {
    /** What a row shows. */
    public enum Kind {
        /** A session begins. */
        BEGUN,
        /** The client sends a command. */
        COMMAND,
        /** The client sends more of a command: a literal, a SASL response, DONE. */
        CONTINUED,
        /** The server wants more of the command. */
        GO_AHEAD,
        /** The server answers, and has not answered all yet. */
        UNTAGGED,
        /** The server tells what no command has asked it for just then. */
        PUSHED,
        /** The answer that ends a command. */
        ANSWER,
        /** An answer that was made and never sent. */
        LOST,
        /** Something about the session: a phase, a fault. */
        NOTE,
        /** Something that happened to the server. */
        CHANGE,
        /** The session ends as it should. */
        ENDED,
        /** The connection ends before the session does. */
        CUT
    }

    /**
     * A session that is open.
     *
     * @param name    by which a reader knows it: what its client calls itself, else its account, else its port
     * @param phase   the phase it is in
     * @param lane    which of the lifelines it has, from 0; many short sessions share one
     */
    public record Lifeline(long session, String protocol, String name, String phase, int lane) {
    }

    /**
     * A command that waits for the end of its answer.
     *
     * @param event the number of the event with which it came
     * @param depth how many older commands of its session waited when it came
     */
    public record Open(long event, long session, int lane, int depth) {
    }

    /**
     * One row.
     *
     * @param event   the number of its event, the first one if it stands for several
     * @param last    the number of its last event: what the row shows has happened after it
     * @param count   how many responses it stands for, 1 otherwise
     * @param time    when, in microseconds since 1970-01-01T00:00Z
     * @param session whose row it is, 0 for the server itself
     * @param lane    the session's lifeline, -1 for the server itself
     * @param problem true when something was refused or went wrong
     * @param text    what it says, cut when it is long
     * @param answers the event of the command it answers or continues, 0 for none
     * @param alive   the open sessions after it, by lane
     * @param open    the commands that wait after it
     */
    public record Row(long event, long last, int count, long time, long session, int lane, Kind kind, boolean problem,
            String text, long answers, List<Lifeline> alive, List<Open> open) {
    }

    /** A row and the events it stands for. */
    public record Item(Row row, List<TraceEvent> events) {
    }

    /** So many lifelines there are before a new session takes the place of one that has ended. */
    static final int LANES = 6;
    /** More responses than that to one command become one row. */
    static final int MOST_UNFOLDED = 3;
    private static final int MOST = 160;

    private final WireOrder order = new WireOrder();
    private final Map<Long, SequenceSession> sessions = new HashMap<>();
    private final Set<Long> over = new HashSet<>();
    private final TreeMap<Integer, Long> lanes = new TreeMap<>();
    private int lanesUsed;
    private List<Lifeline> alive = List.of();
    private List<Open> open = List.of();

    /** Takes the next event; gives the rows that are due with it. */
    public List<Item> take(TraceEvent event) {
        var items = new ArrayList<Item>();
        if (over.contains(event.session())) {
            return items;
        }
        if (event.session() != 0) {
            note(session(event), event);
        }
        var due = order.take(event);
        for (var i = 0; i < due.size();) {
            var run = run(due, i);
            row(due.subList(i, i + run).stream().map(WireOrder.Due::event).toList(), due.get(i).lost(), items);
            i += run;
        }
        return items;
    }

    // What has to be known of a session before its responses are sent.
    private void note(SequenceSession session, TraceEvent event) {
        var was = session.lifeline();
        switch (event.what()) {
            case What.Command c -> session.understood(event);
            case What.Rejected r -> session.understood(event);
            case What.Response(var octets) -> session.made(event, Completion.of(event.protocol(), octets));
            default -> session.learn(event);
        }
        if (!session.lifeline().equals(was)) {
            relist();
        }
    }

    // How many of the responses from that one on make one row.
    private int run(List<WireOrder.Due> due, int from) {
        var first = due.get(from);
        var to = from;
        while (to < due.size() && due.get(to).lost() == first.lost() && isUntagged(due.get(to).event())
                && due.get(to).event().cause() == first.event().cause()) {
            to++;
        }
        return to - from > MOST_UNFOLDED ? to - from : 1;
    }

    private static boolean isUntagged(TraceEvent event) {
        return event.what() instanceof What.Response(var octets)
                && Completion.of(event.protocol(), octets) == Completion.NONE;
    }

    private void row(List<TraceEvent> events, boolean lost, List<Item> items) {
        var event = events.getFirst();
        switch (Drawn.of(event)) {
            case Drawn.Begun b -> add(items, events, Kind.BEGUN, false, EventText.what(event), 0);
            case Drawn.Message(var octets, var toServer) when toServer -> command(event, items);
            case Drawn.Message(var octets, var toServer) ->
                answer(events, Completion.of(event.protocol(), octets), lost, items);
            case Drawn.Note(var atServer, var topic, var text) -> {
                // What was told follows as it went over the wire.
                if (topic != Drawn.Topic.TOLD) {
                    add(items, events, atServer ? Kind.CHANGE : Kind.NOTE,
                            topic == Drawn.Topic.FAULT || topic == Drawn.Topic.HELD, text, 0);
                }
            }
            case Drawn.Ended(var reason) -> ended(event, reason, items);
            case Drawn.Nothing n -> {
                // something else says it
            }
        }
    }

    private void command(TraceEvent event, List<Item> items) {
        var session = session(event);
        var joined = session.continued();
        if (joined.isPresent()) {
            add(items, List.of(event), Kind.CONTINUED, false, wire(event), joined.get().event());
        } else {
            var next = session.begin(event.number(), open);
            var now = new ArrayList<>(open);
            now.add(next);
            open = List.copyOf(now);
            add(items, List.of(event), Kind.COMMAND, false, wire(event), 0);
        }
    }

    private void answer(List<TraceEvent> events, Completion completion, boolean lost, List<Item> items) {
        var event = events.getFirst();
        var session = session(event);
        var command = session.commandOf(event.cause());
        var answers = command.map(Open::event).orElse(0L);
        var kind = lost ? Kind.LOST : switch (completion) {
            case DONE, REFUSED -> Kind.ANSWER;
            case CONTINUE -> Kind.GO_AHEAD;
            case NONE -> session.isUnasked(event.cause()) ? Kind.PUSHED : Kind.UNTAGGED;
        };
        if (command.isPresent() && completion.ends()) {
            open = open.stream().filter(o -> !o.equals(command.get())).toList();
            session.answered(command.get());
        } else if (command.isPresent() && completion == Completion.CONTINUE) {
            session.toldToGoOn(command.get());
        }
        add(items, events, kind, lost || completion == Completion.REFUSED, wire(event), answers);
    }

    private void ended(TraceEvent event, String reason, List<Item> items) {
        var session = sessions.remove(event.session());
        over.add(event.session());
        lanes.remove(session.lifeline().lane());
        open = open.stream().filter(o -> o.session() != event.session()).toList();
        relist();
        var cut = !session.saidGoodbye();
        items.add(new Item(new Row(event.number(), event.number(), 1, event.time(), event.session(),
                session.lifeline().lane(), cut ? Kind.CUT : Kind.ENDED, cut, reason, 0, alive, open), List.of(event)));
    }

    private void add(List<Item> items, List<TraceEvent> events, Kind kind, boolean problem, String text, long answers) {
        var first = events.getFirst();
        var lane = first.session() == 0 ? -1 : session(first).lifeline().lane();
        items.add(new Item(new Row(first.number(), events.getLast().number(), events.size(), first.time(),
                first.session(), lane, kind, problem, cut(text), answers, alive, open), events));
    }

    private SequenceSession session(TraceEvent event) {
        var known = sessions.get(event.session());
        if (known != null) {
            return known;
        }
        var made = new SequenceSession(event, freeLane());
        sessions.put(event.session(), made);
        lanes.put(made.lifeline().lane(), event.session());
        relist();
        return made;
    }

    private int freeLane() {
        for (var lane = 0; lanesUsed >= LANES && lane < lanesUsed; lane++) {
            if (!lanes.containsKey(lane)) {
                return lane;
            }
        }
        return lanesUsed++;
    }

    private void relist() {
        alive = lanes.values().stream().map(number -> sessions.get(number).lifeline()).toList();
    }

    private static String wire(TraceEvent event) {
        var text = EventText.what(event);
        return event.what() instanceof What.Replaced ? text : text.substring(2);
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "\u2026";
    }
}
