package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Looks at recordings. */
final class Imported {
    private Imported() {
    }

    static List<TraceEvent> events(Recording recording) {
        return recording.events(1, Integer.MAX_VALUE);
    }

    static List<TraceEvent> of(Recording recording, long session) {
        return events(recording).stream().filter(event -> event.session() == session).toList();
    }

    /** The commands of a session, with what was wrong with them. */
    static List<String> commands(Recording recording, long session) {
        return of(recording, session).stream().filter(event -> event.what() instanceof What.Command
                || event.what() instanceof What.Rejected).map(event -> event.what() instanceof What.Command(var tag)
                        ? tag + " " + event.command() : "rejected " + event.command()).toList();
    }

    static List<String> phases(Recording recording, long session) {
        return of(recording, session).stream().map(TraceEvent::what).filter(What.PhaseChanged.class::isInstance)
                .map(what -> ((What.PhaseChanged) what).to()).toList();
    }

    static List<String> opened(Recording recording, long session) {
        return of(recording, session).stream().map(TraceEvent::what).filter(What.ViewOpened.class::isInstance)
                .map(what -> (What.ViewOpened) what).map(view -> view.folder() + (view.readOnly() ? " read-only" : ""))
                .toList();
    }

    static List<String> kinds(Recording recording, long session) {
        return of(recording, session).stream().map(event -> event.what().kind()).toList();
    }

    static List<String> remarks(Recording recording) {
        return events(recording).stream().map(TraceEvent::what).filter(What.Remark.class::isInstance)
                .map(what -> ((What.Remark) what).text()).toList();
    }

    static String said(Recording recording, long session, boolean byClient) {
        var out = new ByteArrayOutputStream();
        for (var event : of(recording, session)) {
            if (event.what() instanceof What.Received(var octets) && byClient) {
                out.writeBytes(octets.toBytes());
            } else if (event.what() instanceof What.Response(var octets) && !byClient) {
                out.writeBytes(octets.toBytes());
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** A session as it was before it was closed. */
    static SessionState atTheEndOf(Recording recording, long session) {
        var closed = of(recording, session).stream().filter(event -> event.what() instanceof What.Closed).findFirst();
        return recording.at(closed.orElseThrow().number() - 1).sessions().get(session);
    }

    /** What a state has, in words: folders with UIDVALIDITY and UIDNEXT, messages with flags and octets. */
    static String held(ServerState state) {
        var lines = new ArrayList<String>();
        for (var account : state.accounts().values()) {
            lines.add("account " + account.name() + " subscribed " + account.subscriptions());
            for (var folder : new TreeMap<>(account.folders()).values()) {
                lines.add(" " + folder.name() + " " + folder.uidValidity() + " next " + folder.uidNext());
                folder.messages().values().forEach(message -> lines.add("  " + message.uid() + " " + message.flags()
                        + " " + message.internalDate() + " " + message.content().id().substring(0, 8)));
            }
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
