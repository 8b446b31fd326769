package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class FilterRunTest {
    private static final int MANY = 40_000;
    private static final Recording RECORDING = Recording.inMemory();

    @BeforeAll
    static void record() {
        for (var i = 1; i <= MANY; i++) {
            RECORDING.record(0, "", 0, "", "", i % 100 == 0 ? "STORE" : "FETCH", new What.Remark("remark " + i));
        }
    }

    @Test
    void whatEventsSayThemselvesIsToldInOrderThoughByManyThreads() {
        assertTrue(Samples.expression("command == 'STORE' && empty(flags)").isOfEventAlone());
        var to = new ArrayList<Long>();
        assertEquals(LongStream.rangeClosed(1, MANY / 100).map(i -> i * 100).boxed().toList(),
                numbers(run("command == 'STORE'", to)));
        assertEquals(to.stream().sorted().toList(), to);
        assertTrue(to.size() > 5 && to.getLast() == MANY, "it comes in pieces: " + to);
    }

    @Test
    void whatDependsOnEarlierEventsIsToldInTheirOrder() {
        for (var text : List.of("exists(command == 'STORE')", "never(number > 5)", "count(size > 1) > 3",
                "account == 'alice'", "session(2).open", "messages('a', 'b') > 1", "told(1) == 1",
                "flags('a', 'b', 1) == '\\\\Seen'", "uids('a', 'b') == 1", "folder('a', 'b').there")) {
            assertFalse(Samples.expression(text).isOfEventAlone(), text);
        }
        assertEquals(LongStream.range(100, MANY + 1).boxed().toList(),
                numbers(run("exists(command == 'STORE')", new ArrayList<>())));
        assertEquals(List.of(100L, 200L), numbers(run("command == 'STORE' && count(command == 'STORE') < 3",
                new ArrayList<>())));
    }

    @Test
    void itGoesOnWhereItStopped() {
        var run = new FilterRun(Filter.ALL.withText("command == 'STORE' && count(command == 'STORE') <= 150"),
                RECORDING, () -> false);
        var found = new ArrayList<TraceEvent>();
        run.run(1, 10_000, (to, passed, withdrawn) -> found.addAll(passed));
        assertEquals(100, found.size());
        run.run(10_001, MANY, (to, passed, withdrawn) -> found.addAll(passed));
        assertEquals(LongStream.rangeClosed(1, 150).map(i -> i * 100).boxed().toList(), numbers(found));
    }

    @Test
    void whoEndsItWaitsForNothingMore() {
        var cancelled = new AtomicBoolean();
        for (var text : List.of("number > 0", "exists(number > 0)")) {
            cancelled.set(false);
            var seen = new ArrayList<Long>();
            var run = new FilterRun(Filter.ALL.withText(text), RECORDING, cancelled::get);
            run.run(1, MANY, (to, passed, withdrawn) -> {
                seen.add(to);
                cancelled.set(true);
            });
            assertEquals(1, seen.size(), text);
        }
    }

    @Test
    void anEventWithoutAnswerEndsItAfterWhatCameBefore() {
        for (var text : List.of("1000 / (20050 - number) < 0 || number == 20049",
                "1000 / (20050 - number) < 0 || number == 20049 && exists(number > 0)")) {
            var found = new ArrayList<TraceEvent>();
            var ended = new long[1];
            var e = assertThrows(EvaluationException.class, () -> new FilterRun(Filter.ALL.withText(text), RECORDING,
                    () -> false).run(1, MANY, (to, passed, withdrawn) -> {
                        found.addAll(passed);
                        ended[0] = to;
                    }));
            assertTrue(e.getMessage().contains("20050"), e.getMessage());
            assertEquals(List.of(20_049L), numbers(found), text);
            assertEquals(20_049, ended[0], text);
        }
    }

    @Test
    void aWrongFilterLetsNothingThrough() {
        assertTrue(run("comand == 'x'", new ArrayList<>()).isEmpty());
    }

    private static List<TraceEvent> run(String text, List<Long> ends) {
        var found = new ArrayList<TraceEvent>();
        var run = new FilterRun(Filter.ALL.withText(text), RECORDING, () -> false);
        run.run(1, RECORDING.last(), (to, passed, withdrawn) -> {
            ends.add(to);
            found.addAll(passed);
        });
        return found;
    }

    private static List<Long> numbers(List<TraceEvent> events) {
        return events.stream().map(TraceEvent::number).toList();
    }
}
