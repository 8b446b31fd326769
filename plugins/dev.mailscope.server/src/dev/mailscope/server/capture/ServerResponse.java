package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;

/**
 * One response of an IMAP server as it came, and the values in it. Nothing is wrong with a response that is not
 * understood: it has no values then.
 */
final class ServerResponse {
    /** A piece of it: a line, or a literal. */
    record Part(byte[] octets, boolean literal) {
    }

    private static final int LARGE = 4096;
    private static final int DEEPEST = 64;
    private static final int LITERAL = 256;

    private final List<Part> parts;
    private final List<Value> values = new ArrayList<>();
    private int part;
    private int at;

    ServerResponse(List<Part> parts) {
        this.parts = List.copyOf(parts);
        try {
            group(values, 0);
        } catch (IllegalArgumentException e) {
            values.clear();
        }
    }

    /** Its octets; a large literal as part of a content, which a message may share. */
    Octets wire() {
        var out = new Octets.Builder();
        for (var each : parts) {
            if (each.literal && each.octets.length >= LARGE) {
                out.slice(Content.of(each.octets), 0, each.octets.length);
            } else {
                out.write(each.octets, 0, each.octets.length);
            }
        }
        return out.toOctets();
    }

    /** Its first line without its end, one character for each octet. */
    String line() {
        return new String(parts.getFirst().octets, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The values; the first is {@code *}, {@code +} or a tag. */
    List<Value> values() {
        return values;
    }

    /** The word at that place in capitals; empty when there is none. */
    String word(int place) {
        return place < values.size() && values.get(place) instanceof Value.Atom(var text)
                ? text.toUpperCase(Locale.ROOT) : "";
    }

    /** The values in a response code of that name (RFC 9051 section 7.1), as words; null when it has no such code. */
    String[] code(String name) {
        var line = line();
        var from = line.indexOf('[');
        var to = line.indexOf(']', from);
        if (from < 0 || to < 0) {
            return null;
        }
        var words = line.substring(from + 1, to).split(" ");
        return words[0].equalsIgnoreCase(name) ? words : null;
    }

    // Reads up to the end, or to the parenthesis that closes the group.
    private void group(List<Value> into, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        while (true) {
            var c = peek();
            if (c < 0) {
                return;
            } else if (c == LITERAL) {
                into.add(new Value.Text(parts.get(part).octets));
                part++;
                at = 0;
            } else if (c == '(') {
                at++;
                var members = new ArrayList<Value>();
                group(members, depth + 1);
                into.add(new Value.Group(members));
            } else if (c == ')') {
                at++;
                if (depth > 0) {
                    return;
                }
            } else if (c == '"') {
                into.add(new Value.Text(quoted()));
            } else if (c <= ' ') {
                at++;
            } else {
                into.add(new Value.Atom(atom()));
            }
        }
    }

    /** The next octet; -1 at the end, LITERAL before a literal. */
    private int peek() {
        while (part < parts.size()) {
            var now = parts.get(part);
            if (now.literal) {
                return LITERAL;
            }
            if (at < now.octets.length) {
                return isAnnouncement(now) ? skipAnnouncement() : now.octets[at] & 0xFF;
            }
            part++;
            at = 0;
        }
        return -1;
    }

    private boolean isAnnouncement(Part now) {
        return part + 1 < parts.size() && at >= announcement(now.octets);
    }

    private int skipAnnouncement() {
        part++;
        at = 0;
        return peek();
    }

    /** Where the announcement of a literal begins with which the line ends. */
    private static int announcement(byte[] line) {
        var from = line.length - 1;
        while (from > 0 && line[from] != '{') {
            from--;
        }
        return from > 0 && line[from - 1] == '~' ? from - 1 : from;
    }

    private byte[] quoted() {
        var line = parts.get(part).octets;
        var out = new ByteArrayOutputStream();
        for (at++; at < line.length && line[at] != '"'; at++) {
            if (line[at] == '\\' && at + 1 < line.length) {
                at++;
            }
            out.write(line[at]);
        }
        at++;
        return out.toByteArray();
    }

    private String atom() {
        var line = parts.get(part).octets;
        var from = at;
        var end = part + 1 < parts.size() ? announcement(line) : line.length;
        var brackets = 0;
        while (at < end) {
            var c = line[at];
            if (c == '[') {
                brackets++;
            } else if (c == ']') {
                brackets--;
            } else if (brackets <= 0 && (c == ' ' || c == '(' || c == ')' || c == '"' || c == '\r' || c == '\n')) {
                break;
            }
            at++;
        }
        return new String(line, from, at - from, StandardCharsets.ISO_8859_1);
    }
}
