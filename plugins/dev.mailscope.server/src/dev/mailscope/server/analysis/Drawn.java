package dev.mailscope.server.analysis;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** An event as drawings and transcripts show it: conversation, sequence chart and exported diagrams share this. */
public sealed interface Drawn {
    /** What a note is about. */
    enum Topic {
        /** The session's phase, or what carries it: TLS, compression. */
        PHASE,
        /** Mail or folders changed, or a mark. */
        CHANGE,
        /** What the client has been told, in words. */
        TOLD,
        /** A session was held, or goes on. */
        HELD,
        /** A fault, or other octets in place of what was said. */
        FAULT
    }

    /** The session begins. */
    record Begun() implements Drawn {
    }

    /** Octets went from one side to the other. */
    record Message(Octets octets, boolean toServer) implements Drawn {
    }

    /**
     * Something to be said at one place.
     *
     * @param atServer true when it happened to the server, false when it concerns the session
     */
    record Note(boolean atServer, Topic topic, String text) implements Drawn {
    }

    /** The session is over. */
    record Ended(String reason) implements Drawn {
    }

    /** What is drawn otherwise says it already. */
    record Nothing() implements Drawn {
    }

    /** How that event is drawn. */
    static Drawn of(TraceEvent event) {
        return switch (event.what()) {
            case What.Connected w -> new Begun();
            case What.Received(var octets) -> new Message(octets, true);
            case What.Response(var octets) -> new Message(octets, false);
            case What.Replaced(var octets, var toClient) -> new Message(octets, !toClient);
            case What.PhaseChanged(var from, var to, var user) -> new Note(false, Topic.PHASE, Escape.controls(to));
            case What.TlsStarted w -> new Note(false, Topic.PHASE, EventText.what(event));
            case What.CompressionStarted w -> new Note(false, Topic.PHASE, EventText.what(event));
            case What.StateChanged w -> new Note(true, Topic.CHANGE, EventText.what(event));
            case What.Marked w -> new Note(true, Topic.CHANGE, EventText.what(event));
            case What.Delivery w -> new Note(true, Topic.CHANGE, EventText.what(event));
            case What.Told w -> new Note(false, Topic.TOLD, EventText.what(event));
            case What.Held w -> new Note(false, Topic.HELD, EventText.what(event));
            case What.Released w -> new Note(false, Topic.HELD, EventText.what(event));
            case What.Fault w -> new Note(false, Topic.FAULT, EventText.what(event));
            case What.Closed(var reason) -> new Ended(Escape.controls(reason));
            // The arrow of what was received says it, or the answer.
            case What.Command w -> new Nothing();
            case What.Rejected w -> new Nothing();
            case What.Sent w -> new Nothing();
            case What.ViewOpened w -> new Nothing();
            case What.ViewClosed w -> new Nothing();
            case What.Device w -> new Nothing();
            case What.Remark w -> new Nothing();
        };
    }
}
