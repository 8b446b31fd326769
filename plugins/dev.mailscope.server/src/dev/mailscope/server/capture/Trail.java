package dev.mailscope.server.capture;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** One session's line into the recording that is made; into nothing while the capture is only looked through. */
final class Trail {
    private final Recording recording;
    private final long session;
    private final String protocol;
    private long micros;
    private long imagined;
    private String phase;
    private String folder = "";
    private String command = "";

    /** The trail of a session that begins in that phase; recording is null for none. */
    Trail(Recording recording, long session, String protocol, String phase) {
        this.recording = recording;
        this.session = session;
        this.protocol = protocol;
        this.phase = phase;
    }

    long session() {
        return session;
    }

    String protocol() {
        return protocol;
    }

    String phase() {
        return phase;
    }

    /** True when events are recorded. */
    boolean records() {
        return recording != null;
    }

    Recording recording() {
        return recording;
    }

    /** What follows happened then, in microseconds since 1970. */
    void at(long time) {
        micros = time;
    }

    /** When what follows happened, to the second. */
    OffsetDateTime time() {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).atOffset(ZoneOffset.UTC);
    }

    /** What follows belongs to that command. */
    void of(String name) {
        command = name;
    }

    /** The session is in that phase now. */
    void enters(String next, long cause) {
        if (!next.equals(phase)) {
            var from = phase;
            phase = next;
            record(cause, new What.PhaseChanged(from, next));
        }
    }

    /** Records an event and gives its number. */
    long record(long cause, What what) {
        if (what instanceof What.ViewOpened opened) {
            folder = opened.folder();
        } else if (what instanceof What.ViewClosed) {
            folder = "";
        }
        if (recording == null) {
            return ++imagined;
        }
        recording.awaitRoom();
        return recording.recordAt(micros, session, protocol, cause, phase, folder, command, what);
    }
}
