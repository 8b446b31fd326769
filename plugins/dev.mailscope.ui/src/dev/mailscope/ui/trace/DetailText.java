package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.explain.Explanation;

/** Read-only text in the making: paragraphs under headings, and links to events. */
final class DetailText {
    /** How a part of the text looks. */
    enum Look {
        TITLE, HEADING, OCTETS, MARK, FAINT, LINK
    }

    /**
     * A part of the text that looks different.
     *
     * @param start where it begins
     * @param end   where it ends
     * @param look  how it looks
     * @param event the number of the event a link leads to, else 0
     */
    record Part(int start, int end, Look look, long event) {
    }

    /**
     * A part of a line that was said, and what it means.
     *
     * @param start where it begins
     * @param end   where it ends
     */
    record Explained(int start, int end, Explanation meaning) {
    }

    private final List<Explained> explained = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    /** The text. */
    String text() {
        return text.toString();
    }

    /** The parts that look different, in order, none over another. */
    List<Part> parts() {
        return parts;
    }

    DetailText plain(String more) {
        text.append(more);
        return this;
    }

    DetailText looking(Look look, String more) {
        return part(look, 0, more);
    }

    DetailText link(long event, String more) {
        return part(Look.LINK, event, more);
    }

    /** The explained parts, in order, none over another. */
    List<Explained> explained() {
        return explained;
    }

    /** Adds octets with what they mean; they look as {@link #octetsFrom} says. */
    DetailText explained(Explanation meaning, String more) {
        if (!more.isEmpty()) {
            explained.add(new Explained(text.length(), text.length() + more.length(), meaning));
            text.append(more);
        }
        return this;
    }

    /** All from there on are octets: one part, since there may be thousands of explained ones. */
    DetailText octetsFrom(int start) {
        parts.add(new Part(start, text.length(), Look.OCTETS, 0));
        return this;
    }

    DetailText heading(String more) {
        if (!text.isEmpty()) {
            text.append(text.charAt(text.length() - 1) == '\n' ? "\n" : "\n\n");
        }
        return looking(Look.HEADING, more).plain("\n");
    }

    private DetailText part(Look look, long event, String more) {
        if (!more.isEmpty()) {
            parts.add(new Part(text.length(), text.length() + more.length(), look, event));
            text.append(more);
        }
        return this;
    }
}
