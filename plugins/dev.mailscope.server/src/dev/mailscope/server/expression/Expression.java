package dev.mailscope.server.expression;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.mailscope.server.trace.Recording;

/**
 * A condition on an event, in the syntax of JEXL: {@code protocol == 'imap' && command == 'STORE' && folder =^ 'Work'}.
 * JEXL's parser reads it; what it has read is checked piece by piece against the few things an expression can be made
 * of ({@link Variable}, {@link Function}, {@link Property}, operators) and compiled into code of its own. JEXL's
 * interpreter never runs, so that no expression can reach a Java member, make an object, loop or assign: there is
 * nothing that could do it. Immutable; any thread may use it.
 *
 * <p>The operators: {@code ! not}, {@code && and}, {@code || or}; {@code == != < <= > >=}; {@code =^} begins with,
 * {@code =$} ends with, {@code =~} is in a list, or matches a regular expression somewhere ({@code !^ !$ !~} the
 * contrary); {@code + - * / %} on whole numbers. A variable that is a list fits when one of its values does.
 */
public final class Expression {
    /** The most characters of an expression. */
    public static final int LONGEST = 4_000;

    /** What became of a text. */
    public sealed interface Parsed {
    }

    /** It is an expression. */
    public record Right(Expression expression) implements Parsed {
    }

    /** It is none, and why. */
    public record Wrong(Problem problem) implements Parsed {
    }

    private final String text;
    private final Predicate<Scope> code;
    private final int pasts;
    private final boolean ofEventAlone;
    private final boolean asksUser;

    private Expression(String text, Predicate<Scope> code, int pasts, boolean ofEventAlone,
            boolean asksUser) {
        this.text = text;
        this.code = code;
        this.pasts = pasts;
        this.ofEventAlone = ofEventAlone;
        this.asksUser = asksUser;
    }

    /** Reads an expression. All that can be wrong with it is found here, unknown names and wrong types included. */
    public static Parsed parse(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new WrongExpression("This is too long; " + LONGEST + " characters are the most", LONGEST,
                        text.length() - LONGEST);
            }
            var compiler = new Compiler(text);
            var code = compiler.compile();
            return new Right(new Expression(text, code, compiler.pasts(), compiler.isOfEventAlone(),
                    compiler.asksUser()));
        } catch (WrongExpression e) {
            return new Wrong(e.problem());
        } catch (StackOverflowError e) {
            return new Wrong(new Problem("This is too long for its depth; write it in several expressions", 0,
                    text.length()));
        }
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** True when no other event, and no state, decides what it says of one: events can be asked in any order. */
    public boolean isOfEventAlone() {
        return ofEventAlone;
    }

    /** True when what it says of a session's events may be another once somebody has logged in there. */
    boolean asksUser() {
        return asksUser;
    }

    /** It at work on that recording, with the usual time for each event. */
    public Evaluation on(Recording recording) {
        return on(recording, Evaluation.USUAL, () -> false);
    }

    /**
     * It at work on that recording.
     *
     * @param most      the time it has for one event
     * @param cancelled is asked now and then; once it says true, the evaluation ends
     */
    public Evaluation on(Recording recording, Duration most, BooleanSupplier cancelled) {
        return new Evaluation(code, pasts, recording, most, cancelled);
    }

    /** The same text is the same expression. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Expression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
