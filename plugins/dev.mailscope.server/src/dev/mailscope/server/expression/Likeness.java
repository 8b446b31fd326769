package dev.mailscope.server.expression;

import java.util.Collection;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;

/** In what events can be like a given one: makes conditions of what is selected. */
public enum Likeness {
    /** Of the same session, or the server's own. */
    SESSION(Variable.SESSION),
    /** Of the same command, whichever session gave it. */
    COMMAND(Variable.COMMAND),
    /** Of the same folder. */
    FOLDER(Variable.FOLDER),
    /** Of the same account. */
    ACCOUNT(Variable.ACCOUNT),
    /** Of the same sort. */
    KIND(Variable.KIND),
    /** A response that says the same. */
    STATUS(Variable.STATUS);

    private final Variable variable;

    Likeness(Variable variable) {
        this.variable = variable;
    }

    /**
     * What that event is in this respect; empty when it is nothing.
     *
     * @param after everything as it was after the event
     */
    public String of(TraceEvent event, Moment after) {
        return switch (this) {
            case SESSION -> Long.toString(event.session());
            case COMMAND -> event.command();
            case FOLDER -> first(Columns.folders(event));
            case ACCOUNT -> {
                var session = after.sessions().get(event.session());
                var named = first(Columns.accounts(event));
                yield !named.isEmpty() || session == null ? named : session.account();
            }
            case KIND -> event.what().kind();
            case STATUS -> Columns.status(event);
        };
    }

    /** The condition that an event is that. */
    public String condition(String value) {
        return variable.written() + " == " + written(value);
    }

    /** The condition that it is not. */
    public String opposite(String value) {
        return switch (variable.type()) {
            // Of several values, none must be it.
            case TEXTS, NUMBERS -> "!(" + condition(value) + ")";
            case TEXT, NUMBER, BOOLEAN, SESSION, FOLDER -> variable.written() + " != " + written(value);
        };
    }

    private String written(String value) {
        return variable.type() == Type.NUMBER ? value : PlainText.quoted(value);
    }

    private static String first(Collection<String> values) {
        return values.isEmpty() ? "" : values.iterator().next();
    }
}
