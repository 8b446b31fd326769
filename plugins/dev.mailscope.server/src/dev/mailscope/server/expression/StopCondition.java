package dev.mailscope.server.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * A condition on what is about to pass a stop: an {@link Expression} that names only what has a value there. It stands
 * before the event that it may become: the state is the one before it, and exists, never and count look at all that has
 * been recorded and at this.
 */
public final class StopCondition {
    /** The time a condition has for one piece; meanwhile the session waits. */
    public static final Duration MOST = Duration.ofSeconds(1);

    private StopCondition() {
    }

    /**
     * Reads a condition for that stop; an empty one fits everything. What has no value there is wrong, unless it is
     * asked of earlier events.
     */
    public static Expression.Parsed parse(String text, Stop stop) {
        var parsed = Expression.parse(text.isBlank() ? "true" : text);
        if (parsed instanceof Expression.Right) {
            var tokens = Lexer.tokens(text);
            for (var i = 0; i < tokens.size(); i++) {
                var token = tokens.get(i);
                var problem = isVariable(tokens, i) && !isInPast(tokens.subList(0, i))
                        ? Variable.named(token.text()).map(variable -> whyNot(variable, stop)).orElse("") : "";
                if (!problem.isEmpty()) {
                    return new Expression.Wrong(new Problem("\"" + token.text() + "\" has no value " + stop.words() + ": "
                            + problem, token.from(), token.length()));
                }
            }
        }
        return parsed;
    }

    /** True when the variable has a value for what passes that stop. */
    public static boolean hasValue(Variable variable, Stop stop) {
        return whyNot(variable, stop).isEmpty();
    }

    /** What may come next in a condition for that stop at a caret, as {@link Proposals} says it. */
    public static List<Proposal> proposals(String text, int caret, Stop stop, Known known) {
        var before = Lexer.tokens(text).stream().filter(token -> token.from() < caret).toList();
        return Proposals.at(text, caret, known).stream().filter(proposal -> proposal.kind() != Proposal.Kind.VARIABLE
                || isInPast(before) || Variable.named(proposal.text().strip())
                        .filter(variable -> !hasValue(variable, stop)).isEmpty()).toList();
    }

    /**
     * An expression that {@link #parse} has found right, at work where sessions pass stops of the server with that
     * recording. Any number of sessions may ask it at once. It throws EvaluationException where it has no answer.
     */
    public static Predicate<Passing> on(Expression expression, Recording recording) {
        Queue<Evaluation> idle = new ConcurrentLinkedQueue<>();
        return passing -> {
            var evaluation = idle.poll();
            if (evaluation == null) {
                evaluation = expression.on(recording, MOST, () -> false);
            }
            var fits = evaluation.test(event(passing), passing);
            idle.add(evaluation);
            return fits;
        };
    }

    /** The event that stands for what passes; it has no number. */
    static TraceEvent event(Passing passing) {
        return new TraceEvent(0, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), passing.session(),
                passing.protocol(), 0, passing.phase(), passing.folder(), passing.command(), switch (passing.stop()) {
                    case BEFORE_PARSING -> new What.Received(passing.octets());
                    case BEFORE_EXECUTION -> new What.Command(passing.tag());
                    case BEFORE_SENDING -> new What.Response(passing.octets());
                });
    }

    private static String whyNot(Variable variable, Stop stop) {
        return switch (variable) {
            case TIME, SESSION, PROTOCOL, PHASE, FOLDER, COMMAND, KIND, ACCOUNT, USER, DIRECTION, SIZE, TEXT,
                LINE -> "";
            case TAG -> stop == Stop.BEFORE_PARSING ? "nothing has been parsed yet" : "";
            case STATUS -> stop == Stop.BEFORE_SENDING ? "" : "nothing has been answered yet";
            case NUMBER, CAUSE -> "what passes is no event yet";
            case UID -> "it belongs to changes and to what clients are told; ask for the text, or for exists(\u2026)";
            case FLAGS -> "they belong to changes and to what clients are told; ask for the text, or for flags(\u2026)";
            case NOTE -> "the server has not said anything of it yet";
        };
    }

    // A name, not a function and not a property.
    private static boolean isVariable(List<Token> tokens, int at) {
        return tokens.get(at).kind() == Token.Kind.NAME
                && (at == 0 || tokens.get(at - 1).kind() != Token.Kind.DOT)
                && (at + 1 == tokens.size() || !tokens.get(at + 1).is("("));
    }

    // True when what comes behind these tokens is asked of earlier events: in the brackets of exists, never or count.
    private static boolean isInPast(List<Token> before) {
        var open = new ArrayDeque<Boolean>();
        for (var i = 0; i < before.size(); i++) {
            switch (before.get(i).kind()) {
                case OPEN -> open.push(Boolean.TRUE.equals(open.peek()) || i > 0 && isPast(before.get(i - 1)));
                case CLOSE -> open.poll();
                case NAME, NUMBER, STRING, BINARY, PREFIX, MINUS, DOT, COMMA, UNCLOSED, WRONG -> {
                    // opens and closes nothing
                }
            }
        }
        return Boolean.TRUE.equals(open.peek());
    }

    private static boolean isPast(Token token) {
        return Function.named(token.text()).filter(function -> switch (function) {
            case EXISTS, NEVER, COUNT -> true;
            case MESSAGES, UIDS, FLAGS, FOLDER, SESSION, TOLD, HELD, SESSIONS, CONTAINS, SIZE, EMPTY -> false;
        }).isPresent();
    }
}
