package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.stream.Collectors;

import dev.mailscope.server.finding.Finding;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.finding.TraceFindings;

/** The rows of a trace, with a sign at the events where something was found. */
record MarkedRows(EventTable.Rows rows, TraceFindings findings) implements EventTable.Rows {
    private static final String SIGN = "\u26A0 ";

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public EventTable.Row row(int index) {
        var row = rows.row(index);
        var found = row == null ? null : findings.at(row.number());
        if (found == null || found.isEmpty()) {
            return row;
        }
        var cells = new ArrayList<>(row.cells());
        cells.set(TraceColumn.WHAT.ordinal(), SIGN + found.stream().map(finding -> finding.rule().title())
                .collect(Collectors.joining(", ")) + " \u00B7 " + cells.get(TraceColumn.WHAT.ordinal()));
        return new EventTable.Row(row.number(), cells, Tone.PROBLEM);
    }

    /** What was found at an event, in sentences; null for nothing. */
    String hint(long event) {
        var found = findings.at(event);
        return found.isEmpty() ? null : found.stream().map(Finding::text).collect(Collectors.joining("\n\n"));
    }
}
