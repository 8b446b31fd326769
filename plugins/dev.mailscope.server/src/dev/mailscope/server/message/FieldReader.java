package dev.mailscope.server.message;

/**
 * Reads the pieces of a structured field value (RFC 5322 section 3.2, RFC 2045 section 5.1) from an octet string,
 * leniently: a comment or quoted string that is not closed reaches to the end. No recursion.
 */
final class FieldReader {
    private final String text;
    private int at;
    private String comment;

    FieldReader(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The char at the reading position; NUL at the end. */
    char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    /** What lies between a position and the present one, without white space around it. */
    String since(int start) {
        return text.substring(start, at).strip();
    }

    /** Skips one char, if there is one. */
    void skip() {
        at = Math.min(at + 1, text.length());
    }

    /** Skips one char where it is the given one. */
    boolean skip(char c) {
        if (!atEnd() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** The text of the last comment that was skipped, and forgets it; null where there was none. */
    String takeComment() {
        final String taken = comment;
        comment = null;
        return taken;
    }

    /** {@code CFWS}: skips white space and comments; true where there was any. */
    boolean skipCfws() {
        final int start = at;
        while (!atEnd()) {
            final char c = text.charAt(at);
            if (c == '(') {
                skipComment();
            } else if (isWhiteSpace(c)) {
                at++;
            } else {
                break;
            }
        }
        return at > start;
    }

    private void skipComment() {
        final var content = new StringBuilder();
        int depth = 0;
        do {
            char c = text.charAt(at++);
            if (c == '(' && depth++ == 0 || c == ')' && --depth == 0) {
                continue;
            }
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            content.append(c);
        } while (depth > 0 && !atEnd());
        comment = content.toString().strip();
    }

    /** {@code quoted-string}: the content, quoting removed. The reader stands on the opening quote. */
    String quotedString() {
        final var content = new StringBuilder();
        at++;
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            content.append(c);
        }
        return content.toString();
    }

    /** The longest run, perhaps empty, of chars that are neither white space nor among the given ones. */
    String runUntil(String stops) {
        final int start = at;
        while (!atEnd() && !isWhiteSpace(text.charAt(at)) && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Skips to the next char among the given ones that lies outside quotes and comments, or to the end. */
    void skipUntil(String stops) {
        while (!atEnd()) {
            final char c = text.charAt(at);
            if (stops.indexOf(c) >= 0) {
                return;
            }
            if (c == '(') {
                skipComment();
            } else if (c == '"') {
                quotedString();
            } else {
                at++;
            }
        }
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
