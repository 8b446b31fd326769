package dev.mailscope.ui.trace;

import java.util.Arrays;
import java.util.function.ToIntFunction;

import dev.mailscope.ui.Widths;

/** The columns of the trace, from left to right. */
enum TraceColumn {
    /** With room for the mark of a note. */
    NUMBER(80, 40, Messages.column_number),
    TIME(104, 76, Messages.column_time),
    SESSION(84, 62, Messages.column_session),
    DIRECTION(72, 48, Messages.column_direction),
    PHASE(124, 120, Messages.column_phase),
    FOLDER(84, 58, Messages.column_folder),
    /** Takes the room the others leave. */
    WHAT(0, 0, Messages.column_what);

    private final int width;
    private final int least;
    private final String title;

    TraceColumn(int width, int least, String title) {
        this.width = width;
        this.least = least;
        this.title = title;
    }

    /** All of them, as wide as is usual. */
    static EventColumns create() {
        return new EventColumns(Arrays.stream(values()).map(c -> c.title).toList(),
                new Widths(ofAllButTheLast(c -> c.width), ofAllButTheLast(c -> c.least)));
    }

    private static int[] ofAllButTheLast(ToIntFunction<TraceColumn> number) {
        return Arrays.stream(values()).limit(values().length - 1L).mapToInt(number).toArray();
    }
}
