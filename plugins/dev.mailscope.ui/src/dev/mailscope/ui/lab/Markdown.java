package dev.mailscope.ui.lab;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Markdown as lines of text with what each part of them looks like: what a text widget needs, without one. A paragraph
 * is one line; a table is taken as it is written, its columns brought in line.
 *
 * @param text     all of it
 * @param spans    what is not plain, in order, none overlapping another
 * @param lines    for each line of the text, how it stands
 * @param pictures the places, each one character, where pictures are
 */
record Markdown(String text, List<Span> spans, List<Line> lines, List<Picture> pictures) {
    /** What a part of a text can be. */
    enum Look {
        BOLD, ITALIC, CODE, LINK, TITLE, HEADING
    }

    /** Stands where a picture is. */
    static final char PICTURE = '\uFFFC';

    private static final Parser PARSER = Parser.builder().build();
    private static final int DEEPEST = 12;

    /**
     * A part of the text.
     *
     * @param to where a link leads to; empty for none
     */
    record Span(int start, int length, Set<Look> looks, String to) {
    }

    /**
     * How a line stands.
     *
     * @param level  how far it is indented
     * @param marked how many characters stand before its text, in the indentation
     * @param apart  true when it stands apart from the line before
     * @param code   true when it is code
     * @param quoted true when it is a quotation
     */
    record Line(int level, int marked, boolean apart, boolean code, boolean quoted) {
    }

    /** A picture, by its file in the lab's folder, and what it shows in words. */
    record Picture(int at, String file, String words) {
    }

    /** Keeps its own copies. */
    Markdown {
        spans = List.copyOf(spans);
        lines = List.copyOf(lines);
        pictures = List.copyOf(pictures);
    }

    /** What that text says; a picture that cannot be shown is said in words. */
    static Markdown of(String source, Predicate<String> canBeShown) {
        var writer = new Writer(canBeShown);
        PARSER.parse(source).accept(writer);
        return writer.written();
    }

    private static final class Writer extends AbstractVisitor {
        private final StringBuilder out = new StringBuilder();
        private final List<Span> spans = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final List<Picture> pictures = new ArrayList<>();
        private final EnumSet<Look> looks = EnumSet.noneOf(Look.class);
        private String to = "";
        private int level;
        private boolean quoted;
        private String mark = "";
        private boolean tight;
        private final Predicate<String> canBeShown;

        Writer(Predicate<String> canBeShown) {
            this.canBeShown = canBeShown;
        }

        Markdown written() {
            return new Markdown(out.toString(), spans, lines, pictures);
        }

        private void line(boolean apart, boolean code) {
            if (!lines.isEmpty()) {
                out.append('\n');
            }
            lines.add(new Line(Math.min(level, DEEPEST), mark.length(), apart && !lines.isEmpty(), code, quoted));
            out.append(mark);
            mark = "";
        }

        private void put(String words) {
            if (!words.isEmpty()) {
                if (!looks.isEmpty()) {
                    spans.add(new Span(out.length(), words.length(), EnumSet.copyOf(looks), to));
                }
                out.append(words);
            }
        }

        private void with(Look look, Node node) {
            var added = looks.add(look);
            visitChildren(node);
            if (added) {
                looks.remove(look);
            }
        }

        private void code(String literal) {
            var first = true;
            for (var row : literal.stripTrailing().lines().toList()) {
                line(first, true);
                looks.add(Look.CODE);
                put(row.isEmpty() ? " " : row);
                looks.remove(Look.CODE);
                first = false;
            }
        }

        @Override
        public void visit(Heading node) {
            line(true, false);
            with(node.getLevel() <= 2 ? Look.TITLE : Look.HEADING, node);
        }

        @Override
        public void visit(Paragraph node) {
            var rows = Table.rows(node);
            if (rows.isEmpty()) {
                line(!tight && !(node.getPrevious() instanceof Heading), false);
                visitChildren(node);
            } else {
                code(String.join("\n", rows));
            }
            tight = false;
        }

