package dev.mailscope.server.export;

import java.util.regex.Pattern;

/** Words of a POSIX shell, in which nothing but a password means anything. Texts are as {@link Marked} makes them. */
final class ShellText {
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+) (\\w+)(?: ([^}]*))?}");
    private static final Pattern SIMPLE = Pattern.compile("[A-Z0-9_./:=+-][A-Za-z0-9_./:=+-]*|[a-z]+[0-9]+");

    private ShellText() {
    }

    /** A text as one word. */
    static String word(String text) {
        return SIMPLE.matcher(text).matches() ? text : '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** Words that end no comment. */
    static String comment(String words) {
        return words.replaceAll("[^\\x20-\\x7E]", "?");
    }

    /** True when it can stand as it is between quotes. */
    static boolean isPlain(String marked) {
        for (var i = 0; i < marked.length(); i++) {
            if (Marked.octet(marked, i) < 0x20 || Marked.octet(marked, i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** True when a password is in it. */
    static boolean hasSecret(String marked) {
        return marked.chars().anyMatch(c -> c >= Marked.VALUE);
    }

    /** A line as one word, with its passwords from the environment. */
    static String words(String marked, long session) {
        return parts(marked, session, false);
    }

    /** The same for people: with asterisks for its passwords. */
    static String masked(String marked) {
        var text = new StringBuilder();
        for (var i = 0; i < marked.length(); i++) {
            if (marked.charAt(i) < Marked.VALUE) {
                text.append(Marked.octet(marked, i));
            } else if (i == 0 || marked.charAt(i - 1) < Marked.VALUE) {
                text.append("********");
            }
        }
        return word(text.toString());
    }

    /** Octets as words for printf's %b, a line each. */
    static String octets(String marked, long session) {
        var words = new StringBuilder();
        for (var from = 0; from < marked.length();) {
            var end = Marked.lineEnd(marked, from);
            var to = end < 0 ? marked.length() : end + 2;
            words.append(" \\\n  ").append(parts(marked.substring(from, to), session, true));
            from = to;
        }
        return words.toString();
    }

    private static String parts(String marked, long session, boolean escaped) {
        var word = new StringBuilder();
        for (var i = 0; i < marked.length();) {
            var isValue = marked.charAt(i) >= Marked.VALUE;
            var to = i;
            while (to < marked.length() && marked.charAt(to) >= Marked.VALUE == isValue) {
                to++;
            }
            var part = new StringBuilder();
            for (; i < to; i++) {
                part.append(Marked.octet(marked, i));
            }
            word.append(isValue ? value(part.toString(), session) : word(escaped ? escaped(part) : part.toString()));
        }
        return word.isEmpty() ? "''" : word.toString();
    }

    private static String value(String name, long session) {
        var match = NAME.matcher(name);
        if (!match.matches()) {
            throw new IllegalStateException("a script has no value for " + name);
        }
        var variable = "\"$" + PasswordNames.VARIABLE + match.group(2) + '"';
        return switch (match.group(1)) {
            case "password" -> variable;
            case "quoted" -> "\"$(quoted " + variable + ")\"";
            case "base64" -> "\"$(base64_of " + variable + ")\"";
            case "plain" -> "\"$(plain " + word(match.group(3)) + " " + variable + ")\"";
            case "apop" -> "\"$(apop " + session + " " + variable + ")\"";
            default -> throw new IllegalStateException("a script has no value for " + name);
        };
    }

    private static String escaped(CharSequence octets) {
        var out = new StringBuilder();
        octets.chars().forEach(c -> {
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < 0x20 || c >= 0x7F) {
                        out.append(String.format("\\0%03o", c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.toString();
    }
}
