package dev.mailscope.server.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.mailscope.server.capture.CaptureImport;
import dev.mailscope.server.transcript.Transcript;

/** What a file is that somebody wants to import. */
public enum FileKind {
    /** A recording of Mailscope. */
    RECORDING(".mailtrace"),
    /** A capture: pcap or pcapng. */
    CAPTURE(".pcapng", ".pcap", ".cap"),
    /** A transcript of what client and server said. */
    TRANSCRIPT(".transcript");

    // What every file of the library that keeps recordings begins with.
    private static final String RECORDING_START = "H:2,";
    private static final int START = 1 << 16;

    private final String[] endings;

    FileKind(String... endings) {
        this.endings = endings;
    }

    /** How the names of such files usually end. */
    public String[] endings() {
        return endings.clone();
    }

    /**
     * What that file is, by its first octets, and for a recording or a transcript, which may be damaged or mistaken,
     * also by its name. IOException, naming the file, when it is nothing of all this, or cannot be read.
     */
    public static FileKind of(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file");
        }
        if (CaptureImport.isCapture(file)) {
            return CAPTURE;
        }
        String start;
        try (var in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(START), StandardCharsets.UTF_8);
        }
        if (start.startsWith(RECORDING_START) || RECORDING.names(file)) {
            return RECORDING;
        }
        if (TRANSCRIPT.names(file) || Transcript.isBegunBy(start)) {
            return TRANSCRIPT;
        }
        throw new IOException(file + " is neither a capture (pcap or pcapng) nor a transcript nor a recording");
    }

    private boolean names(Path file) {
        return Arrays.stream(endings).anyMatch(file.getFileName().toString()::endsWith);
    }
}