        @Override
        public void visit(FencedCodeBlock node) {
            code(node.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock node) {
            code(node.getLiteral());
        }

        @Override
        public void visit(ThematicBreak node) {
            line(true, false);
            put("\u2500".repeat(12));
        }

        @Override
        public void visit(BlockQuote node) {
            var before = quoted;
            quoted = true;
            level++;
            visitChildren(node);
            level--;
            quoted = before;
        }

        @Override
        public void visit(BulletList node) {
            items(node, node.isTight(), -1);
        }

        @Override
        public void visit(OrderedList node) {
            items(node, node.isTight(), node.getMarkerStartNumber() == null ? 1 : node.getMarkerStartNumber());
        }

        private void items(Node list, boolean isTight, int number) {
            level++;
            var next = number;
            for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
                mark = next < 0 ? "\u2022 " : next++ + ". ";
                tight = isTight && item != list.getFirstChild();
                if (item instanceof ListItem && item.getFirstChild() == null) {
                    line(false, false);
                }
                item.accept(this);
            }
            level--;
        }

        @Override
        public void visit(Text node) {
            put(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            var added = looks.add(Look.CODE);
            put(node.getLiteral());
            if (added) {
                looks.remove(Look.CODE);
            }
        }

        @Override
        public void visit(Emphasis node) {
            with(Look.ITALIC, node);
        }

        @Override
        public void visit(StrongEmphasis node) {
            with(Look.BOLD, node);
        }

        @Override
        public void visit(SoftLineBreak node) {
            put(" ");
        }

        @Override
        public void visit(HardLineBreak node) {
            line(false, false);
        }

        @Override
        public void visit(Link node) {
            // A link within a page leads nowhere here.
            if (node.getDestination().startsWith("#")) {
                visitChildren(node);
                return;
            }
            to = node.getDestination();
            with(Look.LINK, node);
            to = "";
        }

        @Override
        public void visit(Image node) {
            var words = Table.textOf(node);
            if (!canBeShown.test(node.getDestination())) {
                put("[" + words + "]");
                return;
            }
            pictures.add(new Picture(out.length(), node.getDestination(), words));
            out.append(PICTURE);
        }
    }

    /** A table as it is written: a paragraph whose lines all begin with {@code |}. */
    private static final class Table {
        private Table() {
        }

        static String textOf(Node node) {
            var text = new StringBuilder();
            node.accept(new AbstractVisitor() {
                @Override
                public void visit(Text part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(Code part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(SoftLineBreak part) {
                    text.append('\n');
                }
            });
            return text.toString();
        }

        /** Its rows, with columns of one width; none when it is no table. */
        static List<String> rows(Paragraph node) {
            if (!(node.getFirstChild() instanceof Text first) || !first.getLiteral().startsWith("|")) {
                return List.of();
            }
            var rows = textOf(node).lines().map(String::strip).toList();
            if (rows.size() < 2 || !rows.stream().allMatch(row -> row.startsWith("|"))) {
                return List.of();
            }
            var cells = rows.stream().map(row -> List.of(row.substring(1).replaceFirst("\\|\\s*$", "").split("\\|", -1)))
                    .toList();
            var widths = new ArrayList<Integer>();
            for (var row : cells) {
                for (var i = 0; i < row.size(); i++) {
                    var width = isRule(row.get(i)) ? 1 : row.get(i).strip().length();
                    if (i == widths.size()) {
                        widths.add(width);
                    }
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
            return cells.stream().map(row -> row(row, widths)).toList();
        }

        private static boolean isRule(String cell) {
            return cell.strip().matches(":?-+:?");
        }

        private static String row(List<String> cells, List<Integer> widths) {
            var out = new StringBuilder();
            for (var i = 0; i < cells.size(); i++) {
                var cell = isRule(cells.get(i)) ? "\u2500".repeat(widths.get(i)) : cells.get(i).strip();
                out.append(i == 0 ? "" : "  ").append(cell).append(" ".repeat(widths.get(i) - cell.length()));
            }
            return out.toString().stripTrailing();
        }
    }
}
