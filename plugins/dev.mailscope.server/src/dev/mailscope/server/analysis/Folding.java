package dev.mailscope.server.analysis;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.mailscope.server.trace.Octets;

/**
 * Octets as one line to read: literals (RFC 9051 section 4.3) and the further lines of a POP3 answer (RFC 1939 section
 * 3) are folded into how many octets they are. Remembers which literal a client has announced.
 */
final class Folding {
    /**
     * The line, and how many octets it does not show.
     *
     * @param text control characters escaped, secrets masked
     */
    record Shown(String text, int folded) {
    }

    // literal = "{" number64 ["+"] "}" CRLF; literal8 = "~{" number64 "}" CRLF
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})[+-]?\\}$");
    private static final int MOST = 1 << 16;
    private static final int MOST_SHOWN = 500;
    // A literal as short as that, and of one line, is a name: it stays in sight.
    private static final int SHORT = 40;

    private int announced;

    /** What a client has sent; it may be the literal that was announced, and what follows that. */
    Shown ofClient(String protocol, Octets octets) {
        if (!protocol.equals("imap")) {
            return firstLine(octets);
        }
        var shown = literals(octets, announced);
        var end = LITERAL.matcher(lastLine(octets));
        announced = end.find() ? Integer.parseInt(end.group(1)) : 0;
        return shown;
    }

    /** What a server has sent. */
    static Shown ofServer(String protocol, Octets octets) {
        return protocol.equals("imap") ? literals(octets, 0) : firstLine(octets);
    }

    private static Shown firstLine(Octets octets) {
        var start = new String(octets.first(MOST_SHOWN + 2), StandardCharsets.ISO_8859_1);
        var end = start.indexOf("\r\n");
        var line = end < 0 ? start.substring(0, Math.min(start.length(), MOST_SHOWN)) : start.substring(0, end);
        // How much a mask hides is not told.
        var rest = octets.hasSecret() ? 0 : octets.size() - (end < 0 ? line.length() : end + 2);
        return rest <= 0 ? new Shown(printable(line), 0) : new Shown(printable(line) + " " + folded(rest), rest);
    }

    private static Shown literals(Octets octets, int literal) {
        if (octets.hasSecret()) {
            // Where a literal ends cannot be told, since a mask is not as long as what it hides.
            return new Shown(cut(printable(new String(octets.first(MOST_SHOWN), StandardCharsets.ISO_8859_1).strip())),
                    0);
        }
        var all = new String(octets.first(MOST), StandardCharsets.ISO_8859_1);
        var text = new StringBuilder();
        var folded = 0;
        var expected = literal;
        for (var at = 0; at < all.length();) {
            if (expected > 0) {
                var end = (int) Math.min(all.length(), (long) at + expected);
                var piece = all.substring(at, end);
                var inSight = expected <= SHORT && piece.chars().noneMatch(c -> c < ' ');
                text.append(inSight ? printable(piece) : folded(expected));
                folded += inSight ? 0 : expected;
                at = end;
                expected = 0;
                continue;
            }
            var end = all.indexOf("\r\n", at);
            var line = all.substring(at, end < 0 ? all.length() : end);
            text.append(printable(line));
            at = end < 0 ? all.length() : end + 2;
            var found = LITERAL.matcher(line);
            expected = end >= 0 && found.find() ? Integer.parseInt(found.group(1)) : 0;
            if (at < all.length()) {
                text.append(' ');
            }
        }
        if (octets.size() > MOST && folded < octets.size() - MOST) {
            var rest = octets.size() - MOST;
            text.append(folded(rest));
            folded += rest;
        }
        return new Shown(cut(text.toString()), folded);
    }

    private static String lastLine(Octets octets) {
        if (octets.hasSecret() || octets.size() > MOST) {
            return "";
        }
        var all = new String(octets.toBytes(), StandardCharsets.ISO_8859_1);
        var end = all.endsWith("\r\n") ? all.length() - 2 : all.length();
        return all.substring(all.lastIndexOf("\r\n", Math.max(0, end - 1)) + 1, end).strip();
    }

    private static String folded(int octets) {
        return "[" + EventText.count(octets, "octet") + "]";
    }

    private static String cut(String text) {
        return text.length() <= MOST_SHOWN ? text
                : text.substring(0, MOST_SHOWN) + "\u2026 (" + EventText.count(text.length(), "character") + ")";
    }

    private static String printable(String octets) {
        var text = new StringBuilder(octets.length());
        for (var i = 0; i < octets.length(); i++) {
            Escape.octet(text, octets.charAt(i));
        }
        return text.toString();
    }
}
