package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.stream.Collectors;

import dev.mailscope.server.finding.Finding;
import dev.mailscope.server.finding.Rule;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.finding.TraceFindings;

/** The rows of a trace, with a sign at the events where something was found. */
record MarkedRows(EventTable.Rows rows, TraceFindings findings) implements EventTable.Rows {
    private static final String WARNING = "\u26A0 ";
    private static final String HINT = "\u2139 ";

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
        var hint = found.stream().allMatch(finding -> finding.rule().severity() == Rule.Severity.HINT);
        var cells = new ArrayList<>(row.cells());
        cells.set(TraceColumn.WHAT.ordinal(), (hint ? HINT : WARNING) + found.stream()
                .map(finding -> finding.rule().title())
                .collect(Collectors.joining(", ")) + " \u00B7 " + cells.get(TraceColumn.WHAT.ordinal()));
        return new EventTable.Row(row.number(), cells, hint ? row.tone() : Tone.PROBLEM, row.rule());
    }

    /** What was found at an event, in sentences; null for nothing. */
    String hint(long event) {
        var found = findings.at(event);
        return found.isEmpty() ? null : found.stream().map(Finding::text).collect(Collectors.joining("\n\n"));
    }
}
