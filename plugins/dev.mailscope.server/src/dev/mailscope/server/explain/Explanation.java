package dev.mailscope.server.explain;

import dev.mailscope.server.message.Range;

/**
 * What one part of a line means.
 *
 * @param range     its octets, counted from the beginning of what was explained, secrets with their length on the wire
 * @param what      what it is, such as {@code tag} or {@code flag \Seen}
 * @param mayBe     what can stand in such a place, and how it is written
 * @param here      what it means here; empty where that says no more
 * @param reference where to read on, such as {@code RFC 9051 section 2.2.1}
 */
public record Explanation(Range range, String what, String mayBe, String here, String reference) {
    /** All of it in one paragraph: what it is, what it means here, what it may be, and where to read on. */
    public String text() {
        return what + (here.isEmpty() ? "" : ": " + here) + (mayBe.isEmpty() ? "" : "\n" + mayBe) + "\n" + reference;
    }

    /** The same some octets further on. */
    Explanation moved(int by) {
        return new Explanation(new Range(range.offset() + by, range.length()), what, mayBe, here, reference);
    }
}
