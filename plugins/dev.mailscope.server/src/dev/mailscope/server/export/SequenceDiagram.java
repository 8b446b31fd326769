package dev.mailscope.server.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

import dev.mailscope.server.analysis.Drawn;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.WireOrder;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * The text of a sequence diagram: each session's client and the server, an arrow for every command and every answer by
 * its first line, and notes for phases, changes, faults and ends. Long lines are cut.
 */
final class SequenceDiagram implements Exporter {
    /** The tool that draws it. */
    enum Tool {
        /** Mermaid, which many wikis and forges draw. */
        MERMAID("sequenceDiagram\n", "", "    ", "as ", "->>", "-->>", "Note over "),
        /** PlantUML. */
        PLANTUML("@startuml\nhide footbox\n", "@enduml\n", "", "as ", "->", "-->", "note over ");

        private final String begin;
        private final String end;
        private final String indent;
        private final String as;
        private final String command;
        private final String answer;
        private final String note;

        Tool(String begin, String end, String indent, String as, String command, String answer, String note) {
            this.begin = begin;
            this.end = end;
            this.indent = indent;
            this.as = as;
            this.command = command;
            this.answer = answer;
            this.note = note;
        }

        private String participant(String id, String name) {
            return indent + (this == MERMAID ? "participant " + id + " " + as + name
                    : "participant \"" + name + "\" " + as + id) + "\n";
        }

        /** The text with everything by its number that the tool could take for more than a character. */
        private String escaped(String text) {
            var out = new StringBuilder(text.length() + 16);
            text.codePoints().forEach(c -> {
                if (c == ' ' || Character.isLetterOrDigit(c) || ",.()=@?!$".indexOf(c) >= 0) {
                    out.appendCodePoint(c);
                } else {
                    out.append(this == MERMAID ? "#" + c + ";" : String.format(Locale.ROOT, "<U+%04X>", c));
                }
            });
            return out.toString();
        }
    }

    private static final String SERVER = "S";
    private static final int MOST = 80;

    private final Tool tool;
    private final WireOrder order = new WireOrder();

    SequenceDiagram(Tool tool) {
        this.tool = tool;
    }

    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var selection = events.selection();
        events.expect(2, selection.first(), selection.last());
        // Who takes part stands before everything else.
        var sessions = new TreeMap<Long, String>();
        events.each(event -> {
            if (event.session() != 0) {
                sessions.putIfAbsent(event.session(), event.protocol().toUpperCase(Locale.ROOT) + " "
                        + event.session());
            }
        });
        var lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        lines.write(tool.begin);
        for (var session : sessions.entrySet()) {
            lines.write(tool.participant(client(session.getKey()), session.getValue()));
        }
        lines.write(tool.participant(SERVER, "Server"));
        events.each(new Reading.Taker() {
            @Override
            public void take(TraceEvent event) throws IOException {
                for (var due : order.take(event)) {
                    draw(lines, due);
                    noted(lines, events, due.event());
                }
                if (event.what() instanceof What.Sent) {
                    noted(lines, events, event);
                }
            }

            @Override
            public void missing(long from, long to) throws IOException {
                note(lines, SERVER, "events " + from + " to " + to + " are not in the recording");
            }
        });
        lines.write(tool.end);
        lines.flush();
    }

    private void noted(Writer lines, Reading events, TraceEvent event) throws IOException {
        var note = events.note(event);
        if (note.isPresent()) {
            lines.write(tool.indent + tool.note
                    + (event.session() == 0 ? SERVER : client(event.session()) + "," + SERVER) + ": "
                    + tool.escaped(Reading.words(note.get()).replace('\n', ' ')) + "\n");
        }
    }

    private void draw(Writer lines, WireOrder.Due due) throws IOException {
        var event = due.event();
        var client = client(event.session());
        var between = client + "," + SERVER;
        switch (Drawn.of(event)) {
            case Drawn.Message(var octets, var toServer) when due.lost() ->
                note(lines, SERVER, "never sent: " + octets.firstLine(MOST));
            case Drawn.Message(var octets, var toServer) when event.what() instanceof What.Replaced ->
                note(lines, between, EventText.what(event));
            case Drawn.Message(var octets, var toServer) when toServer ->
                arrow(lines, client, tool.command, SERVER, octets);
            case Drawn.Message(var octets, var toServer) -> arrow(lines, SERVER, tool.answer, client, octets);
            case Drawn.Note(var atServer, var topic, var text) -> {
                // The responses' arrows say what was told; while a session is held, nothing passes.
                if (topic != Drawn.Topic.TOLD && topic != Drawn.Topic.HELD) {
                    note(lines, atServer ? SERVER : between, text);
                }
            }
            case Drawn.Ended(var reason) -> note(lines, between, reason);
            case Drawn.Begun b -> {
                // its client stands there from the beginning
            }
            case Drawn.Nothing n -> {
                // something else says it
            }
        }
    }

    private void arrow(Writer lines, String from, String arrow, String to, Octets octets) throws IOException {
        var line = octets.firstLine(MOST + 1);
        lines.write(tool.indent + from + arrow + to + ": " + tool.escaped(line.isEmpty() ? " " : cut(line)) + "\n");
    }

    private void note(Writer lines, String over, String text) throws IOException {
        lines.write(tool.indent + tool.note + over + ": " + tool.escaped(cut(text)) + "\n");
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "\u2026";
    }

    private static String client(long session) {
        return session == 0 ? SERVER : "C" + session;
    }
}
