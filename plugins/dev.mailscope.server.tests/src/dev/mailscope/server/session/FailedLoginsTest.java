package dev.mailscope.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private final AtomicLong now = new AtomicLong();
    private final FailedLogins failed = new FailedLogins(Duration.ofSeconds(2), now::get);

    @Test
    void theMoreTheLonger() {
        assertEquals(List.of(0L, 0L, 0L, 250L, 500L, 1_000L, 2_000L, 2_000L), delays("a", 8));
    }

    @Test
    void eachAddressCountsAlone() {
        delays("a", 100);
        assertEquals(List.of(0L), delays("b", 1));
        assertEquals(List.of(2_000L), delays("a", 1));
    }

    @Test
    void aMinuteLaterAllIsForgotten() {
        delays("a", 5);
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertEquals(List.of(0L), delays("a", 1));
    }

    @Test
    void zeroIsForNever() {
        var never = new FailedLogins(Duration.ZERO, now::get);
        IntStream.range(0, 50).forEach(i -> assertEquals(Duration.ZERO, never.count("a")));
    }

    private List<Long> delays(String address, int count) {
        return IntStream.range(0, count).mapToObj(i -> failed.count(address).toMillis()).toList();
    }
}
