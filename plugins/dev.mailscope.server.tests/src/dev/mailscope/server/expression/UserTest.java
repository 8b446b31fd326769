package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.SessionUsers;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Whose session an event belongs to, told of all of the session. */
class UserTest {
    private static final String ANNA = "user == 'anna'";
    private static final RecordingLimits OLDEST_GO = new RecordingLimits(4_096, 8, 1_024, 4, 1 << 20, 1 << 20);

    private final Recording recording = Recording.inMemory();

    @Test
    void allOfASessionIsItsUsers() {
        talk(recording);
        assertEquals(List.of(1L, 2L, 5L, 8L, 9L), passing(recording, ANNA));
        assertEquals(List.of(3L, 4L, 6L), passing(recording, "user == 'ben'"));
        assertEquals(List.of(7L), passing(recording, "user == ''"));
    }

    @Test
    void isToldOfAFileAsWell(@TempDir Path folder) throws Exception {
        var file = folder.resolve("talk.mailtrace");
        try (var made = Recording.create(file, RecordingLimits.DEFAULT)) {
            talk(made);
        }
        try (var opened = Recording.open(file)) {
            assertEquals(List.of(1L, 2L, 5L, 8L, 9L), passing(opened, ANNA));
            assertEquals("ben", opened.live().sessions().get(2L).user());
            assertEquals("", opened.at(4).sessions().get(1L).user());
            assertEquals("anna", opened.at(5).sessions().get(1L).user());
        }
    }

