package dev.mailscope.ui.diagram;

import java.util.Locale;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.Sequence;
import dev.mailscope.server.analysis.Sequence.Row;
import dev.mailscope.ui.Counted;

/** What the sequence chart says in words. */
final class SequenceWords {
    private SequenceWords() {
    }

    /** Whose row it is. */
    static String who(Row row) {
        if (row.session() == 0) {
            return Messages.who_server;
        }
        return row.alive().stream().filter(line -> line.session() == row.session()).findFirst()
                .map(line -> session(line) + (line.name().isEmpty() ? "" : " (" + line.name() + ")"))
                .orElseGet(() -> NLS.bind(Messages.sequence_session, Long.toString(row.session())));
    }

    /** A session by its protocol and number. */
    static String session(Sequence.Lifeline line) {
        return line.protocol().toUpperCase(Locale.ROOT) + " " + line.session();
    }

    /** What kind of row it is. */
    static String kind(Sequence.Kind kind) {
        return switch (kind) {
            case BEGUN -> Messages.kind_begun;
            case COMMAND -> Messages.kind_command;
            case CONTINUED -> Messages.kind_continued;
            case GO_AHEAD -> Messages.kind_goAhead;
            case UNTAGGED -> Messages.kind_untagged;
            case PUSHED -> Messages.kind_pushed;
            case ANSWER -> Messages.kind_answer;
            case LOST -> Messages.kind_lost;
            case NOTE -> Messages.kind_note;
            case CHANGE -> Messages.kind_change;
            case ENDED -> Messages.kind_ended;
            case CUT -> Messages.kind_cut;
        };
    }

    /** What it says. */
    static String text(Row row) {
        return row.count() == 1 ? row.text()
                : NLS.bind(Messages.sequence_folded, row.text(), Counted.text(Messages.sequence_more, row.count() - 1));
    }

    /** The whole row, for a tooltip and for a screen reader. */
    static String whole(Row row) {
        return NLS.bind(Messages.sequence_row, new Object[] { Long.toString(row.event()), who(row), kind(row.kind()),
            text(row) });
    }
}
