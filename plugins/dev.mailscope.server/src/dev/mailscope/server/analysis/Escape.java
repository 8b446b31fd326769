package dev.mailscope.server.analysis;

/** Makes text harmless to look at: what would move the cursor or turn the reading order is written as its code. */
final class Escape {
    private static final String DIGITS = "0123456789ABCDEF";

    private Escape() {
    }

    /** The text with control and direction characters as {@code \xHH} or {@code \}{@code uHHHH}. */
    static String controls(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /** Appends an octet: printable ASCII as it is, everything else as {@code \xHH}. */
    static void octet(StringBuilder out, int octet) {
        if (octet >= 0x20 && octet < 0x7F) {
            out.append((char) octet);
        } else {
            out.append("\\x").append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
        }
    }

    /** True for a character that is not to be shown as it is. */
    static boolean isControl(char c) {
        return c < 0x20 || c >= 0x7F && c < 0xA0 || c == '\u200E' || c == '\u200F' || c >= '\u2028' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069' || c == '\uFEFF';
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isControl(c)) {
                out.append(c);
            } else if (c < 0x100) {
                out.append(String.format("\\x%02X", (int) c));
            } else {
                out.append(String.format("\\u%04X", (int) c));
            }
        }
        return out.toString();
    }
}
