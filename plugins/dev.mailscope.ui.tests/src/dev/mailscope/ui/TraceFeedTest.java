package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class TraceFeedTest {
    private final Recording recording = Recording.inMemory();
    private final TraceFeed feed = new TraceFeed(() -> recording);
    private final List<TraceFeed.Batch> batches = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        feed.close();
        recording.close();
    }

    @Test
    void everyEventComesOnceAndInOrder() {
        Robot.ui(() -> feed.addListener(batches::add));
        for (var round = 0; round < 4; round++) {
            for (var i = 0; i < 300; i++) {
                remark();
            }
            var all = recording.last();
            Robot.until("all have come", () -> !batches.isEmpty() && batches.getLast().last() == all);
        }
        var numbers = new ArrayList<Long>();
        batches.forEach(batch -> batch.events().stream().map(TraceEvent::number).forEach(numbers::add));
        assertEquals(1_200, numbers.size());
        for (var i = 0; i < numbers.size(); i++) {
            assertEquals(i + 1L, numbers.get(i));
        }
    }

    @Test
    void viewsAreAskedAtMostTenTimesASecond() {
        Robot.ui(() -> feed.addListener(batches::add));
        var end = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < end) {
            remark();
            Thread.onSpinWait();
        }
        assertTrue(batches.size() >= 1 && batches.size() <= 11, batches.size() + " batches");
    }

    @Test
    void aViewThatIsSlowGetsTheRestInOneBatch() {
        var slow = new AtomicBoolean(true);
        Robot.ui(() -> feed.addListener(batch -> {
            batches.add(batch);
            if (slow.getAndSet(false)) {
                // Longer than many intervals: meanwhile more is recorded than a batch may carry.
                for (var i = 0; i < TraceFeed.MOST + 500; i++) {
                    remark();
                }
            }
        }));
        remark();
        Robot.until("the second batch has come", () -> batches.size() >= 2);
        var second = batches.get(1);
        assertEquals(1, second.since());
        assertEquals(TraceFeed.MOST, second.events().size());
        assertEquals(second.last(), second.events().getLast().number());
    }

    @Test
    void aListenerThatLeftHearsNothing() {
        TraceFeed.Listener gone = batches::add;
        var others = new CopyOnWriteArrayList<TraceFeed.Batch>();
        Robot.ui(() -> {
            feed.addListener(gone);
            feed.addListener(others::add);
            feed.removeListener(gone);
        });
        remark();
        Robot.until("the other has heard", () -> !others.isEmpty());
        assertEquals(List.of(), batches);
    }

    private long remark() {
        return recording.record(0, "", 0, "", "", "", new What.Remark("something"));
    }
}
