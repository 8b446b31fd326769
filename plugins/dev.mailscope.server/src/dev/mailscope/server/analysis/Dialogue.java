package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * One session as a conversation: what client and server say, in the order of the wire, with notes of what happened
 * between. Literals are folded, and so are messages and long lists in POP3. Takes the session's events in order.
 */
public final class Dialogue {
    /** Whose line it is. */
    public enum Speaker {
        /** The client. */
        CLIENT("C: "),
        /** The server. */
        SERVER("S: "),
        /** Nobody: it happened. */
        NOTE("   ");

        private final String prefix;

        Speaker(String prefix) {
            this.prefix = prefix;
        }

        /** What a transcript puts before the line. */
        public String prefix() {
            return prefix;
        }
    }

    /**
     * One line.
     *
     * @param event   the number of its event
     * @param time    when, in microseconds since 1970-01-01T00:00Z
     * @param topic   what a note is about; null for what was said, and for the session's begin and end
     * @param problem true when something was refused or went wrong
     * @param text    the line, each folded piece as {@code [n octets]}
     * @param folded  how many octets are folded away
     */
    public record Line(long event, long time, Speaker speaker, Drawn.Topic topic, boolean problem, String text,
            int folded) {
    }

    private static final int LONGEST_LIST = 600;

    private final WireOrder order = new WireOrder();
    private final Folding folding = new Folding();

    /** Takes the session's next event; gives the lines that are due with it. */
    public List<Line> take(TraceEvent event) {
        var lines = new ArrayList<Line>();
        for (var due : order.take(event)) {
            add(due, lines);
        }
        return lines;
    }

    /** Lines as text, to be pasted somewhere: {@code C:} and {@code S:} before what was said. */
    public static String text(List<Line> lines) {
        return lines.stream().map(line -> line.speaker() == Speaker.NOTE ? "   (" + line.text() + ")"
                : line.speaker().prefix() + line.text()).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Everything that a line folds, as text, at most so many octets of it; secrets masked. */
    public static String unfolded(TraceEvent event, int most) {
        return Drawn.of(event) instanceof Drawn.Message(var octets, var toServer) ? OctetText.text(octets, most).strip()
                : "";
    }

    private void add(WireOrder.Due due, List<Line> lines) {
        var event = due.event();
        switch (Drawn.of(event)) {
            case Drawn.Begun b -> lines.add(note(event, null, false, EventText.what(event)));
            case Drawn.Message(var octets, var toServer) when toServer ->
                lines.add(said(event, Speaker.CLIENT, false, folding.ofClient(event.protocol(), octets)));
            case Drawn.Message(var octets, var toServer) -> {
                if (isList(event, octets) && !due.lost()) {
                    OctetText.text(octets, LONGEST_LIST).strip().lines().forEach(line ->
                            lines.add(said(event, Speaker.SERVER, false, new Folding.Shown(line, 0))));
                } else {
                    lines.add(answer(due, octets));
                }
            }
            case Drawn.Note(var atServer, var topic, var text) -> lines.add(note(event, topic,
                    topic == Drawn.Topic.FAULT || topic == Drawn.Topic.HELD,
                    event.what() instanceof What.PhaseChanged ? "phase: " + text : text));
            case Drawn.Ended(var reason) -> lines.add(note(event, null, false, EventText.what(event)));
            case Drawn.Nothing n -> {
                // something else says it
            }
        }
    }

    // What a POP3 command lists is what it was said for; a message, and what is long, is folded.
    private static boolean isList(TraceEvent event, Octets octets) {
        return event.protocol().equals("pop3") && octets.size() <= LONGEST_LIST && !octets.hasSecret()
                && octets.pieces().stream().allMatch(Octets.Inline.class::isInstance)
                && !event.command().equals("RETR") && !event.command().equals("TOP")
                && Completion.of(event.protocol(), octets) == Completion.DONE;
    }

    private Line answer(WireOrder.Due due, Octets octets) {
        var event = due.event();
        var shown = Folding.ofServer(event.protocol(), octets);
        return due.lost() ? said(event, Speaker.SERVER, true, new Folding.Shown(shown.text() + " (never sent)",
                shown.folded()))
                : said(event, Speaker.SERVER, Completion.of(event.protocol(), octets) == Completion.REFUSED, shown);
    }

    private static Line said(TraceEvent event, Speaker speaker, boolean problem, Folding.Shown shown) {
        return new Line(event.number(), event.time(), speaker, null, problem, shown.text(), shown.folded());
    }

    private static Line note(TraceEvent event, Drawn.Topic topic, boolean problem, String text) {
        return new Line(event.number(), event.time(), Speaker.NOTE, topic, problem, text, 0);
    }
}
