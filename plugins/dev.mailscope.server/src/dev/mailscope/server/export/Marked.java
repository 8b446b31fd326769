package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;

import dev.mailscope.server.trace.Octets;

/**
 * Octets as a text with one character for each, which keeps apart what a transcript treats differently: mail has
 * {@link #MAIL} added to each character, so that nothing in it is taken for a value of the protocol, and what stands
 * for another value in the transcript has {@link #VALUE} added, so that it is not escaped.
 */
final class Marked {
    static final int MAIL = 0x100;
    static final int VALUE = 0x200;
    /** Stands for a secret of the server's. */
    static final char SECRET = '\uE000';

    private static final String DIGITS = "0123456789ABCDEF";

    private Marked() {
    }

    /** What a secret piece becomes, behind that text. */
    interface Secrets {
        String of(CharSequence before, int size);
    }

    static String text(Octets octets, Secrets secrets) {
        var text = new StringBuilder(octets.size());
        for (var piece : octets.pieces()) {
            switch (piece) {
                case Octets.Inline(var bytes) -> text.append(new String(bytes, StandardCharsets.ISO_8859_1));
                case Octets.Slice(var content, var offset, var size) -> {
                    var bytes = content.octets();
                    for (var i = offset; i < offset + size; i++) {
                        text.append((char) ((bytes[i] & 0xFF) + MAIL));
                    }
                }
                case Octets.Hidden(var size) -> text.append(secrets.of(text, size));
            }
        }
        return text.toString();
    }

    /** The text as one that is not escaped. */
    static String value(String text) {
        var marked = new StringBuilder(text.length());
        text.chars().forEach(c -> marked.append((char) (c + VALUE)));
        return marked.toString();
    }

    /** The octet at that place, whatever it is marked as. */
    static char octet(CharSequence text, int at) {
        return (char) (text.charAt(at) & 0xFF);
    }

    /** Where the next CRLF begins; -1 when there is none. */
    static int lineEnd(CharSequence text, int from) {
        for (var i = from; i + 1 < text.length(); i++) {
            if (octet(text, i) == '\r' && octet(text, i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** A line of the server: {@code \xNN} is its only escape, and "..." and "${" mean something. */
    static String serverLine(CharSequence line) {
        var out = new StringBuilder(line.length() + 16);
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            var octet = octet(line, i);
            if (c == SECRET) {
                out.append("...");
            } else if (c >= VALUE) {
                out.append(octet);
            } else if (octet < 0x20 || octet >= 0x7F
                    || octet == '.' && (follows(line, i, '.') || i > 0 && octet(line, i - 1) == '.')
                    || octet == '$' && follows(line, i, '{')
                    || octet == '\\' && follows(line, i, 'x')) {
                hex(out, octet);
            } else {
                out.append(octet);
            }
        }
        return out.toString();
    }

    /** A line of the client in which nothing is an escape; null when it has something that needs one. */
    static String plainClientLine(CharSequence line) {
        var out = new StringBuilder(line.length());
        for (var i = 0; i < line.length(); i++) {
            var octet = octet(line, i);
            if (octet < 0x20 || octet >= 0x7F
                    || line.charAt(i) < VALUE && octet == '$' && follows(line, i, '{')) {
                return null;
            }
            out.append(octet);
        }
        return out.toString();
    }

    /** A client's octets with escapes. */
    static String escapedClient(CharSequence octets) {
        var out = new StringBuilder(octets.length() + 16);
        for (var i = 0; i < octets.length(); i++) {
            var octet = octet(octets, i);
            if (octets.charAt(i) >= VALUE) {
                out.append(octet);
            } else if (octet == '$') {
                hex(out, octet);
            } else {
                escape(out, octet);
            }
        }
        return out.toString();
    }

    /** Octets between the quotes of a raw mail. */
    static String quotedMail(byte[] octets) {
        var out = new StringBuilder(octets.length + octets.length / 16);
        for (var b : octets) {
            var octet = (char) (b & 0xFF);
            if (octet == '"') {
                out.append("\\\"");
            } else {
                escape(out, octet);
            }
        }
        return out.toString();
    }

    private static void escape(StringBuilder out, char octet) {
        switch (octet) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (octet < 0x20 || octet >= 0x7F) {
                    hex(out, octet);
                } else {
                    out.append(octet);
                }
            }
        }
    }

    private static boolean follows(CharSequence text, int at, char wanted) {
        return at + 1 < text.length() && octet(text, at + 1) == wanted;
    }

    private static void hex(StringBuilder out, char octet) {
        out.append("\\x").append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
    }
}
