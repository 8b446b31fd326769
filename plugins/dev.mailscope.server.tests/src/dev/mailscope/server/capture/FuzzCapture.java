package dev.mailscope.server.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;

/** A stranger's capture: it is refused with a word about it, or all that is inferred from it fits together. */
public final class FuzzCapture {
    private FuzzCapture() {
    }

    /** The octets of a file, pcap or pcapng. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var capture = Files.createTempFile("fuzz", ".pcap");
            try {
                Files.write(capture, data);
                take(capture);
            } finally {
                Files.delete(capture);
            }
        } catch (IOException e) {
            throw new AssertionError("the file's folder cannot be written to", e);
        }
    }

    private static void take(Path capture) throws IOException {
        Knowledge knowledge;
        try {
            knowledge = CaptureImport.learn(capture, Progress.NONE);
        } catch (IOException e) {
            if (e.getMessage() == null || !e.getMessage().contains(capture.toString())) {
                throw new AssertionError("no word about what is wrong", e);
            }
            return;
        }
        var start = knowledge.start();
        try (var recording = Recording.inMemory(RecordingLimits.DEFAULT, start)) {
            CaptureImport.tell(capture, recording, knowledge, start, Progress.NONE);
            var moment = recording.at(recording.first() - 1);
            for (var event : recording.events(recording.first(), Integer.MAX_VALUE)) {
                moment = moment.after(event);
            }
            if (!moment.equals(recording.live())) {
                throw new AssertionError("the events tell of another end than the recording");
            }
            Export.write(Format.JSON_LINES, Selection.all(recording), OutputStream.nullOutputStream(), Progress.NONE);
        }
    }
}
