package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonParser;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

/** What is noted on events goes along where a format has a place for it. */
class NotesInExportsTest {
    @Test
    void eachFormatHasThem() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            var client = server.connect("pop3");
            client.ask("USER alice");
            client.ask("PASS wonderland");
            client.ask("STAT");
            var recording = server.recording();
            var stat = find(recording, e -> e.what() instanceof What.Received && e.command().equals("STAT"));
            recording.note(stat, "why so few?\nlook: \"here\"");
            var phase = find(recording, e -> e.what() instanceof What.PhaseChanged(var from, var to, var user)
                    && to.equals("Transaction"));
            recording.note(phase, "");
            var server0 = find(recording, e -> e.session() == 0);
            recording.note(server0, "of the server");
            var all = Selection.all(recording);

            var transcript = Exports.text(Format.TRANSCRIPT, all);
            assertTrue(transcript.contains("\n# note on event " + stat + ": why so few?\n# look: \"here\"\nC1: STAT\n"),
                    transcript);
            assertTrue(transcript.contains("# note on event " + phase + ": bookmark\n"), transcript);
            assertTrue(transcript.contains("# note on event " + server0 + ": of the server\n"), transcript);

            var json = Exports.text(Format.JSON_LINES, all).lines()
                    .map(l -> JsonParser.parseString(l).getAsJsonObject()).filter(o -> o.has("note")).toList();
            assertEquals(3, json.size());
            assertEquals("why so few?\nlook: \"here\"", json.stream().filter(o -> o.get("number").getAsLong() == stat)
                    .findFirst().orElseThrow().get("note").getAsString());

            var capture = new String(Exports.octets(Format.PCAPNG, all), StandardCharsets.UTF_8);
            assertTrue(capture.contains("note on event " + stat + ": why so few?\nlook: \"here\""));
            assertTrue(capture.contains("note on event " + phase + ": bookmark; session 1, phase Transaction"));

            assertTrue(Exports.text(Format.MERMAID, all)
                    .contains("    Note over C1,S: why so few? look#58; #34;here#34;\n"));
            assertTrue(Exports.text(Format.PLANTUML, all).contains("note over S: of the server\n"));
        }
    }

    private static long find(Recording recording, Predicate<TraceEvent> wanted) {
        return recording.events(1, Integer.MAX_VALUE).stream().filter(wanted).findFirst().orElseThrow().number();
    }
}
