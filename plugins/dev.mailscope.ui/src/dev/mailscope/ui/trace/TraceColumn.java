package dev.mailscope.ui.trace;

import java.util.Arrays;

/** The columns of the trace, from left to right. */
enum TraceColumn {
    NUMBER(64, Messages.column_number),
    TIME(104, Messages.column_time),
    SESSION(84, Messages.column_session),
    DIRECTION(72, Messages.column_direction),
    PHASE(124, Messages.column_phase),
    FOLDER(84, Messages.column_folder),
    WHAT(400, Messages.column_what);

    private final int width;
    private final String title;

    TraceColumn(int width, String title) {
        this.width = width;
        this.title = title;
    }

    /** All of them, as wide as is usual. */
    static EventColumns create() {
        return new EventColumns(Arrays.stream(values()).map(c -> c.title).toList(),
                Arrays.stream(values()).mapToInt(c -> c.width).toArray());
    }
}
