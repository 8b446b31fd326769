package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * A parameter of a Content-Type or Content-Disposition field (RFC 2045 section 5.1), name and value as octet strings
 * in the case they are written in. The pieces of a continued value are joined, as RFC 2231 section 6 asks of IMAP
 * servers; where a piece is encoded, the name ends with an asterisk and the value is the joined, still encoded one.
 */
public record Parameter(String name, String value) {
    private static final int MAX_PARAMETERS = 100;

    /** The value as readable text: RFC 2231 encoding, or encoded words where a sender wrongly used them, decoded. */
    public String decoded() {
        if (!name.endsWith("*")) {
            return DecodedText.of(value);
        }
        final var mapping = new MimeParameterMapping();
        mapping.addParameter(name, value);
        final String text = mapping.get(name.substring(0, name.length() - 1));
        return text == null ? DecodedText.of(value) : text;
    }

    /** The first parameter of this name, with or without the asterisk of an encoded value, whatever its case. */
    public static Optional<Parameter> find(List<Parameter> parameters, String name) {
        for (final Parameter parameter : parameters) {
            final String own = parameter.name;
            if (own.equalsIgnoreCase(name) || own.length() == name.length() + 1 && own.endsWith("*")
                    && own.regionMatches(true, 0, name, 0, name.length())) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /** {@code *(";" attribute "=" value)}. What is neither, is skipped; at most 100 parameters are read. */
    static List<Parameter> read(FieldReader field) {
        final var parameters = new ArrayList<Parameter>();
        boolean continued = false;
        while (!field.atEnd() && parameters.size() < MAX_PARAMETERS) {
            field.skipCfws();
            if (field.skip(';')) {
                continue;
            }
            final String name = field.runUntil("=;(\"");
            field.skipCfws();
            if (!name.isEmpty() && field.skip('=')) {
                field.skipCfws();
                final String value = field.peek() == '"' ? field.quotedString() : field.runUntil(";(");
                parameters.add(new Parameter(name, value));
                continued |= name.indexOf('*') >= 0;
                field.skipUntil(";");
            } else if (name.isEmpty() || field.peek() == '"') {
                field.skipUntil(";");
            }
        }
        return continued ? join(parameters) : List.copyOf(parameters);
    }

    /** {@code attribute "*" section ["*"]}: one numbered piece of a continued value (RFC 2231 section 7). */
    private record Piece(Parameter written, String attribute, int section, boolean encoded) {

        static Optional<Piece> of(Parameter parameter) {
            final String name = parameter.name;
            final boolean encoded = name.endsWith("*");
            final int end = encoded ? name.length() - 1 : name.length();
            final int asterisk = name.lastIndexOf('*', end - 1);
            if (asterisk < 1 || end - asterisk < 2 || end - asterisk > 5) {
                return Optional.empty();
            }
            int section = 0;
            for (int i = asterisk + 1; i < end; i++) {
                final char digit = name.charAt(i);
                if (digit < '0' || digit > '9') {
                    return Optional.empty();
                }
                section = section * 10 + digit - '0';
            }
            return Optional.of(new Piece(parameter, name.substring(0, asterisk), section, encoded));
        }
    }

    private static List<Parameter> join(List<Parameter> written) {
        final var result = new ArrayList<Parameter>();
        final Map<String, TreeMap<Integer, Piece>> continued = new LinkedHashMap<>();
        for (final Parameter parameter : written) {
            final Optional<Piece> piece = Piece.of(parameter);
            if (piece.isEmpty() || continued
                    .computeIfAbsent(piece.get().attribute.toLowerCase(Locale.ROOT), key -> new TreeMap<>())
                    .putIfAbsent(piece.get().section, piece.get()) != null) {
                result.add(parameter);
            }
        }
        for (final TreeMap<Integer, Piece> pieces : continued.values()) {
            final boolean complete = pieces.firstKey() == 0 && pieces.lastKey() == pieces.size() - 1;
            if (complete) {
                result.add(joined(pieces));
            } else {
                pieces.values().forEach(piece -> result.add(piece.written));
            }
        }
        return List.copyOf(result);
    }

    private static Parameter joined(TreeMap<Integer, Piece> pieces) {
        final String attribute = pieces.get(0).attribute;
        final boolean encoded = pieces.values().stream().anyMatch(Piece::encoded);
        final var value = new StringBuilder();
        if (encoded && !pieces.get(0).encoded) {
            value.append("''");
        }
        for (final Piece piece : pieces.values()) {
            if (encoded && !piece.encoded) {
                appendEncoded(value, piece.written.value);
            } else {
                value.append(piece.written.value);
            }
        }
        return new Parameter(encoded ? attribute + "*" : attribute, value.toString());
    }

    /** {@code attribute-char / ext-octet}: a plain piece between encoded ones must be encoded like them. */
    private static void appendEncoded(StringBuilder value, String plain) {
        for (int i = 0; i < plain.length(); i++) {
            final char c = plain.charAt(i);
            if (c > ' ' && c < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(c) < 0) {
                value.append(c);
            } else {
                value.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
    }
}
