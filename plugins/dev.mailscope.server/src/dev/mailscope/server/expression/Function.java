package dev.mailscope.server.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an expression can call. */
public enum Function {
    /** It was so. */
    EXISTS(Type.BOOLEAN, "whether it was so at this event or an earlier one", parameter("condition", Type.BOOLEAN)),
    /** It was not so. */
    NEVER(Type.BOOLEAN, "whether it was not so at this event, nor at any earlier one",
            parameter("condition", Type.BOOLEAN)),
    /** How often it was so. */
    COUNT(Type.NUMBER, "at how many events up to this one it was so", parameter("condition", Type.BOOLEAN)),
    /** How many messages a folder held. */
    MESSAGES(Type.NUMBER, "how many messages the folder held after the event; 0 when there was no such folder",
            parameter("account", Type.TEXT), parameter("folder", Type.TEXT)),
    /** Which messages a folder held. */
    UIDS(Type.NUMBERS, "the UIDs of the messages the folder held after the event",
            parameter("account", Type.TEXT), parameter("folder", Type.TEXT)),
    /** The flags of a message. */
    FLAGS(Type.TEXTS, "the flags the message had after the event; none when there was no such message",
            parameter("account", Type.TEXT), parameter("folder", Type.TEXT), parameter("uid", Type.NUMBER)),
    /** A folder. */
    FOLDER(Type.FOLDER, "the folder as it was after the event",
            parameter("account", Type.TEXT), parameter("folder", Type.TEXT)),
    /** A session. */
    SESSION(Type.SESSION, "the session with that number as it was after the event",
            parameter("number", Type.NUMBER)),
    /** What a session's client knew. */
    TOLD(Type.NUMBERS, "the UIDs of the messages that the session's client knew of after the event",
            parameter("session", Type.NUMBER)),
    /** How many messages a device had. */
    HELD(Type.NUMBER, "how many messages the device had in the folder after the event; 0 when there was no such device",
            parameter("device", Type.TEXT), parameter("folder", Type.TEXT)),
    /** Whose sessions. */
    SESSIONS(Type.NUMBERS, "the numbers of the sessions that the device has had, the closed ones too",
            parameter("device", Type.TEXT)),
    /** Text in text. */
    CONTAINS(Type.BOOLEAN, "whether the part occurs in the text, in capitals or not",
            parameter("text", Type.TEXT), parameter("part", Type.TEXT)),
    /** How many. */
    SIZE(Type.NUMBER, "how many a list has, or how many characters a text has", parameter("list", null)),
    /** None. */
    EMPTY(Type.BOOLEAN, "whether a list or a text has nothing in it", parameter("list", null));

    /**
     * What is given to a function.
     *
     * @param name what it is
     * @param type what it stands for; null for text or a list
     */
    public record Parameter(String name, Type type) {
    }

    private final Type type;
    private final String explanation;
    private final List<Parameter> parameters;

    Function(Type type, String explanation, Parameter... parameters) {
        this.type = type;
        this.explanation = explanation;
        this.parameters = List.of(parameters);
    }

    /** How it is written. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is called, such as {@code messages(account, folder)}. */
    public String signature() {
        return written() + "(" + String.join(", ", parameters.stream().map(Parameter::name).toList()) + ")";
    }

    /** What it gives, in some words. */
    public String explanation() {
        return explanation;
    }

    /** What its result stands for. */
    public Type type() {
        return type;
    }

    /** True when it looks at nothing but what is given to it. */
    boolean isOfEventAlone() {
        return switch (this) {
            case CONTAINS, SIZE, EMPTY -> true;
            case EXISTS, NEVER, COUNT, MESSAGES, UIDS, FLAGS, FOLDER, SESSION, TOLD, HELD, SESSIONS -> false;
        };
    }

    /** What has to be given to it, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    static Optional<Function> named(String name) {
        return Arrays.stream(values()).filter(f -> f.written().equals(name)).findFirst();
    }

    static Stream<String> names() {
        return Arrays.stream(values()).map(Function::written);
    }

    private static Parameter parameter(String name, Type type) {
        return new Parameter(name, type);
    }
}
