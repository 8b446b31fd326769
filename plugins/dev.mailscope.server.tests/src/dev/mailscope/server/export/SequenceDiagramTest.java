package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.RandomTrace;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

class SequenceDiagramTest {
    // What each line may be; the text behind the colon holds nothing that the tool reads as more than characters.
    private static final Pattern MERMAID = Pattern.compile("sequenceDiagram|"
            + "    participant (S|C\\d+) as [A-Za-z0-9 ]*|"
            + "    ((S|C\\d+)--?>>(S|C\\d+)|Note over (S|C\\d+)(,S)?): ([\\p{L}\\p{N} ,.()=@?!$]|#\\d+;)*");
    private static final Pattern PLANTUML = Pattern.compile("@startuml|hide footbox|@enduml|"
            + "participant \"[A-Za-z0-9 ]*\" as (S|C\\d+)|"
            + "((S|C\\d+)--?>(S|C\\d+)|note over (S|C\\d+)(,S)?): ([\\p{L}\\p{N} ,.()=@?!$]|<U\\+[0-9A-F]+>)*");

    @Test
    void whoSaysWhatInWhichPhase() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.deliver("alice", "Subject: 1\r\n\r\n");
            var client = server.connect("pop3");
            client.ask("USER alice");
            client.ask("PASS wonderland");
            client.ask("DELE 1");
            client.ask("QUIT");
            var text = written(Format.MERMAID, server.recording());
            assertTrue(text.startsWith("sequenceDiagram\n    participant C1 as POP3 1\n    participant S as Server\n"),
                    text);
            assertTrue(text.contains("    C1->>S: PASS #42;#42;#42;#42;#42;#42;#42;#42;\n"), text);
            assertTrue(text.contains("    Note over C1,S: Transaction\n"), text);
            assertFalse(text.contains("wonderland"));
            var plant = written(Format.PLANTUML, server.recording());
            assertTrue(plant.contains("C1->S: DELE 1\n"), plant);
            assertTrue(plant.endsWith("@enduml\n"));
        }
    }

    @Test
    void commandsSentAtOnceStandBeforeTheirAnswers() throws IOException {
        try (var server = new TestServer()) {
            server.connect("imap").ask("a NOOP\r\nb NOOP");
            var text = written(Format.PLANTUML, server.recording());
            assertTrue(text.endsWith("""
                    C1->S: a NOOP
                    C1->S: b NOOP
                    S-->C1: a OK NOOP completed.
                    S-->C1: b OK NOOP completed.
                    @enduml
                    """), text);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, names = {"MERMAID", "PLANTUML"})
    void nothingInATraceBreaksTheDiagram(Format format) throws IOException {
        try (var recording = Recording.inMemory()) {
            var random = new RandomTrace(11);
            for (var i = 1; i < 2_000; i++) {
                var event = random.anyEvent(i);
                if (event.what() instanceof What.StateChanged) {
                    continue; // it would have to fit the state
                }
                recording.record(event.session() & 7, "imap", 0, event.phase(), event.folder(), event.command(),
                        event.what());
            }
            var lines = written(format, recording).split("\n");
            assertTrue(lines.length > 500);
            var pattern = format == Format.MERMAID ? MERMAID : PLANTUML;
            for (var line : lines) {
                assertTrue(pattern.matcher(line).matches(), line);
            }
        }
    }

    @Test
    void aLongLineIsCut() throws IOException {
        try (var server = new TestServer()) {
            var client = server.connect("imap");
            client.ask("a " + "X".repeat(500));
            var longest = written(Format.PLANTUML, server.recording()).lines().mapToInt(String::length).max();
            assertTrue(longest.orElseThrow() < 700, longest::toString);
            assertEquals(1, written(Format.MERMAID, server.recording()).lines().filter(l -> l.startsWith("seq"))
                    .count());
        }
    }

    private static String written(Format format, Recording recording) throws IOException {
        var out = new ByteArrayOutputStream();
        Export.write(format, Selection.all(recording), out, Progress.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }
}
