package dev.mailscope.server.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.mailscope.server.imap.command.DateSyntax;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Note;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Tells what client and server said, for the formats in which it is to come true again. Each session is told from its
 * connection on, even when that lies before the selection. A turn, one command and its answer, is told as a whole and
 * where it took effect: so the commands stand in the order in which the server's state saw them.
 */
final class Telling {
    /** Whoever writes what is told. */
    interface Teller {
        /** First of all: what takes part, and what the server held then. */
        void begin(Selection selection, TranscriptSurvey survey, ServerState start) throws IOException;

        /** What a client said and was answered. */
        void turn(TranscriptTurn.OfSession turn) throws IOException;

        /** What somebody who takes no part changed at once. */
        void outside(List<Change> changes) throws IOException;

        /** Something that cannot be told, in words. */
        void note(String words) throws IOException;
    }

    private static final Set<String> BRINGING = Set.of("APPEND", "REPLACE");
    private static final String PROGRESS = "* OK [INPROGRESS ";

    private final Reading events;
    private final Selection selection;
    private final Teller teller;
    private final VaryingValues values;
    // Turns that have taken effect and are not written yet, by the number of the event at which they did.
    private final TreeMap<Long, TranscriptTurn> turns = new TreeMap<>();
    private final Map<Long, TranscriptTurn.OfSession> current = new HashMap<>();
    private TranscriptSurvey survey;

    Telling(Reading events, Teller teller, VaryingValues values) {
        this.events = events;
        this.selection = events.selection();
        this.teller = teller;
        this.values = values;
    }

    /** Goes through the events and tells. IOException when the state at the beginning is not known. */
    void run() throws IOException {
        var before = at(selection.first() - 1);
        var open = new TreeSet<Long>();
        var leftOut = new TreeSet<Long>();
        var first = selection.first();
        for (var session : before.sessions().values()) {
            if (selection.hasSession(session.number()) && isToldHere(session.protocol())) {
                if (session.connected() < selection.recording().first()) {
                    leftOut.add(session.number());
                } else {
                    open.add(session.number());
                    first = Math.min(first, session.connected());
                }
            }
        }
        events.expect(2, first, selection.last());
        survey = new TranscriptSurvey(open);
        events.eachOfAll(first, selection.last(), event -> survey.take(event, selection.has(event)));
        var start = at(first - 1);
        survey.settle(start);
        teller.begin(selection, survey, start.server());
        for (var session : leftOut) {
            teller.note("session " + session + " is left out: its beginning is not in the recording");
        }
        events.eachOfAll(first, selection.last(), new Reading.Taker() {
            @Override
            public void take(TraceEvent event) throws IOException {
                Telling.this.take(event);
            }

            @Override
            public void missing(long from, long to) throws IOException {
                teller.note("the events " + from + " to " + to + " are missing");
            }
        });
        end();
    }

    private Moment at(long number) throws IOException {
        try {
            return selection.recording().at(number);
        } catch (IllegalArgumentException e) {
            throw new IOException("The export begins with what the server held, which is not known: "
                    + e.getMessage(), e);
        }
    }

    private static boolean isToldHere(String protocol) {
        return protocol.equals("imap") || protocol.equals("pop3");
    }

    private void take(TraceEvent event) throws IOException {
        var before = current.get(event.session());
        happened(event);
        var note = events.note(event);
        if (note.isPresent()) {
            var turn = current.getOrDefault(event.session(), before);
            if (turn != null) {
                turn.noted(note.get());
            } else {
                tell(note.get());
            }
        }
        write(false);
    }

    private void happened(TraceEvent event) throws IOException {
        if (survey.of(event.session()) != null) {
            ofSession(event);
        } else if (event.what() instanceof What.StateChanged(var version, var changes)) {
            turns.put(event.number(), new TranscriptTurn.Outside(changes));
        }
    }

    private void ofSession(TraceEvent event) throws IOException {
        var session = event.session();
        switch (event.what()) {
            case What.Connected w -> begin(event).connects();
            case What.Received(var octets) -> {
                var turn = current.get(session);
                if (turn != null && turn.hasEffect()) {
                    turn.complete();
                    turn = null;
                }
                (turn == null ? begin(event) : turn).received(event, octets);
                if (BRINGING.contains(event.command())) {
                    values.datesOfClient(octets);
                }
            }
            case What.Response(var octets) when isProgress(octets) -> {
                // It depends on how long the command took, which it need not take again.
            }
            case What.Response(var octets) -> effect(event).response(event, octets);
            case What.StateChanged(var version, var changes) -> {
                effect(event).changed(changes);
                for (var change : changes) {
                    if (change instanceof Change.MessageAdded added && BRINGING.contains(event.command())) {
                        values.dateOfServer(DateSyntax.print(added.message().internalDate()));
                    }
                }
            }
            case What.PhaseChanged(var from, var to, var user) -> effect(event).phase(to);
            case What.Sent w -> {
                var turn = current.get(session);
                if (turn != null && turn.hasEffect()) { // or it has begun after what was sent
                    turn.complete();
                    current.remove(session);
                }
            }
            case What.Closed(var reason) -> {
                effect(event).closed(reason);
                current.remove(session).complete();
            }
            case What.Rejected w -> current(event).rejected();
            case What.ViewOpened w -> effect(event);
            case What.ViewClosed w -> effect(event);
            case What.Told w -> effect(event);
            case What.Marked w -> effect(event);
            case What.Command w -> current(event).understood();
            case What.TlsStarted w -> {
            }
            case What.CompressionStarted w -> {
            }
            case What.Delivery w -> {
            }
            case What.Held w -> {
            }
            case What.Released w -> {
            }
            case What.Fault w -> {
            }
            case What.Replaced w -> {
            }
            case What.Device w -> {
            }
            case What.Remark w -> {
            }
        }
    }

    private static boolean isProgress(Octets octets) {
        return octets.size() > 0 && octets.pieces().getFirst() instanceof Octets.Inline(var bytes)
                && new String(bytes, 0, Math.min(bytes.length, PROGRESS.length()), StandardCharsets.ISO_8859_1)
                        .equals(PROGRESS);
    }

    private TranscriptTurn.OfSession begin(TraceEvent event) {
        var turn = new TranscriptTurn.OfSession(event.session(), event.protocol());
        current.put(event.session(), turn);
        return turn;
    }

    private TranscriptTurn.OfSession current(TraceEvent event) {
        var turn = current.get(event.session());
        return turn == null ? begin(event) : turn;
    }

    private TranscriptTurn.OfSession effect(TraceEvent event) {
        var turn = current(event);
        if (!turn.hasEffect()) {
            turn.takesEffect();
            turns.put(event.number(), turn);
        }
        return turn;
    }

    private void write(boolean all) throws IOException {
        while (!turns.isEmpty() && (all || turns.firstEntry().getValue().isComplete())) {
            switch (turns.pollFirstEntry().getValue()) {
                case TranscriptTurn.Outside(var changes) -> teller.outside(changes);
                case TranscriptTurn.OfSession turn -> tell(turn);
            }
        }
    }

    private void end() throws IOException {
        write(true);
        for (var turn : current.values()) {
            if (!turn.hasEffect()) {
                tell(turn);
            }
        }
    }

    private void tell(TranscriptTurn.OfSession turn) throws IOException {
        for (var note : turn.notes()) {
            tell(note);
        }
        teller.turn(turn);
    }

    // A note on what belongs to no turn stands where the turns are that are told at that time.
    private void tell(Note note) throws IOException {
        for (var words : ("note on event " + note.event() + ": " + Reading.words(note)).split("\\R")) {
            teller.note(words);
        }
    }
}
