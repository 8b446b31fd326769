package dev.mailscope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.export.Format;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;

class ExportRecordingTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    @TempDir
    private Path folder;
    private Path recording;

    @BeforeEach
    void record() throws IOException {
        recording = folder.resolve("x.mailtrace");
        try (var events = Recording.create(recording, RecordingLimits.DEFAULT)) {
            for (var i = 1; i <= 5; i++) {
                events.record(i % 2, "", 0, "", "", "", new What.Remark("remark " + i));
            }
        }
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void writesWhatIsSelected() throws IOException {
        assertEquals(0, Main.run("export", recording.toString(), "jsonl"));
        assertEquals(5, output.toString(StandardCharsets.UTF_8).lines().count());
        var file = folder.resolve("y.jsonl");
        assertEquals(0, Main.run("export", recording.toString(), "JSONL", "--session", "1", "--from", "2", "--to", "5",
                "-o", file.toString()));
        assertEquals(2, Files.readAllLines(file).size());
        assertTrue(Files.readString(file).contains("remark 3"));
        assertEquals("", errors.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyFormatCanBeWritten() {
        for (var format : Format.values()) {
            output.reset();
            assertEquals(0, Main.run("export", recording.toString(), format.id()), errors::toString);
            assertFalse(output.size() == 0, format.id());
        }
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        fails("there is no format doc; the formats are transcript, ", recording.toString(), "doc");
        fails(recording + " has the events 1 to 5, and not from 3 to 9", recording.toString(), "jsonl", "--from", "3",
                "--to", "9");
        fails("Missing required parameter: 'FORMAT'", recording.toString());
        fails(folder.resolve("none") + "", folder.resolve("none").toString(), "jsonl");
        var text = Files.writeString(folder.resolve("text"), "no recording");
        fails(text.toString(), text.toString(), "jsonl");
        var place = folder.resolve("none/y.jsonl");
        fails(place + " cannot be written: its folder does not exist", recording.toString(), "jsonl", "-o",
                place.toString());
    }

    @Test
    void helpNamesTheFormats() {
        assertEquals(0, Main.run("export", "--help"));
        for (var format : Format.values()) {
            assertTrue(output.toString(StandardCharsets.UTF_8).contains(format.id()), format.id());
        }
    }

    private void fails(String message, String... arguments) {
        errors.reset();
        var all = new String[arguments.length + 1];
        all[0] = "export";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertEquals(2, Main.run(all));
        var said = errors.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("mailscope: " + message), said);
        assertEquals(1, said.lines().count(), said);
    }
}
