package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts what an IMAP server said into responses: lines, with the literals that lines announce (RFC 9051 section 4.3).
 * What is larger than any answer is given in pieces.
 */
final class ResponseFramer {
    /** How large a response may become before it is given as it is. */
    static final int MOST = 64 << 20;
    private static final int MOST_ANNOUNCEMENT = 24;
    private static final Pattern ANNOUNCEMENT = Pattern.compile("\\{(\\d{1,18})\\+?}\r?\n$");
    // In the text of these a brace means nothing.
    private static final Pattern TEXT = Pattern.compile("(?is)(\\+|\\S+ (OK|NO|BAD|BYE|PREAUTH)\\b).*");

    private final List<ServerResponse.Part> parts = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private final List<ServerResponse> whole = new ArrayList<>();
    private long literal;
    private int size;

    /** Takes octets, and gives the responses that are whole with them. */
    List<ServerResponse> take(byte[] octets) {
        whole.clear();
        for (var from = 0; from < octets.length;) {
            from += literal > 0 ? literal(octets, from) : line(octets, from);
            if (size > MOST) {
                give();
            }
        }
        return List.copyOf(whole);
    }

    /** What is not whole yet; null when there is nothing. */
    ServerResponse rest() {
        close(literal > 0);
        whole.clear();
        if (!parts.isEmpty()) {
            give();
        }
        return whole.isEmpty() ? null : whole.getFirst();
    }

    /** True in the middle of a literal that has that many octets to come, or more. */
    boolean isWithinLiteral(long octets) {
        return literal >= octets;
    }

    private int literal(byte[] octets, int from) {
        var count = (int) Math.min(literal, octets.length - from);
        open.write(octets, from, count);
        literal -= count;
        size += count;
        if (literal == 0) {
            close(true);
        }
        return count;
    }

    private int line(byte[] octets, int from) {
        var to = from;
        while (to < octets.length && octets[to] != '\n') {
            to++;
        }
        var ends = to < octets.length;
        var count = (ends ? to + 1 : to) - from;
        open.write(octets, from, count);
        size += count;
        if (ends) {
            close(false);
            literal = announced();
            if (literal < 0) {
                literal = 0;
                give();
            } else if (literal == 0) {
                parts.add(new ServerResponse.Part(new byte[0], true));
            }
        }
        return count;
    }

    /** How many octets the line announces; -1 when it ends the response. */
    private long announced() {
        var line = parts.getLast().octets();
        var tail = new String(line, Math.max(0, line.length - MOST_ANNOUNCEMENT),
                Math.min(line.length, MOST_ANNOUNCEMENT), StandardCharsets.ISO_8859_1);
        var announcement = ANNOUNCEMENT.matcher(tail);
        if (!announcement.find() || TEXT.matcher(new String(parts.getFirst().octets(), 0,
                Math.min(200, parts.getFirst().octets().length), StandardCharsets.ISO_8859_1)).matches()) {
            return -1;
        }
        return Long.parseLong(announcement.group(1));
    }

    private void close(boolean isLiteral) {
        if (open.size() > 0) {
            parts.add(new ServerResponse.Part(open.toByteArray(), isLiteral));
            open.reset();
        }
    }

    private void give() {
        close(literal > 0);
        literal = 0;
        size = 0;
        whole.add(new ServerResponse(parts));
        parts.clear();
    }
}
