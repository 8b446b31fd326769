package dev.mailscope.ui.debug;

import java.util.List;
import java.util.function.Supplier;

import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.Proposal;
import dev.mailscope.server.expression.StopCondition;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.filter.Language;

/**
 * Conditions on what passes a stop, which name only what has a value there.
 *
 * @param stop  the stop chosen at the moment
 * @param known what has occurred
 */
record StopLanguage(Supplier<Stop> stop, Supplier<Known> known) implements Language {
    @Override
    public Expression.Parsed parse(String text) {
        return StopCondition.parse(text, stop.get());
    }

    @Override
    public List<Proposal> proposals(String text, int caret) {
        return StopCondition.proposals(text, caret, stop.get(), known.get());
    }

    @Override
    public String kind(String text) {
        return ""; // plain words are none
    }
}
