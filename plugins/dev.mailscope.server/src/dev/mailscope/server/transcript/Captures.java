package dev.mailscope.server.transcript;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of one transcript and what they stand for; text here has one character for each octet. */
final class Captures {
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern MD5 = Pattern.compile("\\$\\{md5 ([^}]*)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|[rnt\\\\\"])");
    private static final Pattern OCTET = Pattern.compile("\\\\x([0-9A-Fa-f]{2})");
    private static final Pattern SPECIAL = Pattern.compile("\\.\\.\\.|\\$\\{(\\w+)}");

    private static final int MOST_PLACES = 1_000;
    private static final int MOST_STEPS = 20_000_000;
    private static final int MOST_OCTETS = 64 << 20;

    private final Map<String, String> values = new HashMap<>();

    /** A line that is expected of the server. IllegalArgumentException when it would be hard to compare with. */
    static String checked(String expected) {
        if (SPECIAL.matcher(expected).results().limit(MOST_PLACES + 1L).count() > MOST_PLACES) {
            throw new IllegalArgumentException("it has more than " + MOST_PLACES + " places where anything may stand");
        }
        return expected;
    }

    /** The octets of a client's line with the names in it replaced. */
    String expand(String text) {
        var room = new int[] {MOST_OCTETS};
        var named = NAME.matcher(utf8(text)).replaceAll(match -> {
            var value = value(match.group(1));
            room[0] -= value.length();
            if (room[0] < 0) {
                throw new IllegalArgumentException("what its names stand for is longer than " + (MOST_OCTETS >> 20)
                        + " MiB");
            }
            return Matcher.quoteReplacement(value);
        });
        return MD5.matcher(named).replaceAll(match -> md5(match.group(1)));
    }

    /** The octets of a text with escapes. */
    static String unescape(String text) {
        return unescapeOctets(utf8(text));
    }

    /** Octets with their escapes replaced. */
    static String unescapeOctets(String octets) {
        return ESCAPE.matcher(octets).replaceAll(match -> Matcher.quoteReplacement(switch (match.group(1)) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "t" -> "\t";
            case "\\" -> "\\";
            case "\"" -> "\"";
            default -> character(match.group(1).substring(1));
        }));
    }

    /** True when the server's line is as expected; only then are new names remembered. */
    boolean matches(String expected, String line) {
        return match(expected, line).map(found -> {
            values.putAll(found);
            return true;
        }).orElse(false);
    }

    /** True when the server's line is as expected; no name is remembered. */
    boolean fits(String expected, String line) {
        return match(expected, line).isPresent();
    }

    /** What the new names stand for when the line is as expected. */
    private Optional<Map<String, String>> match(String expected, String line) {
        var regex = new StringBuilder();
        var groups = new LinkedHashMap<String, String>();
        var text = utf8(expected);
        var special = SPECIAL.matcher(text);
        var from = 0;
        // What is known of the line; when that is longer than the line, it is not put together: it may be huge.
        var known = 0L;
        while (special.find()) {
            var literal = octets(text.substring(from, special.start()));
            from = special.end();
            var name = special.group(1);
            var value = name == null ? null : values.get(name);
            known += literal.length() + (value == null ? 0 : value.length());
            if (known > line.length()) {
                return Optional.empty();
            }
            regex.append(Pattern.quote(literal));
            if (name == null) {
                regex.append(".*");
            } else if (value != null) {
                regex.append(Pattern.quote(value));
            } else if (groups.containsKey(name)) {
                regex.append("\\k<").append(groups.get(name)).append('>');
            } else {
                groups.put(name, "g" + groups.size());
                regex.append("(?<").append(groups.get(name)).append(">.+?)");
            }
        }
        var last = octets(text.substring(from));
        if (known + last.length() > line.length()) {
            return Optional.empty();
        }
        regex.append(Pattern.quote(last));
        var match = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(new Watched(line));
        if (!match.matches()) {
            return Optional.empty();
        }
        groups.replaceAll((name, group) -> match.group(group));
        return Optional.of(groups);
    }

    /** The octets as readable text: UTF-8 where they are, \xNN for controls and the rest. */
    static String readable(String octets) {
        var bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        var utf8 = new String(bytes, StandardCharsets.UTF_8);
        var isUtf8 = utf8.indexOf('\uFFFD') < 0;
        return (isUtf8 ? utf8 : octets).codePoints().collect(StringBuilder::new, (readable, c) -> {
            if (c < 0x20 || c == 0x7F || c > 0x7F && !isUtf8) {
                readable.append(String.format("\\x%02X", c));
            } else {
                readable.appendCodePoint(c);
            }
        }, StringBuilder::append).toString();
    }

    private static String octets(String text) {
        return OCTET.matcher(text).replaceAll(match -> Matcher.quoteReplacement(character(match.group(1))));
    }

    private static String character(String hex) {
        return String.valueOf((char) Integer.parseInt(hex, 16));
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("${" + name + "} has no value yet");
        }
        return value;
    }

    private static String md5(String octets) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("MD5").digest(octets.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** A line that may be looked at so often and no more: what compares it may be made to go back again and again. */
    private static final class Watched implements CharSequence {
        private final String line;
        private int steps;

        Watched(String line) {
            this.line = line;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new IllegalArgumentException("it takes too long to compare the server's line with it");
            }
            return line.charAt(index);
        }

        @Override
        public int length() {
            return line.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return line.subSequence(start, end);
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
