package dev.mailscope.ui.filter;

import java.util.List;
import java.util.function.Supplier;

import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.expression.Proposal;
import dev.mailscope.server.expression.Proposals;

/** What may be written in an {@link ExpressionField}. */
public interface Language {
    /** Reads what is written, which is not blank. */
    Expression.Parsed parse(String text);

    /** What may come next at a caret. */
    List<Proposal> proposals(String text, int caret);

    /** What the text is taken for, where the field says that at its end; empty where there is nothing to say. */
    String kind(String text);

    /** Plain words or an expression about events; what is known is asked for when something is to be proposed. */
    static Language ofFilters(Supplier<Known> known) {
        return new Language() {
            @Override
            public Expression.Parsed parse(String text) {
                return PlainText.parse(text);
            }

            @Override
            public List<Proposal> proposals(String text, int caret) {
                return Proposals.at(text, caret, known.get());
            }

            @Override
            public String kind(String text) {
                return PlainText.isPlain(text) ? Messages.field_plain : Messages.field_expression;
            }
        };
    }
}
