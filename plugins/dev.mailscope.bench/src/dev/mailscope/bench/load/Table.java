package dev.mailscope.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured, as a table in Markdown: medians, and ratios of the rounds in turn with their spread. */
final class Table {
    /** The results of one row with so many clients: of each server one for each round, and which have failed. */
    static final class Cells {
        private final Map<Kind, List<Double>> results = new EnumMap<>(Kind.class);
        private final Set<Kind> failed = EnumSet.noneOf(Kind.class);

        void add(Kind kind, double result) {
            results.computeIfAbsent(kind, k -> new ArrayList<>()).add(result);
        }

        void fail(Kind kind) {
            failed.add(kind);
        }

        boolean hasFailed(Kind kind) {
            return failed.contains(kind);
        }

        private String text(Kind kind) {
            var all = results.get(kind);
            return hasFailed(kind) ? "failed" : all == null ? "–" : number(Round.median(all));
        }

        /** How many times as good as another; empty when one of them was not measured. */
        private String ratio(Kind kind, Kind other, boolean time) {
            var ours = results.get(kind);
            var theirs = results.get(other);
            if (ours == null || theirs == null || hasFailed(kind) || hasFailed(other)) {
                return "–";
            }
            var ratios = new ArrayList<Double>();
            for (var i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
                ratios.add(time ? theirs.get(i) / ours.get(i) : ours.get(i) / theirs.get(i));
            }
            return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", Round.median(ratios),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow());
        }
    }

    private final List<Kind> kinds;
    private final StringBuilder text = new StringBuilder();

    Table(List<Kind> kinds) {
        this.kinds = kinds;
        var rule = new StringBuilder("|---|---:");
        text.append("| work | clients |");
        for (var kind : kinds) {
            text.append(' ').append(kind).append(" |");
            rule.append("|---:");
        }
        text.append(" no trace ÷ Dovecot | recording ÷ Dovecot | recording ÷ GreenMail | recording ÷ bare"
                + " | recording ÷ no trace |\n")
                .append(rule).append("|---:|---:|---:|---:|---:|\n");
    }

    /** Adds a row, and returns its line. */
    String add(Row row, int clients, Cells cells) {
        var line = new StringBuilder("| " + row.words() + ", " + row.unit() + " | " + clients + " |");
        for (var kind : kinds) {
            line.append(' ').append(cells.text(kind)).append(" |");
        }
        var time = row.isTime();
        line.append(' ').append(cells.ratio(Kind.QUIET, Kind.DOVECOT, time))
                .append(" | ").append(cells.ratio(Kind.RECORDING, Kind.DOVECOT, time))
                .append(" | ").append(cells.ratio(Kind.RECORDING, Kind.GREENMAIL, time))
                .append(" | ").append(cells.ratio(Kind.RECORDING, Kind.BARE, time))
                .append(" | ").append(cells.ratio(Kind.RECORDING, Kind.QUIET, time)).append(" |");
        text.append(line).append('\n');
        return line.toString();
    }

    /** A number with as many digits as mean something. */
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
