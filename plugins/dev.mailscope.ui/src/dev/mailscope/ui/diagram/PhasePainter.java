package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;

import dev.mailscope.server.analysis.PhaseDiagram;
import dev.mailscope.server.analysis.PhasePath.Step;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/** Draws a {@link PhaseCanvas}, and knows what is where on it. */
final class PhasePainter {
    private static final int MOST_MARKS = 3;
    private static final int PAD = 12;
    private static final double LARGEST_COMMANDS = 1.4;
    private static final String HERE = "\u25B6 ";

    /** A diagram with its commands laid out at one size. */
    record Laid(PhaseLayout layout, double scale, int left, List<Word> words, String heading, int width, int height) {
        boolean fitsInto(int wide, int high) {
            return width <= wide && height <= high;
        }
    }

    /** A legal command and its place. */
    record Word(PhaseDiagram.Command command, Rectangle bounds) {
    }

    private final PhaseCanvas canvas;
    private final Tones tones;
    private Laid laid;

    PhasePainter(PhaseCanvas canvas) {
        this.canvas = canvas;
        this.tones = new Tones(canvas);
    }

    /** Where the diagram begins, from the left. */
    int left() {
        return laid.left();
    }

    void use(Laid next) {
        laid = next;
    }

    /** Lays the diagram out, so many times as large as usual, in a row or a column, above its commands. */
    Laid lay(GC gc, double scale, boolean across, int room) {
        var ways = PhaseWays.of(canvas.diagram(), canvas.taken());
        var layout = new PhaseLayout(canvas.diagram(), ways, across, (int) Math.round(PAD * scale),
                new Sizes(gc, scale));
        var wide = Math.max(room, layout.size().x);
        var top = layout.size().y;
        var heading = heading();
        var words = new ArrayList<Word>();
        var bottom = words(gc, scale, heading, room, top, words);
        return new Laid(layout, scale, (wide - layout.size().x) / 2, words, heading, layout.size().x, bottom);
    }

    /** Where that phase is drawn; empty for none. */
    Optional<Rectangle> place(String phase) {
        return laid.layout().boxes().stream().filter(box -> box.name().equals(phase)).map(PhaseLayout.Box::bounds)
                .findFirst();
    }

    /** The phase drawn there. */
    Optional<String> phaseAt(int x, int y) {
        return laid == null ? Optional.empty() : laid.layout().boxes().stream()
                .filter(box -> box.bounds().contains(x - laid.left(), y)).map(PhaseLayout.Box::name)
                .filter(name -> canvas.diagram().phase(name).isPresent()).findFirst();
    }

    /** The last step that was taken on the way whose label is there. */
    Optional<Step> stepAt(int x, int y) {
        return laid == null ? Optional.empty() : laid.layout().ways().stream()
                .filter(way -> way.label().contains(x - laid.left(), y))
                .flatMap(way -> way.way().lines().stream()).flatMap(line -> line.steps().stream())
                .reduce((one, other) -> other.number() > one.number() ? other : one);
    }

    /** What is to be said of what is there. */
    Optional<String> hintAt(int x, int y) {
        return laid == null ? Optional.empty() : laid.words().stream()
                .filter(word -> word.bounds().contains(x - canvas.left(), y)).map(Word::command)
                .map(command -> command.syntax() + "\n" + command.explanation() + "\n" + command.reference())
                .findFirst();
    }

    void paint(GC gc) {
        gc.setAntialias(SWT.ON);
        gc.setBackground(tones.background());
        gc.fillRectangle(canvas.getClientArea());
        if (laid == null) {
            return;
        }
        var moved = new Transform(gc.getDevice());
        moved.translate(laid.left() - canvas.left(), -canvas.above());
        gc.setTransform(moved);
        var now = canvas.current();
        start(gc);
        for (var way : laid.layout().ways()) {
            way(gc, way);
        }
        laid.layout().boxes().forEach(box -> box(gc, box, box.name().equals(now)));
        // The commands fill the width that is in sight: they are scrolled downwards only.
        moved.translate(canvas.left() - laid.left(), 0);
        gc.setTransform(moved);
        commands(gc);
        gc.setTransform(null);
        moved.dispose();
        if (canvas.isFocusControl()) {
            gc.drawFocus(1, 1, canvas.getClientArea().width - 2, canvas.getClientArea().height - 2);
        }
    }

