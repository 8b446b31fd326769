package dev.mailscope.ui.lab.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lines of a lab's text as an editor needs them, also while it is being written: which are headings, which stand in
 * a block, and in which one.
 *
 * @param lines the lines in order
 */
record LabOutline(List<Line> lines) {
    /** The words of a lab's blocks. */
    static final Set<String> BLOCKS = Set.of("setup", "do", "check", "predict", "quiz", "hint");

    /** What a line is. */
    enum Kind {
        /** A heading. */
        HEADING,
        /** The line that begins or ends a block. */
        FENCE,
        /** In a block of the lab's own. */
        INSIDE,
        /** In a block of code. */
        CODE,
        /** Read as it is. */
        TEXT
    }

    /**
     * A line.
     *
     * @param offset where it begins
     * @param text   without its end
     * @param block  the words of the block that it begins or stands in; empty for none
     */
    record Line(int offset, String text, Kind kind, String block) {
        /** The first of the block's words. */
        String word() {
            return block.split("\\s+", 2)[0];
        }

        /** Where its condition or number begins, from 0; -1 when it has none. */
        int expression() {
            if (kind != Kind.INSIDE) {
                return -1;
            }
            return switch (word()) {
                case "check" -> afterColon(0);
                case "predict" -> text.matches("[-*] .*") ? afterColon(2)
                        : block.endsWith("number") && text.startsWith("=") ? (text.startsWith("= ") ? 2 : 1) : -1;
                default -> -1;
            };
        }

        private int afterColon(int from) {
            var colon = text.indexOf(": ", from);
            return colon < 0 ? -1 : colon + 2;
        }
    }

    /** Keeps its own copy. */
    LabOutline {
        lines = List.copyOf(lines);
    }

    /** The lines of that text. */
    static LabOutline of(String text) {
        var lines = new ArrayList<Line>();
        var block = "";
        var fence = "";
        var offset = 0;
        while (offset <= text.length()) {
            var end = text.indexOf('\n', offset);
            var next = end < 0 ? text.length() + 1 : end + 1;
            var line = text.substring(offset, end < 0 ? text.length() : end);
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            var bare = line.strip();
            if (fence.isEmpty() && (bare.startsWith("```") || bare.startsWith("~~~"))) {
                fence = bare.replaceFirst("^(`+|~+).*", "$1");
                block = bare.substring(fence.length()).strip();
                lines.add(new Line(offset, line, Kind.FENCE, block));
            } else if (!fence.isEmpty() && bare.startsWith(fence) && bare.matches("`+|~+")) {
                lines.add(new Line(offset, line, Kind.FENCE, block));
                fence = "";
                block = "";
            } else if (!fence.isEmpty()) {
                lines.add(new Line(offset, line, BLOCKS.contains(block.split("\\s+", 2)[0]) ? Kind.INSIDE : Kind.CODE,
                        block));
            } else {
                lines.add(new Line(offset, line, line.matches("#{1,6} .*") ? Kind.HEADING : Kind.TEXT, ""));
            }
            offset = next;
        }
        return new LabOutline(lines);
    }

    /** The line in which that offset is. */
    Line at(int offset) {
        var found = lines.getFirst();
        for (var line : lines) {
            if (line.offset <= offset) {
                found = line;
            }
        }
        return found;
    }
}