    @Test
    void whatCameBeforeTheLoginPassesWithIt() {
        var passed = new ArrayList<List<Long>>();
        var run = new FilterRun(Filter.ALL.withText(ANNA), recording, () -> false);
        record(1, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        record(2, "Not Authenticated", new What.Connected("127.0.0.3:1", "127.0.0.1:1143"));
        record(1, "Not Authenticated", new What.Received(Octets.of("a1 LOGIN anna\r\n")));
        run(run, 1, passed);
        record(1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "anna"));
        record(2, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "ben"));
        run(run, 4, passed);
        record(1, "Authenticated", new What.Closed("over"));
        run(run, 6, passed);
        assertEquals(List.of(List.of(), List.of(1L, 3L, 4L), List.of(6L)), passed);
    }

    @Test
    void whatHasNoUserBeforeItsLoginPassesOnceOrIsTakenBack() {
        var passed = new ArrayList<List<Long>>();
        var run = new FilterRun(Filter.ALL.withText("user != 'ben'"), recording, () -> false);
        record(1, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        record(2, "Not Authenticated", new What.Connected("127.0.0.3:1", "127.0.0.1:1143"));
        record(2, "Not Authenticated", new What.Received(Octets.of("b1 LOGIN ben\r\n")));
        run(run, 1, passed);
        record(1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "anna"));
        record(2, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "ben"));
        run(run, 4, passed);
        assertEquals(List.of(List.of(1L, 2L, 3L), List.of(4L, -2L, -3L)), passed);
    }

    @Test
    void whatIsLookedAtAfterTheLoginIsNotTakenBack() {
        var passed = new ArrayList<List<Long>>();
        talk(recording);
        run(new FilterRun(Filter.ALL.withText("user != 'anna'"), recording, () -> false), 1, passed);
        assertEquals(List.of(List.of(3L, 4L, 6L, 7L)), passed);
    }

    @Test
    void aSessionIsItsUsersThoughItTriedAnotherAccount() {
        record(1, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        record(1, "Not Authenticated", new What.Command("a1 LOGIN anna"));
        record(1, "Not Authenticated", new What.Response(Octets.of("a1 NO\r\n")));
        record(1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "ben"));
        assertEquals(List.of(), passing(recording, ANNA));
        assertEquals(List.of(1L, 2L, 3L, 4L), passing(recording, "user == 'ben'"));
    }

    @Test
    void aSessionWhoseBeginningIsGoneIsItsUsers(@TempDir Path folder) throws Exception {
        try (var kept = Recording.create(folder.resolve("old.mailtrace"), OLDEST_GO)) {
            connectedLongAgo(kept);
            var before = kept.last();
            var passed = new ArrayList<List<Long>>();
            var run = new FilterRun(Filter.ALL.withText(ANNA), kept, () -> false);
            run(kept, run, 1, passed);
            assertEquals(List.of(List.of()), passed);
            record(kept, 1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "anna"));
            record(kept, 1, "Authenticated", new What.Closed("over"));
            run(kept, run, before + 1, passed);
            var first = kept.first(); // more may have gone meanwhile
            var own = kept.events(first, Integer.MAX_VALUE).stream().filter(event -> event.session() == 1)
                    .map(TraceEvent::number).toList();
            assertTrue(own.getFirst() < before, "some from before the login are kept");
            assertEquals(own, passed.getLast().stream().filter(number -> number >= first).toList());
        }
    }

    @Test
    void whoLogsInAfterAllHaveBeenAskedForIsFound(@TempDir Path folder) throws Exception {
        try (var kept = Recording.create(folder.resolve("old.mailtrace"), OLDEST_GO)) {
            connectedLongAgo(kept);
            record(kept, 2, "Not Authenticated", new What.Connected("127.0.0.3:1", "127.0.0.1:1143"));
            record(kept, 2, "Not Authenticated", new What.Closed("over"));
            var users = new SessionUsers(kept, () -> { });
            assertEquals("", users.of(2), "it looks at all there is");
            record(kept, 1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "anna"));
            record(kept, 1, "Authenticated", new What.Closed("over"));
            assertEquals("anna", users.of(1));
        }
    }

    @Test
    void theSessionSaysWhoHadLoggedInThen() {
        talk(recording);
        var expression = assertInstanceOf(Expression.Right.class, Expression.parse("session(1).user == 'anna'"))
                .expression().on(recording);
        assertFalse(expression.test(recording.event(4)));
        assertTrue(expression.test(recording.event(5)));
        assertFalse(expression.test(recording.event(9)), "the session is gone");
    }

    @Test
    void whatAsksNothingElseNeedsNoOrder() {
        assertTrue(right("kind == 'told' && true").isOfEventAlone());
        assertFalse(right(ANNA).isOfEventAlone());
    }

    private static Expression right(String text) {
        return assertInstanceOf(Expression.Right.class, Expression.parse(text), text).expression();
    }

    /** Anna connects first, ben logs in first; a third one never does. */
    private static void talk(Recording into) {
        record(into, 1, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        record(into, 1, "Not Authenticated", new What.Received(Octets.of("a1 LOGIN anna\r\n")));
        record(into, 2, "Not Authenticated", new What.Connected("127.0.0.3:1", "127.0.0.1:1143"));
        record(into, 2, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "ben"));
        record(into, 1, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", "anna"));
        record(into, 2, "Selected", new What.PhaseChanged("Authenticated", "Selected"));
        record(into, 3, "Not Authenticated", new What.Connected("127.0.0.4:1", "127.0.0.1:1143"));
        record(into, 1, "Selected", new What.PhaseChanged("Authenticated", "Selected"));
        record(into, 1, "Selected", new What.Closed("over"));
    }

    /** A session in which nobody has logged in, and whose beginning is no longer kept. */
    private static void connectedLongAgo(Recording into) {
        record(into, 1, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        while (into.first() == 1) {
            record(into, 1, "Not Authenticated", new What.Received(Octets.of("a NOOP\r\n")));
            into.awaitWritten();
        }
    }

    private static List<Long> passing(Recording recording, String text) {
        var filter = Filter.ALL.withText(text).on(recording, () -> false);
        return recording.events(1, 100).stream().filter(filter).map(TraceEvent::number).toList();
    }

    private void run(FilterRun run, long from, List<List<Long>> into) {
        run(recording, run, from, into);
    }

    /** Adds the numbers of what has passed, and after them, below 0, of what was taken back. */
    private static void run(Recording of, FilterRun run, long from, List<List<Long>> into) {
        var found = new ArrayList<Long>();
        run.run(from, of.last(), (to, passed, withdrawn) -> {
            passed.forEach(event -> found.add(event.number()));
            withdrawn.stream().sorted().forEach(number -> found.add(-number));
        });
        into.add(found);
    }

    private void record(long session, String phase, What what) {
        record(recording, session, phase, what);
    }

    private static void record(Recording into, long session, String phase, What what) {
        into.record(session, "imap", 0, phase, "", "", what);
    }
}