    private void start(GC gc) {
        var start = laid.layout().start();
        var first = laid.layout().boxes().getFirst().bounds();
        var size = scaled(5);
        var colour = canvas.taken().isEmpty() ? tones.faint() : tones.of(Tone.PHASE);
        gc.setForeground(colour);
        gc.setBackground(colour);
        gc.fillOval(start.x - size, start.y - size, 2 * size, 2 * size);
        gc.setLineWidth(scaled(2));
        var across = start.y == first.y + first.height / 2;
        arrow(gc, across ? new int[] { start.x, start.y, first.x, start.y } : new int[] { start.x, start.y, start.x,
            first.y });
        if (!canvas.taken().isEmpty()) {
            var sizes = new Sizes(gc, laid.scale());
            var number = Integer.toString(canvas.taken().getFirst().number());
            mark(gc, number, across ? start.x : start.x + scaled(10),
                    across ? start.y - sizes.mark(number).y - scaled(8) : start.y, true, sizes);
        }
    }

    private void box(GC gc, PhaseLayout.Box box, boolean lit) {
        var b = box.bounds();
        var end = box.name().equals(PhaseDiagram.CLOSED);
        var visited = canvas.taken().stream().anyMatch(step -> step.to().equals(box.name()));
        var round = end ? b.height : scaled(10);
        gc.setBackground(lit ? tones.of(Tone.PHASE) : visited ? tones.tint(Tone.PHASE) : tones.background());
        gc.fillRoundRectangle(b.x, b.y, b.width, b.height, round, round);
        gc.setForeground(visited ? tones.of(Tone.PHASE) : tones.faint());
        gc.setLineWidth(scaled(lit ? 4 : 2));
        gc.drawRoundRectangle(b.x, b.y, b.width, b.height, round, round);
        if (box.name().equals(canvas.shown()) && !lit) {
            gc.setLineWidth(1);
            gc.setLineStyle(SWT.LINE_DOT);
            gc.drawRoundRectangle(b.x - scaled(4), b.y - scaled(4), b.width + 2 * scaled(4), b.height + 2 * scaled(4),
                    round, round);
            gc.setLineStyle(SWT.LINE_SOLID);
        }
        gc.setFont(canvas.fonts().font(laid.scale(), true));
        gc.setForeground(lit ? tones.background() : visited ? tones.of(Tone.PHASE) : tones.foreground());
        var text = lit ? HERE + box.name() : box.name();
        var size = gc.textExtent(text, SWT.DRAW_TRANSPARENT);
        gc.drawText(text, b.x + (b.width - size.x) / 2, b.y + (b.height - size.y) / 2, true);
    }

    private void way(GC gc, PhaseLayout.Way way) {
        var tone = !way.way().planned() ? Tone.PROBLEM : Tone.PHASE;
        var colour = way.way().isTaken() ? tones.of(tone) : tones.faint();
        gc.setForeground(colour);
        gc.setBackground(colour);
        gc.setLineWidth(scaled(way.way().isTaken() ? 3 : 1));
        gc.setLineStyle(way.way().planned() ? SWT.LINE_SOLID : SWT.LINE_DASH);
        arrow(gc, way.points());
        gc.setLineStyle(SWT.LINE_SOLID);
        var y = way.label().y;
        var sizes = new Sizes(gc, laid.scale());
        for (var line : way.way().lines()) {
            line(gc, line, way.label().x, y, sizes);
            y += sizes.line(line).y;
        }
    }

    private void line(GC gc, PhaseWays.Line line, int x, int y, Sizes sizes) {
        var went = !line.steps().isEmpty();
        gc.setFont(canvas.fonts().font(laid.scale(), went));
        gc.setForeground(!went ? tones.foreground() : tones.of(line.planned() ? Tone.PHASE : Tone.PROBLEM));
        gc.drawText(line.text(), x, y, true);
        var at = x + gc.textExtent(line.text(), SWT.DRAW_TRANSPARENT).x + scaled(4);
        for (var mark : marks(line)) {
            at = mark(gc, mark, at, y, line.planned(), sizes);
        }
    }

    private int mark(GC gc, String text, int x, int y, boolean planned, Sizes sizes) {
        var size = sizes.mark(text);
        gc.setBackground(tones.of(planned ? Tone.PHASE : Tone.PROBLEM));
        gc.fillRoundRectangle(x, y, size.x, size.y, size.y, size.y);
        gc.setForeground(tones.background());
        gc.setFont(canvas.fonts().font(laid.scale() * 0.85, true));
        var inside = gc.textExtent(text, SWT.DRAW_TRANSPARENT);
        gc.drawText(text, x + (size.x - inside.x) / 2, y + (size.y - inside.y) / 2, true);
        return x + size.x + scaled(3);
    }

