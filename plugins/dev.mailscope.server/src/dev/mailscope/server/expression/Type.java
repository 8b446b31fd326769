package dev.mailscope.server.expression;

/** What a part of an expression can stand for: nothing else ever gets into an expression. */
public enum Type {
    /** True or false. */
    BOOLEAN("true or false"),
    /** A whole number. */
    NUMBER("a number"),
    /** Text. */
    TEXT("text"),
    /** Several numbers; one of them must fit. */
    NUMBERS("a list of numbers"),
    /** Several texts; one of them must fit. */
    TEXTS("a list of texts"),
    /** A session at a moment, of which an expression sees the properties only. */
    SESSION("a session"),
    /** A folder at a moment, of which an expression sees the properties only. */
    FOLDER("a folder");

    private final String words;

    Type(String words) {
        this.words = words;
    }

    /** It in words, with its article. */
    public String words() {
        return words;
    }
}
