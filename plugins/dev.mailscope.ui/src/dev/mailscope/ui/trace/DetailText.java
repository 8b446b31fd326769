package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.List;

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
