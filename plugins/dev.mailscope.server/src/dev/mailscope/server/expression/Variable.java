package dev.mailscope.server.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.trace.TraceEvent;

/**
 * What an expression can ask of one event. Where something does not apply, a number is 0, text is empty and a list has
 * nothing in it.
 */
public enum Variable {
    /** Its place in the recording. */
    NUMBER("the event's number", number(TraceEvent::number)),
    /** When it happened. */
    TIME("when it happened, in local time: '14:05:09.250'; texts are in order of time", text(EventText::time)),
    /** Whose it is. */
    SESSION("the session's number, 0 for the server itself", number(TraceEvent::session)),
    /** By which protocol. */
    PROTOCOL("the protocol: 'imap', 'pop3', 'smtp', in any case",
            name(TraceEvent::protocol, List.of("imap", "pop3", "smtp", ""))),
    /** In which phase. */
    PHASE("the session's phase after the event, in any case", name(TraceEvent::phase, List.of())),
    /** Which folders it concerns. */
    FOLDER("the folder that is open or that changed; when several changed, one of them must fit",
            new Value.Texts(s -> Columns.folders(s.event()), Value.Comparing.AS_FOLDER, null)),
    /** To which command it belongs. */
    COMMAND("the command it belongs to, in any case: 'STORE', 'UID FETCH'", name(TraceEvent::command, List.of())),
    /** What sort of event it is. */
    KIND("what sort of event it is, as the trace calls it", name(e -> e.what().kind(), Columns.KINDS)),
    /** The tag of an IMAP command. */
    TAG("the tag of an IMAP command or of the response that ends it", 
            new Value.Text(PassingColumns::tag, Value.Comparing.EXACTLY, null, List.of())),
    /** Whose mail. */
    ACCOUNT("the account whose mail changed, or whose folder the session has open",
            new Value.Texts(Scope::accounts, Value.Comparing.EXACTLY, null)),
    /** Whose session. */
    USER("the user who logs in in the event's session, told of all of it, the greeting and the login too",
            new Value.Text(Scope::user, Value.Comparing.EXACTLY, null, List.of())),
    /** Which way it went. */
    DIRECTION("which way it went: 'toServer', 'toClient', 'inside'",
            name(Columns::direction, List.of("toServer", "toClient", "inside"))),
    /** How many octets. */
    SIZE("how many octets went over the line", new Value.Number(PassingColumns::size)),
    /** The octets. */
    TEXT("the octets as text, secrets hidden; no more than the first " + Columns.MOST_TEXT,
            new Value.Text(PassingColumns::text, Value.Comparing.EXACTLY, null, List.of())),
    /** The line of the trace. */
    LINE("the event's line as the trace shows it", text(EventText::line)),
    /** How a command ended. */
    STATUS("what a response says: 'OK', 'NO', 'BAD', 'PREAUTH', 'BYE', '+OK', '-ERR', or '+' to go on",
            new Value.Text(PassingColumns::status, Value.Comparing.IN_ANY_CASE, null, Columns.STATUSES)),
    /** Which messages. */
    UID("the UID of a message that came, changed, went or was told of; when there are several, one of them must fit",
            new Value.Numbers(s -> Columns.uids(s.event()))),
    /** Which flags. */
    FLAGS("the flags a message has after the event, such as '\\Seen'; one of them must fit",
            new Value.Texts(s -> Columns.flags(s.event()), Value.Comparing.IN_ANY_CASE, null)),
    /** What led to it. */
    CAUSE("the number of the event that caused it, 0 for none", number(TraceEvent::cause)),
    /** What the server says. */
    NOTE("what the server says of it: a remark, why a command was rejected, why a connection ended; a device's name",
            text(Columns::note));

    private final String explanation;
    private final Value value;

    Variable(String explanation, Value value) {
        this.explanation = explanation;
        this.value = value;
    }

    /** How it is written. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, in some words. */
    public String explanation() {
        return explanation;
    }

    /** True when it looks at nothing but the event. */
    boolean isOfEventAlone() {
        return this != ACCOUNT && this != USER;
    }

    /** What it stands for. */
    public Type type() {
        return value.type();
    }

    /** The values it can have, when they are few and known; else empty. */
    public List<String> knownValues() {
        return value instanceof Value.Text text ? text.only().stream().filter(s -> !s.isEmpty()).toList() : List.of();
    }

    Value value() {
        return value;
    }

    static Optional<Variable> named(String name) {
        return Arrays.stream(values()).filter(v -> v.written().equals(name)).findFirst();
    }

    static Stream<String> names() {
        return Arrays.stream(values()).map(Variable::written);
    }

    private static Value number(ToLongFunction<TraceEvent> column) {
        return new Value.Number(s -> column.applyAsLong(s.event()));
    }

    private static Value text(Function<TraceEvent, String> column) {
        return new Value.Text(s -> column.apply(s.event()), Value.Comparing.EXACTLY, null, List.of());
    }

    private static Value name(Function<TraceEvent, String> column, List<String> only) {
        return new Value.Text(s -> column.apply(s.event()), Value.Comparing.IN_ANY_CASE, null, only);
    }
}
