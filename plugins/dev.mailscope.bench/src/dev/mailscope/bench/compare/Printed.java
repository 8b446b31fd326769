package dev.mailscope.bench.compare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Responses as lines of printable ASCII that can be compared: a literal is written as a quoted string, so that it does
 * not matter which of the two a server chose, and what cannot be printed as {@code \xNN}.
 */
final class Printed {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}\r\n");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[rnt]|x[0-9a-f]{2})");
    private static final int LONGEST = 2_000;
    private static final int BEGINNING = 100;

    private Printed() {
    }

    /** A response, an octet string, as a line. */
    static String of(String response) {
        var printed = new StringBuilder();
        var literal = LITERAL.matcher(response);
        for (var at = 0; at < response.length();) {
            var c = response.charAt(at);
            if (c == '{' && literal.region(at, response.length()).lookingAt()) {
                var end = literal.end() + Integer.parseInt(literal.group(1));
                quote(response.substring(literal.end(), end), printed);
                at = end;
            } else if (c == '"') {
                var content = new StringBuilder();
                for (at++; response.charAt(at) != '"'; at++) {
                    if (response.charAt(at) == '\\') {
                        at++;
                    }
                    content.append(response.charAt(at));
                }
                quote(content, printed);
                at++;
            } else {
                escape(c, printed);
                at++;
            }
        }
        return printed.toString();
    }

    /** The line, or for a long one its beginning and its digest. */
    static String shortened(String line) {
        return line.length() <= LONGEST ? line
                : line.substring(0, BEGINNING) + " ... " + line.length() + " characters, SHA-256 " + digest(line);
    }

    /** The octets that were escaped. */
    static String unescaped(String line) {
        return ESCAPE.matcher(line).replaceAll(found -> Matcher.quoteReplacement(switch (found.group().charAt(1)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> String.valueOf((char) Integer.parseInt(found.group().substring(2), 16));
        }));
    }

    private static void quote(CharSequence content, StringBuilder printed) {
        printed.append('"');
        content.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                printed.append('\\').append((char) c);
            } else {
                escape((char) c, printed);
            }
        });
        printed.append('"');
    }

    private static void escape(char c, StringBuilder printed) {
        switch (c) {
            case '\r' -> printed.append("\\r");
            case '\n' -> printed.append("\\n");
            case '\t' -> printed.append("\\t");
            default -> printed.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
    }

    private static String digest(String line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