    // The numbers of the last steps on that way; of more, that there are.
    private static List<String> marks(PhaseWays.Line line) {
        var steps = line.steps();
        var marks = new ArrayList<String>();
        if (steps.size() > MOST_MARKS) {
            marks.add("\u2026");
        }
        steps.subList(Math.max(0, steps.size() - MOST_MARKS), steps.size())
                .forEach(step -> marks.add(Integer.toString(step.number())));
        return marks;
    }

    private void arrow(GC gc, int[] points) {
        var head = scaled(9);
        var n = points.length;
        var dx = Integer.signum(points[n - 2] - points[n - 4]);
        var dy = Integer.signum(points[n - 1] - points[n - 3]);
        var x = points[n - 2] - dx * scaled(2);
        var y = points[n - 1] - dy * scaled(2);
        var lines = points.clone();
        lines[n - 2] = x - dx * head;
        lines[n - 1] = y - dy * head;
        gc.drawPolyline(lines);
        gc.fillPolygon(new int[] { x, y, x - dx * head - dy * head / 2, y - dy * head - dx * head / 2,
            x - dx * head + dy * head / 2, y - dy * head + dx * head / 2 });
    }

    private void commands(GC gc) {
        var scale = Math.min(laid.scale(), LARGEST_COMMANDS);
        var top = laid.layout().size().y;
        gc.setForeground(tones.line());
        gc.setLineWidth(1);
        gc.drawLine(PAD, top, canvas.getClientArea().width - PAD, top);
        gc.setFont(canvas.fonts().font(scale, true));
        gc.setForeground(canvas.shown().equals(canvas.current()) && !canvas.current().isEmpty()
                ? tones.of(Tone.PHASE) : tones.foreground());
        gc.drawText(laid.heading(), PAD, top + PAD / 2, true);
        for (var word : laid.words()) {
            gc.setFont(canvas.fonts().font(scale, word.command().isNew()));
            gc.setForeground(word.command().isNew() ? tones.of(Tone.CLIENT) : tones.foreground());
            gc.drawText(word.command().name(), word.bounds().x, word.bounds().y, true);
        }
    }

    private String heading() {
        if (canvas.shown().isEmpty()) {
            return Messages.states_empty;
        }
        var phase = canvas.diagram().phase(canvas.shown());
        return phase.isEmpty() ? Messages.states_over : NLS.bind(phase.get().commands().isEmpty()
                ? Messages.states_noneIn : Messages.states_legalIn, canvas.shown());
    }

    private int words(GC gc, double scale, String heading, int room, int top, List<Word> words) {
        var size = Math.min(scale, LARGEST_COMMANDS);
        gc.setFont(canvas.fonts().font(size, true));
        var height = gc.textExtent(heading, SWT.DRAW_TRANSPARENT).y;
        var x = PAD;
        var y = top + PAD / 2 + height + 2;
        for (var command : canvas.diagram().phase(canvas.shown()).map(PhaseDiagram.Phase::commands).orElse(List.of())) {
            gc.setFont(canvas.fonts().font(size, command.isNew()));
            var wide = gc.textExtent(command.name(), SWT.DRAW_TRANSPARENT).x;
            if (x > PAD && x + wide > room - PAD) {
                x = PAD;
                y += height + 2;
            }
            words.add(new Word(command, new Rectangle(x, y, wide, height)));
            x += wide + PAD;
        }
        return y + (words.isEmpty() ? 0 : height) + PAD;
    }

    private int scaled(int pixels) {
        return Math.max(1, (int) Math.round(pixels * laid.scale()));
    }

    /** Measures with the fonts of one size. */
    private final class Sizes implements PhaseLayout.Measure {
        private final GC gc;
        private final double scale;

        Sizes(GC gc, double scale) {
            this.gc = gc;
            this.scale = scale;
        }

        @Override
        public Point name(String text) {
            gc.setFont(canvas.fonts().font(scale, true));
            return gc.textExtent(HERE + text, SWT.DRAW_TRANSPARENT);
        }

        @Override
        public Point line(PhaseWays.Line line) {
            gc.setFont(canvas.fonts().font(scale, !line.steps().isEmpty()));
            var size = gc.textExtent(line.text(), SWT.DRAW_TRANSPARENT);
            for (var text : marks(line)) {
                size.x += mark(text).x + (int) Math.round(4 * scale);
            }
            return size;
        }

        Point mark(String text) {
            gc.setFont(canvas.fonts().font(scale * 0.85, true));
            var inside = gc.textExtent(text, SWT.DRAW_TRANSPARENT);
            gc.setFont(canvas.fonts().font(scale, false));
            var high = gc.textExtent(text, SWT.DRAW_TRANSPARENT).y;
            return new Point(Math.max(high, inside.x + high / 2), high);
        }
    }
}
