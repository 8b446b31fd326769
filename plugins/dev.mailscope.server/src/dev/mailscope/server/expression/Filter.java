package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;

/**
 * Which events are wanted: those that fit everything that is given. Empty text asks for nothing. All of it together is
 * one {@link Expression}.
 *
 * @param text     an expression, or plain words as {@link PlainText} reads them
 * @param session  the session's number, 0 for the server itself
 * @param folder   the folder that the session has open, or that a change concerns
 * @param phase    the session's phase
 * @param protocol {@code imap} or {@code pop3}
 */
public record Filter(String text, OptionalLong session, String folder, String phase, String protocol) {

    /** Every event. */
    public static final Filter ALL = new Filter("", OptionalLong.empty(), "", "", "");

    /** Checks that nothing is missing. */
    public Filter {
        Objects.requireNonNull(text);
        Objects.requireNonNull(session);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(protocol);
    }

    /** The same with another text. */
    public Filter withText(String wanted) {
        return new Filter(wanted, session, folder, phase, protocol);
    }

    /** The same for that session alone. */
    public Filter withSession(long wanted) {
        return new Filter(text, OptionalLong.of(wanted), folder, phase, protocol);
    }

    /** The same for every session. */
    public Filter withAnySession() {
        return new Filter(text, OptionalLong.empty(), folder, phase, protocol);
    }

    /** The same with another folder. */
    public Filter withFolder(String wanted) {
        return new Filter(text, session, wanted, phase, protocol);
    }

    /** The same with another phase. */
    public Filter withPhase(String wanted) {
        return new Filter(text, session, folder, wanted, protocol);
    }

    /** The same with another protocol. */
    public Filter withProtocol(String wanted) {
        return new Filter(text, session, folder, phase, wanted);
    }

    /** True when every event fits. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** All it asks for, as one expression; when the text is wrong, the place is one in the text. */
    public Expression.Parsed expression() {
        var parts = new ArrayList<String>();
        session.ifPresent(number -> parts.add("session == " + number));
        addTo(parts, "protocol == ", PlainText.quoted(protocol), protocol);
        addTo(parts, "phase == ", PlainText.quoted(phase), phase);
        addTo(parts, "folder == ", PlainText.quoted(folder), folder);
        if (!text.isBlank()) {
            switch (PlainText.parse(text)) {
                case Expression.Wrong wrong -> {
                    return wrong;
                }
                case Expression.Right(var expression) -> parts.add(parts.isEmpty() ? expression.text()
                        : "(" + expression.text() + ")");
            }
        }
        return Expression.parse(parts.isEmpty() ? "true" : String.join(" && ", parts));
    }

    /**
     * It at work on that recording; what it gives throws EvaluationException where an event has no answer. A filter
     * that is wrong lets nothing through.
     *
     * @param cancelled is asked now and then; once it says true, the evaluation ends
     */
    public Predicate<TraceEvent> on(Recording recording, BooleanSupplier cancelled) {
        return switch (expression()) {
            case Expression.Wrong wrong -> event -> false;
            case Expression.Right(var expression) -> expression.on(recording, Evaluation.USUAL, cancelled);
        };
    }

    /** What it asks for, in words. */
    public String words() {
        var words = new ArrayList<String>();
        session.ifPresent(number -> words.add(number == 0 ? "the server itself" : "session " + number));
        addTo(words, "protocol ", protocol, protocol);
        addTo(words, "phase ", phase, phase);
        addTo(words, "folder ", folder, folder);
        if (!text.isBlank()) {
            words.add(PlainText.isPlain(text) ? "containing \"" + text + "\"" : "where " + text);
        }
        return words.isEmpty() ? "all events" : String.join(", ", words);
    }

    private static void addTo(ArrayList<String> words, String name, String value, String given) {
        if (!given.isEmpty()) {
            words.add(name + value);
        }
    }
}
