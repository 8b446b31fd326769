package dev.mailscope.server.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A media type with its parameters (RFC 2045 section 5.1), in the case it is written in.
 *
 * @param type       for instance {@code text}
 * @param subtype    for instance {@code plain}
 * @param parameters as written, continued ones joined
 */
public record ContentType(String type, String subtype, List<Parameter> parameters) {
    private static final List<Parameter> ASCII = List.of(new Parameter("charset", "us-ascii"));

    /** What a part is that says nothing, or nothing valid, about itself (RFC 2045 section 5.2). */
    public static final ContentType TEXT_PLAIN = new ContentType("text", "plain", ASCII);

    /** What a part of a multipart/digest is that says nothing about itself (RFC 2046 section 5.1.5). */
    static final ContentType MESSAGE_RFC822 = new ContentType("message", "rfc822", List.of());

    /** {@code type "/" subtype *(";" parameter)}. Empty where there is no type and subtype. */
    static Optional<ContentType> parse(String value) {
        final var field = new FieldReader(value);
        field.skipCfws();
        final String type = field.runUntil("/;=(\"");
        field.skipCfws();
        if (type.isEmpty() || !field.skip('/')) {
            return Optional.empty();
        }
        field.skipCfws();
        final String subtype = field.runUntil("/;=(\",");
        if (subtype.isEmpty()) {
            return Optional.empty();
        }
        if (field.peek() == '/' || field.peek() == ',') {
            field.skipUntil(";");
        }
        return Optional.of(new ContentType(type, subtype, withCharset(type, Parameter.read(field))));
    }

    /** RFC 2046 section 4.1.2 gives the default for plain text; other text is told the same. */
    private static List<Parameter> withCharset(String type, List<Parameter> parameters) {
        if (!type.equalsIgnoreCase("text") || Parameter.find(parameters, "charset").isPresent()) {
            return parameters;
        }
        return parameters.isEmpty() ? ASCII
                : Stream.concat(parameters.stream(), ASCII.stream()).toList();
    }

    /** True for this type, whatever the case. */
    public boolean is(String otherType) {
        return type.equalsIgnoreCase(otherType);
    }

    /** True for this type and subtype, whatever the case. */
    public boolean is(String otherType, String otherSubtype) {
        return is(otherType) && subtype.equalsIgnoreCase(otherSubtype);
    }

    /** True for a type that encloses a whole message: message/rfc822, message/global (RFC 9051 section 6.4.5.1). */
    public boolean isMessage() {
        return is("message") && (subtype.equalsIgnoreCase("rfc822") || subtype.equalsIgnoreCase("global"));
    }

    /** The value of a parameter as it is written. */
    public Optional<String> parameter(String name) {
        return Parameter.find(parameters, name).map(Parameter::value);
    }
}
