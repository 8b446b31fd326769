package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

import dev.mailscope.server.analysis.PhaseDiagram;

/**
 * Where everything of a state diagram stands: the phases in a row or in a column, what leads to the next one straight
 * between them, what skips some in arcs at one side, what leads back in arcs at the other.
 */
final class PhaseLayout {
    /** How large a text is drawn. */
    interface Measure {
        /** The size of a phase's name. */
        Point name(String text);

        /** The size of a line at a way, with the numbers of the steps that went it. */
        Point line(PhaseWays.Line line);
    }

    /** A phase and its place. */
    record Box(String name, Rectangle bounds) {
    }

    /**
     * A way.
     *
     * @param points the ends of its lines: x, y, x, y…; the arrow's head is at the last
     * @param label  where its lines of text stand
     */
    record Way(PhaseWays.Way way, int[] points, Rectangle label) {
    }

    private static final int MARGIN = 12;

    private final boolean across;
    private final Measure measure;
    private final int pad;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private Point size;
    private Point start;

    /**
     * Lays out a diagram.
     *
     * @param across true for a row, false for a column
     * @param pad    the room between things, in pixels
     */
    PhaseLayout(PhaseDiagram diagram, List<PhaseWays.Way> all, boolean across, int pad, Measure measure) {
        this.across = across;
        this.measure = measure;
        this.pad = pad;
        var names = new ArrayList<>(diagram.phases().stream().map(PhaseDiagram.Phase::name).toList());
        names.add(PhaseDiagram.CLOSED);
        names.forEach(name -> places.put(name, places.size()));
        lay(names, all.stream().filter(way -> places.containsKey(way.from()) && places.containsKey(way.to()))
                .toList());
    }

    List<Box> boxes() {
        return boxes;
    }

    List<Way> ways() {
        return ways;
    }

    /** How much room all of it takes. */
    Point size() {
        return size;
    }

    /** Where a session begins: the dot from which an arrow leads to the first phase. */
    Point start() {
        return start;
    }

    private void lay(List<String> names, List<PhaseWays.Way> all) {
        var straight = all.stream().filter(way -> span(way) == 1).toList();
        var skipping = arcs(all.stream().filter(way -> span(way) > 1).toList());
        var back = arcs(all.stream().filter(way -> span(way) < 0).toList());
        var box = new Point(0, 0);
        for (var name : names) {
            var text = measure.name(name);
            box.x = Math.max(box.x, text.x + 2 * pad);
            box.y = Math.max(box.y, text.y + 2 * pad);
        }
        var before = Math.max(cross(box) / 2, straight.stream().mapToInt(way -> cross(label(way)) + pad / 2).max()
                .orElse(0)) + pad;
        var after = cross(box) / 2 + pad;
        var middle = MARGIN + before + thickness(skipping);
        var main = MARGIN + 3 * pad;
        for (var i = 0; i < names.size(); i++) {
            var place = i;
            boxes.add(new Box(names.get(i), across ? new Rectangle(main, middle - box.y / 2, box.x, box.y)
                    : new Rectangle(0, main, box.x, box.y)));
            var gap = straight.stream().filter(way -> places.get(way.from()) == place)
                    .mapToInt(way -> main(label(way)) + 2 * pad).max().orElse(0);
            main += main(box) + Math.max(4 * pad, gap);
        }
        var end = main(new Point(boxes.getLast().bounds().x + box.x, boxes.getLast().bounds().y + box.y)) + MARGIN;
        var crossEnd = middle + after + thickness(back) + MARGIN;
        // In a column, the side of the arcs that skip phases is the right one: there is where their labels are read.
        var axis = across ? middle : crossEnd - middle;
        if (!across) {
            boxes.replaceAll(b -> new Box(b.name(), new Rectangle(axis - box.x / 2, b.bounds().y, box.x, box.y)));
        }
        size = across ? new Point(end, crossEnd) : new Point(crossEnd, end);
        var first = boxes.getFirst().bounds();
        start = across ? new Point(first.x - 3 * pad, axis) : new Point(axis, first.y - 3 * pad);
        straight.forEach(way -> straight(way, axis));
        arc(skipping, axis, before, true);
        arc(back, axis, after, false);
    }

