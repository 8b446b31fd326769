package dev.mailscope.server.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

import dev.mailscope.server.message.Range;

/**
 * Goes through a line from left to right and notes what each part is. Never fails: what does not fit is noted as such,
 * and each octet belongs to exactly one part.
 */
class Scanner {
    private static final int MOST_SHOWN = 60;
    private static final int MOST_BEFORE = 16;

    final Terms terms;
    private final Line line;
    private final byte[] octets;
    private final List<Explanation> found = new ArrayList<>();
    private int at;

    Scanner(Terms terms, Line line) {
        this.terms = terms;
        this.line = line;
        this.octets = line.octets();
    }

    /** What was found, in order and without gaps. */
    List<Explanation> found() {
        return found;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= octets.length;
    }

    /** The next octet, -1 at the end, -2 where a secret is. */
    int peek() {
        return peek(0);
    }

    int peek(int ahead) {
        var place = at + ahead;
        return place >= octets.length ? -1 : line.secretEnd(place) >= 0 ? -2 : octets[place] & 0xFF;
    }

    boolean atLineEnd() {
        return atEnd() || peek() == '\n' || peek() == '\r' && (peek(1) == '\n' || peek(1) == -1);
    }

    /** The octets up to there as text; an octet outside of US-ASCII as one character. */
    String text(int from, int to) {
        return new String(octets, from, Math.min(to, octets.length) - from, StandardCharsets.ISO_8859_1);
    }

    /** The last few octets before this place, in capitals. */
    String before() {
        return text(Math.max(0, at - MOST_BEFORE), at).toUpperCase(Locale.ROOT);
    }

    /** How far octets of that kind go on from here. */
    int run(IntPredicate kind) {
        var end = at;
        while (end < octets.length && line.secretEnd(end) < 0 && kind.test(octets[end] & 0xFF)) {
            end++;
        }
        return end;
    }

    /** The next octets of that kind as a word in capitals, not taken yet. */
    String word(IntPredicate kind) {
        return text(at, run(kind)).toUpperCase(Locale.ROOT);
    }

    /** True when the line goes on with these octets, in any case. */
    boolean follows(String text) {
        return at + text.length() <= octets.length && !line.hasSecret(at, at + text.length())
                && text(at, at + text.length()).equalsIgnoreCase(text);
    }

    /** Notes the octets up to there as a part of that name. */
    void part(int to, String part, String here) {
        part(to, part, part, here);
    }

    /** The same, called something more particular. */
    void part(int to, String part, String what, String here) {
        var end = Math.min(to, octets.length);
        if (end > at) {
            var term = terms.find("part", part).orElseThrow(() -> new IllegalArgumentException(part));
            add(end, what, term.text(), here, term.reference());
        }
    }

    /** Notes a word that the terms explain; one they do not know is noted as such. */
    void term(int to, String part, String kind, String name, String more) {
        term(to, part, kind, name, more, "Mailscope does not know this one.");
    }

    void term(int to, String part, String kind, String name, String more, String unknown) {
        var end = Math.min(to, octets.length);
        if (end <= at) {
            return;
        }
        var general = terms.find("part", part).orElseThrow(() -> new IllegalArgumentException(part));
        var term = terms.find(kind, name);
        var shown = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "\u2026" : name;
        add(end, part + " " + shown, general.text(), join(term.map(Terms.Term::text).orElse(unknown), more),
                term.map(Terms.Term::reference).orElse(general.reference()));
    }

    /** Says more of the part noted last. */
    void adding(String here) {
        if (!here.isEmpty() && !found.isEmpty()) {
            var last = found.removeLast();
            found.add(new Explanation(last.range(), last.what(), last.mayBe(), join(last.here(), here),
                    last.reference()));
        }
    }

    /** Notes the octets up to there with these words. */
    void add(int to, String what, String mayBe, String here, String reference) {
        found.add(new Explanation(Range.between(at, to), what, mayBe, here, reference));
        at = to;
    }

    static String join(String one, String other) {
        return one.isEmpty() ? other : other.isEmpty() ? one : one + " " + other;
    }

    /** Takes the secret that is here. False where there is none. */
    boolean secret(String here) {
        var end = atEnd() ? -1 : line.secretEnd(at);
        if (end >= 0) {
            part(end, "secret", join(count(end - at, "octet") + ".", here));
        }
        return end >= 0;
    }

    /** Takes the spaces that are here. False where there are none. */
    boolean space() {
        var end = run(c -> c == ' ');
        if (end == at) {
            return false;
        }
        part(end, "space", end - at > 1 ? "There are " + (end - at) + "; that is wrong." : "");
        return true;
    }

    /** Takes the end of the line and whatever wrongly stands before it. */
    void end() {
        while (!atLineEnd()) {
            space();
            if (!atLineEnd()) {
                unexpected();
            }
        }
        lineEnd();
    }

    void lineEnd() {
        if (!atEnd()) {
            part(at + (peek() == '\r' && peek(1) == '\n' ? 2 : 1), "line end",
                    peek() == '\r' && peek(1) == '\n' ? "" : "CR and LF are not both there.");
        }
    }

    /** Takes a word, or one octet, that has no place here. */
    void unexpected() {
        if (!secret("")) {
            part(Math.max(at + 1, run(c -> c > ' ' && "()[]<>{}\"\r\n".indexOf(c) < 0)), "unexpected part", "");
        }
    }

    /** Takes the rest of the line, without its end, as one part. */
    void restOfLine(String part, String here) {
        while (!atLineEnd()) {
            if (!secret("")) {
                var end = at;
                while (end < octets.length && line.secretEnd(end) < 0 && octets[end] != '\n'
                        && !(octets[end] == '\r' && end + 1 < octets.length && octets[end + 1] == '\n')) {
                    end++;
                }
                part(Math.max(at + 1, end), part, here);
            }
        }
    }

    /** Takes octets of a message: header, empty line, body. */
    void message(int to, String here) {
        var end = Math.min(to, octets.length);
        if (line.hasSecret(at, end) || end == at) {
            opaque(end);
            return;
        }
        var emptyLine = at;
        while (emptyLine < end && !isEmptyLine(emptyLine, end)) {
            emptyLine = afterLineFeed(emptyLine, end);
        }
        part(emptyLine, "message header", here);
        part(afterLineFeed(emptyLine, end), "end of header", "");
        part(end, "message body", here);
    }

    private boolean isEmptyLine(int place, int end) {
        return octets[place] == '\n' || octets[place] == '\r' && place + 1 < end && octets[place + 1] == '\n';
    }

    int length() {
        return octets.length;
    }

    /** Behind the next line feed, or the end. */
    int afterLineFeed(int from, int end) {
        for (var i = from; i < end; i++) {
            if (octets[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }

    private void opaque(int to) {
        while (at < to) {
            var secret = line.secretEnd(at);
            if (secret >= 0) {
                part(Math.min(to, secret), "secret", "");
            } else {
                var end = at + 1;
                while (end < to && line.secretEnd(end) < 0) {
                    end++;
                }
                part(end, "rest", "");
            }
        }
    }

    /** A number of things in words. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
