package dev.mailscope.server.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;

/** Makes a recording of packets that somebody else has recorded. */
public final class CaptureImport {
    /** What the remark begins with that every imported recording begins with. */
    public static final String MARK = "Imported from ";

    private static final int ASKED_EVERY = 1_000;
    private static final int MOST_TIMES = 4;
    // What was captured is not to be forgotten: the disk is the limit.
    private static final long MOST_OCTETS = 1L << 50;
    private static final int START = 64;

    private CaptureImport() {
    }

    /** True when the file is one that {@link #capture} takes, by its first octets. */
    public static boolean isCapture(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return PacketReader.isCapture(in.readNBytes(START));
        }
    }

    /** True when a recording was imported: what it says of phases and mail is inferred. */
    public static boolean isImported(Recording recording) {
        var first = recording.first() == 1 ? recording.event(1) : null;
        return first != null && first.session() == 0 && first.what() instanceof What.Remark(var text)
                && text.startsWith(MARK);
    }

    /**
     * Makes a recording, in a new file, of a capture (pcap or pcapng) of POP3 and IMAP without TLS. What the capture
     * lacks is said in the recording. IOException, naming the file, when it is no capture, there is no session in it,
     * or the recording cannot be written; {@link CancellationException} when the progress called it off. No file is
     * left then.
     */
    public static void capture(Path capture, Path made, Progress progress) throws IOException {
        var knowledge = learn(capture, progress);
        var start = knowledge.start();
        var whole = false;
        var recording = Recording.create(made, RecordingLimits.DEFAULT.withBytes(MOST_OCTETS), start);
        try {
            tell(capture, recording, knowledge, start, progress);
            recording.close();
            if (!recording.status().reason().isEmpty()) {
                throw new IOException(made + ": " + recording.status().reason());
            }
            whole = true;
        } finally {
            recording.close();
            if (!whole) {
                Files.deleteIfExists(made);
            }
        }
    }

    /** Reads it as often as it takes to know what the recording begins with. IOException as above. */
    static Knowledge learn(Path capture, Progress progress) throws IOException {
        var knowledge = learn(capture, new Knowledge(Map.of(), false), progress, 0);
        var again = 1;
        while (again < MOST_TIMES - 1 && (knowledge.mixesProtocols()
                || !knowledge.toldSeparators().equals(knowledge.separators))) {
            knowledge = learn(capture, new Knowledge(knowledge.toldSeparators(),
                    knowledge.split || knowledge.mixesProtocols()), progress, again++);
        }
        if (knowledge.sessions == 0) {
            throw new IOException(capture + " has no session of POP3 or IMAP in it"
                    + (!knowledge.hasSegments ? ", nor any TCP segment that can be read" : ""));
        }
        return knowledge;
    }

    private static Knowledge learn(Path capture, Knowledge knowledge, Progress progress, int time) throws IOException {
        try (var packets = PacketReader.open(capture)) {
            var streams = new Streams(Mailboxes.learning(knowledge), null);
            var dissector = new Dissector();
            read(packets, dissector, streams, progress, Files.size(capture), time, knowledge);
            knowledge.sessions = streams.sessions();
            return knowledge;
        }
    }

    /** Tells it to a recording that begins with that state. */
    static void tell(Path capture, Recording recording, Knowledge knowledge, ServerState start, Progress progress)
            throws IOException {
        try (var packets = PacketReader.open(capture)) {
            var streams = new Streams(Mailboxes.telling(knowledge, start), recording);
            var dissector = new Dissector();
            remark(recording, knowledge.firstMicros, MARK + capture.getFileName()
                    + ": commands and answers are what was"
                    + " captured. Phases, accounts, folders and messages are inferred from them, as far as they tell.");
            if (knowledge.split) {
                remark(recording, knowledge.firstMicros,
                        "An account was read by both protocols, and which of its messages"
                        + " are the same is not told: its POP3 maildrop is an account of its own here.");
            }
            if (knowledge.isCut()) {
                remark(recording, knowledge.firstMicros, "It tells of more mail than can be kept: of some messages only"
                        + " the number is known here, or not even that.");
            }
            read(packets, dissector, streams, progress, Files.size(capture), MOST_TIMES - 1, knowledge);
            var last = knowledge.lastMicros;
            if (dissector.fragments() > 0) {
                remark(recording, last, dissector.fragments()
                        + " packets are fragments of larger ones and were not read.");
            }
            if (dissector.unknownLinks() > 0) {
                remark(recording, last, dissector.unknownLinks() + " packets were not read: their link type ("
                        + dissector.unknownLink() + ") is not known.");
            }
            if (streams.leftOut() > 0) {
                remark(recording, last, streams.leftOut()
                        + " segments were left out: too many connections were open at once.");
            }
            if (!packets.end().isEmpty()) {
                remark(recording, last, capture.getFileName() + " could not be read to its end: " + packets.end()
                        + ".");
            }
        }
    }

    private static void remark(Recording recording, long micros, String words) {
        recording.recordAt(micros, 0, "", 0, "", "", "", new What.Remark(words));
    }

    private static void read(PacketReader packets, Dissector dissector, Streams streams, Progress progress, long size,
            int time, Knowledge knowledge) throws IOException {
        var count = 0L;
        for (var packet = packets.next(); packet != null; packet = packets.next()) {
            if (count++ % ASKED_EVERY == 0) {
                ask(progress, size * time + Math.min(size, packets.position()), size);
            }
            knowledge.firstMicros = Math.min(knowledge.firstMicros, packet.micros());
            knowledge.lastMicros = Math.max(knowledge.lastMicros, packet.micros());
            var segment = dissector.segment(packet);
            if (segment != null) {
                knowledge.hasSegments = true;
                streams.take(segment);
            }
        }
        streams.end(knowledge.lastMicros);
        ask(progress, size * (time + 1), size);
    }

    private static void ask(Progress progress, long done, long size) {
        if (!progress.goOn(done, size * MOST_TIMES)) {
            throw new CancellationException();
        }
    }
}
