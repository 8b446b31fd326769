package dev.mailscope.server.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.gson.stream.JsonWriter;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Summary;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * One HTML page that needs nothing else: the events as a table, and the state after each, which the page itself
 * computes from the state at the beginning and the events. What comes from the recording is in the page as JSON
 * alone; the page's policy allows no script but its own, by their hashes.
 */
final class HtmlPage implements Exporter {
    /** How much of what was sent at once is shown. */
    static final int MOST = 8_192;

    private static final int SUBJECT = 200;

    private final Map<String, Summary> mail = new HashMap<>();

    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var page = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var style = resource("page.css");
        var timeline = resource("timeline.js");
        var moment = resource("moment.js");
        var view = resource("view.js");
        var policy = "default-src 'none'; script-src " + hash(timeline) + " " + hash(moment) + " " + hash(view)
                + "; style-src " + hash(style) + "; base-uri 'none'; form-action 'none'";
        var parts = resource("page.html").replace("@POLICY@", policy).replace("@STYLE@", style)
                .replace("@TIMELINE@", timeline).replace("@MOMENT@", moment).replace("@VIEW@", view)
                .split("@RECORDING@");
        page.write(parts[0]);
        var json = new JsonWriter(page);
        json.setHtmlSafe(true); // no "<" in it, so that nothing in it ends the element it is in
        recording(json, events);
        page.write(parts[1]);
        page.flush();
    }

    private void recording(JsonWriter json, Reading events) throws IOException {
        var selection = events.selection();
        json.beginObject();
        json.name("about").value(about(selection));
        json.name("start");
        state(json, before(selection), selection);
        json.name("events").beginArray();
        events.eachOfAll(selection.first(), selection.last(), new Reading.Taker() {
            @Override
            public void take(TraceEvent event) throws IOException {
                if (selection.has(event)) {
                    event(json, event);
                } else if (event.what() instanceof What.StateChanged(var version, var changes)) {
                    aside(json, event, changes);
                }
            }

            @Override
            public void missing(long from, long to) throws IOException {
                json.beginObject().name("kind").value("missing").name("first").value(from).name("last").value(to);
                json.name("session").value(0);
                var state = knownAfter(selection, to);
                if (state != null) {
                    json.name("state");
                    state(json, state, selection);
                }
                json.endObject();
            }
        });
        json.endArray();
        json.name("mail").beginObject();
        for (var entry : mail.entrySet()) {
            json.name(entry.getKey()).beginObject().name("subject").value(cut(entry.getValue().subject())).name("from")
                    .value(cut(entry.getValue().sender())).endObject();
        }
        json.endObject();
        json.endObject();
    }

    private static String about(Selection selection) {
        var sessions = selection.sessions().isEmpty() ? "all sessions" : "session "
                + selection.sessions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "Events " + selection.first() + " to " + selection.last() + ", " + sessions
                + ". Choose an event to see what the server held after it.";
    }

    private static Moment before(Selection selection) throws IOException {
        try {
            return selection.recording().at(selection.first() - 1);
        } catch (IllegalArgumentException e) {
            throw new IOException("The page begins with what the server held, which is not known: "
                    + e.getMessage(), e);
        }
    }

    /** The state behind a gap; null when that is not known either. */
    private static Moment knownAfter(Selection selection, long number) {
        try {
            return selection.recording().at(number);
        } catch (IllegalArgumentException e) {
            return null; // the page goes on with what it knew before
        }
    }

    private void event(JsonWriter json, TraceEvent event) throws IOException {
        json.beginObject();
        JsonLines.columns(json, event);
        var direction = EventText.direction(event).arrow();
        if (!direction.isEmpty()) {
            json.name("direction").value(direction);
        }
        var line = EventText.what(event);
        json.name("line").value(line);
        switch (event.what()) {
            case What.Received(var octets) -> text(json, octets);
            case What.Response(var octets) -> text(json, octets);
            case What.Replaced(var octets, var toClient) -> text(json, octets);
            case What.StateChanged(var version, var changes) -> {
                changes.forEach(this::remember);
                lines(json, changes.stream().map(EventText::change).toList());
                JsonLines.what(json, event.what());
            }
            case What.Told(var notices) -> {
                lines(json, notices.stream().map(EventText::notice).toList());
                JsonLines.what(json, event.what());
            }
            case What.Connected w -> JsonLines.what(json, w);
            case What.Command w -> JsonLines.what(json, w);
            case What.Rejected w -> JsonLines.what(json, w);
            case What.PhaseChanged w -> JsonLines.what(json, w);
            case What.Sent w -> JsonLines.what(json, w);
            case What.ViewOpened w -> JsonLines.what(json, w);
            case What.ViewClosed w -> JsonLines.what(json, w);
            case What.Marked w -> JsonLines.what(json, w);
            case What.TlsStarted w -> JsonLines.what(json, w);
            case What.CompressionStarted w -> JsonLines.what(json, w);
            case What.Delivery w -> JsonLines.what(json, w);
            case What.Device w -> JsonLines.what(json, w);
            case What.Held w -> JsonLines.what(json, w);
            case What.Released w -> JsonLines.what(json, w);
            case What.Fault w -> JsonLines.what(json, w);
            case What.Closed w -> JsonLines.what(json, w);
            case What.Remark w -> {
            } // its line says it all, and "text" is what passed over the wire
        }
        json.endObject();
    }

    /** Somebody who is not exported changed the state. */
    private void aside(JsonWriter json, TraceEvent event, List<Change> changes) throws IOException {
        changes.forEach(this::remember);
        json.beginObject().name("kind").value("state").name("number").value(event.number()).name("aside").value(true);
        JsonLines.what(json, event.what());
        json.endObject();
    }

    private static void text(JsonWriter json, Octets octets) throws IOException {
        json.name("text").value(OctetText.text(octets, MOST).stripTrailing());
    }

    private static void lines(JsonWriter json, List<String> lines) throws IOException {
        if (lines.size() > 1) {
            json.name("lines");
            JsonLines.texts(json, lines);
        }
    }

    private void remember(Change change) {
        if (change instanceof Change.OfMessage of) {
            of.after().ifPresent(message -> remember(message.content()));
        }
    }

    private void remember(Content content) {
        mail.computeIfAbsent(content.id(), id -> {
            try {
                return Summary.of(content.octets());
            } catch (UncheckedIOException e) {
                // the recording has lost this mail; that it was there is still told
                return new Summary("", "", Optional.empty());
            }
        });
    }

    private void state(JsonWriter json, Moment moment, Selection selection) throws IOException {
        new PageState(json, message -> remember(message.content())).write(moment, selection::hasSession);
    }

    private static String cut(String text) {
        return text.length() <= SUBJECT ? text : text.substring(0, SUBJECT) + "\u2026";
    }

    /** Whoever must know of every message that is written. */
    interface Messages {
        void seen(Message message);
    }

    private static String hash(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(sha) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = HtmlPage.class.getResourceAsStream("page/" + name)) {
            // A browser makes CRLF one LF before it compares the hash.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
