package dev.mailscope.ui.session;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.TraceFeed;

/**
 * Finds a console's session in the trace, by the address and port it speaks from, and follows its phase there. Used on
 * the UI thread, as the trace's batches come.
 */
final class TracedPhase {
    private final Protocol protocol;
    private final Recording recording;
    private String local = "";
    private long number;
    private SessionState last;
    private String phase = "";

    /** Follows a session that speaks that protocol in that recording. */
    TracedPhase(Protocol protocol, Recording recording) {
        this.protocol = protocol;
        this.recording = recording;
    }

    /** True when that is the recording it is in. */
    boolean isIn(Recording other) {
        return recording == other;
    }

    /** Takes what has come; true when the phase is another one. */
    boolean take(TraceFeed.Batch batch, String speaksFrom) {
        if (batch.recording() != recording || speaksFrom.isEmpty()) {
            return false;
        }
        local = speaksFrom;
        var before = phase;
        if (number == 0) {
            find(batch);
        }
        if (number == 0) {
            return false;
        }
        for (var event : batch.events()) {
            if (event.session() == number && event.what() instanceof What.PhaseChanged) {
                phase = event.phase();
            }
        }
        var state = batch.moment().sessions().get(number);
        if (state != null) {
            last = state;
            phase = state.phase();
        }
        return !phase.equals(before);
    }

    /** The session's number in the trace; 0 as long as it is not found. */
    long number() {
        return number;
    }

    /** The phase by its name, empty as long as the session is not found. */
    String phase() {
        return phase;
    }

    /** The session as the trace last showed it open; null before it is found. */
    SessionState state() {
        return last;
    }

    private void find(TraceFeed.Batch batch) {
        for (var state : batch.moment().sessions().values()) {
            if (state.protocol().equals(protocol.traceName()) && state.peer().equals(local)) {
                number = state.number();
            }
        }
        // A session that has ended since is in the events alone.
        for (var event : batch.events()) {
            if (event.protocol().equals(protocol.traceName())
                    && event.what() instanceof What.Connected(var peer, var address) && peer.equals(local)) {
                number = event.session();
            }
        }
    }
}