    private void straight(PhaseWays.Way way, int axis) {
        var from = boxes.get(places.get(way.from())).bounds();
        var to = boxes.get(places.get(way.to())).bounds();
        var label = label(way);
        if (across) {
            var left = from.x + from.width;
            ways.add(new Way(way, new int[] { left, axis, to.x, axis },
                    new Rectangle((left + to.x - label.x) / 2 - pad / 4, axis - label.y - pad / 3, label.x, label.y)));
        } else {
            var top = from.y + from.height;
            ways.add(new Way(way, new int[] { axis, top, axis, to.y },
                    new Rectangle(axis + pad / 2, (top + to.y - label.y) / 2 - pad / 4, label.x, label.y)));
        }
    }

    // The arcs at one side: above a row or right of a column when they are outward to the upper or right side.
    private void arc(List<PhaseWays.Way> arcs, int axis, int base, boolean first) {
        var sign = first == across ? -1 : 1;
        var level = base;
        for (var way : arcs) {
            var label = label(way);
            var a = end(way, arcs, true);
            var b = end(way, arcs, false);
            var from = boxes.get(places.get(way.from())).bounds();
            var edge = across ? from.height / 2 : from.width / 2;
            var near = axis + sign * edge;
            var far = axis + sign * level;
            var middle = (a + b) / 2;
            ways.add(across
                    ? new Way(way, new int[] { a, near, a, far, b, far, b, near }, new Rectangle(middle - label.x / 2,
                            sign < 0 ? far - label.y - pad / 3 : far + pad / 3, label.x, label.y))
                    : new Way(way, new int[] { near, a, far, a, far, b, near, b }, new Rectangle(
                            sign < 0 ? far - label.x - pad / 2 : far + pad / 2, middle - label.y / 2, label.x,
                            label.y)));
            level += cross(label) + pad;
        }
    }

    // Where an arc leaves or enters its phase, along the row: all that do so at that side stand beside each other.
    private int end(PhaseWays.Way way, List<PhaseWays.Way> arcs, boolean leaving) {
        var phase = leaving ? way.from() : way.to();
        var ends = new ArrayList<PhaseWays.Way>();
        var forward = span(way) > 0;
        var entering = arcs.stream().filter(w -> w.to().equals(phase)).toList();
        var going = arcs.stream().filter(w -> w.from().equals(phase)).toList().reversed();
        ends.addAll(forward ? entering : going.reversed());
        ends.addAll(forward ? going : entering.reversed());
        var bounds = boxes.get(places.get(phase)).bounds();
        var at = ends.indexOf(way) + 1;
        return across ? bounds.x + bounds.width * at / (ends.size() + 1)
                : bounds.y + bounds.height * at / (ends.size() + 1);
    }

    // The shortest is the innermost.
    private List<PhaseWays.Way> arcs(List<PhaseWays.Way> some) {
        return some.stream().sorted(Comparator.comparingInt(way -> Math.abs(span(way)))).toList();
    }

    private int thickness(List<PhaseWays.Way> arcs) {
        return arcs.stream().mapToInt(way -> cross(label(way)) + pad).sum();
    }

    private int span(PhaseWays.Way way) {
        return places.get(way.to()) - places.get(way.from());
    }

    private Point label(PhaseWays.Way way) {
        var all = new Point(0, 0);
        for (var line : way.lines()) {
            var text = measure.line(line);
            all.x = Math.max(all.x, text.x);
            all.y += text.y;
        }
        return all;
    }

    private int main(Point point) {
        return across ? point.x : point.y;
    }

    private int cross(Point point) {
        return across ? point.y : point.x;
    }
}
