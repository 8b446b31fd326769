package dev.mailscope.ui.diagram;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as the views show them. */
final class Times {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private Times() {
    }

    /** A time in microseconds since 1970-01-01T00:00Z, as the local time of day. */
    static String text(long micros) {
        return FORMAT.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                Math.floorMod(micros, 1_000_000L) * 1_000L).atZone(ZoneId.systemDefault()));
    }
}
