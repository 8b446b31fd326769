package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.mailbox.BoundedStorage;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;

/**
 * Makes a recording of a transcript: it is run on a server of its own, in this process and without a socket. A
 * transcript is a stranger's file: it reads no other file, and what it may use up is limited.
 */
public final class TranscriptImport {
    /**
     * What a run may use up.
     *
     * @param time how long it may take
     * @param file octets of the recording
     * @param mail octets of memory for accounts and mail, about
     */
    record Limits(Duration time, long file, long mail) {
        static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 1L << 30,
                Runtime.getRuntime().maxMemory() / 4);
    }

    // Nothing is forgotten: the run is stopped instead.
    private static final RecordingLimits UNLIMITED = RecordingLimits.DEFAULT.withBytes(1L << 50);
    private static final int MOST_SHOWN = 1_000;

    private final Transcript transcript;
    private final Recording recording;
    private final List<Difference> first = new ArrayList<>();
    private long differences;

    private TranscriptImport(Transcript transcript, Recording recording) {
        this.transcript = transcript;
        this.recording = recording;
    }

    /**
     * Makes a recording, in a new file, of what a server does with a transcript. Where that is not what the transcript
     * expects, a remark in the recording says so; so does one where the run was stopped, because it used up too much.
     * IOException, naming the file, and the line where there is one, when it is no transcript, or the recording cannot
     * be written; {@link CancellationException} when the progress called it off. No file is left then.
     */
    public static Outcome run(Path file, Path made, Progress progress) throws IOException {
        return run(file, made, progress, Limits.DEFAULT);
    }

    static Outcome run(Path file, Path made, Progress progress, Limits limits) throws IOException {
        var transcript = Transcript.read(file);
        var whole = false;
        var recording = Recording.create(made, UNLIMITED);
        try {
            var outcome = new TranscriptImport(transcript, recording).run(file, progress, limits);
            recording.close();
            if (!recording.status().reason().isEmpty()) {
                throw new IOException(made + ": " + recording.status().reason());
            }
            whole = true;
            return outcome;
        } finally {
            recording.close();
            if (!whole) {
                Files.deleteIfExists(made);
            }
        }
    }

    private Outcome run(Path file, Progress progress, Limits limits) {
        remark(0, "Made by running the transcript " + file.getFileName() + " on a server of its own. Commands are the"
                + " transcript's, all else is what the server did.");
        var guard = new Guard(progress, limits);
        var stopped = "";
        var storage = new BoundedStorage(Storage.MEMORY, true, ServerState.EMPTY, limits.mail, () -> false);
        try (var server = new SocketlessServer(recording, storage, guard)) {
            new TranscriptRun(transcript, server, 0, name -> {
                throw new IOException("none: the file " + shortened(name) + " is not read, as no other file than the"
                        + " transcript is");
            }, this::differs).run();
        } catch (IOException e) {
            if (guard.cancelled) {
                throw new CancellationException();
            }
            stopped = "at line " + guard.line + ", because " + e.getMessage();
        }
        var outcome = new Outcome(differences, List.copyOf(first), stopped);
        remark(0, outcome.summary());
        return outcome;
    }

    private void differs(Difference difference) {
        var shown = new Difference(difference.line(), difference.session(), shown(difference.expected()),
                shown(difference.got()));
        differences++;
        if (first.size() < Outcome.MOST) {
            first.add(shown);
        }
        remark(shown.session(), "At " + shown + ".");
    }

    private void remark(long session, String words) {
        var state = recording.live().sessions().get(session);
        recording.record(session, state == null ? "" : state.protocol(), 0, state == null ? "" : state.phase(), "", "",
                new What.Remark(words));
    }

    /** What the trace hides of the server's is hidden here: what a continuation request says. */
    private static String shown(String words) {
        return words.startsWith("\"+ ") ? "\"+ " + Octets.MASK + '"' : shortened(words);
    }

    private static String shortened(String words) {
        return words.length() <= MOST_SHOWN ? words : words.substring(0, MOST_SHOWN) + '\u2026';
    }

    /** Stops a run that is called off or uses up too much. */
    private final class Guard implements Watch {
        private static final long OFTEN = Duration.ofMillis(50).toNanos();

        private final Progress progress;
        private final Limits limits;
        private final long began = System.nanoTime();
        private final int lines = transcript.lines().getLast().number();
        private long asked = began - OFTEN;
        private int line;
        private boolean cancelled;

        Guard(Progress progress, Limits limits) {
            this.progress = progress;
            this.limits = limits;
        }

        @Override
        public void at(int number) throws IOException {
            line = number;
            look();
        }

        @Override
        public void look() throws IOException {
            var now = System.nanoTime();
            if (now - asked < OFTEN) {
                return;
            }
            asked = now;
            if (!progress.goOn(line, lines)) {
                cancelled = true;
                throw new IOException("it was cancelled");
            }
            if (now - began > limits.time.toNanos()) {
                throw new IOException("it took longer than " + limits.time.toSeconds() + " seconds");
            }
            if (recording.status().bytes() > limits.file) {
                throw new IOException("the recording is larger than " + (limits.file >> 20) + " MiB");
            }
        }
    }
}
