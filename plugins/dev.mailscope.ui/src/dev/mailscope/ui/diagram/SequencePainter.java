package dev.mailscope.ui.diagram;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

import dev.mailscope.server.analysis.Sequence.Kind;
import dev.mailscope.server.analysis.Sequence.Lifeline;
import dev.mailscope.server.analysis.Sequence.Open;
import dev.mailscope.server.analysis.Sequence.Row;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/**
 * Draws a {@link SequenceCanvas}: the clients' lifelines at the left, the server's at the right, where it stays when
 * the others are scrolled. A bar beside a lifeline lasts from a command to the end of its answer.
 */
final class SequencePainter {
    private static final int PAD = 8;
    // Of 255: how much of its colour is left of what has not happened yet; it still has to be read.
    private static final int LATER = 145;
    // Room for a scroll bar that lies over the drawing.
    private static final int EDGE = 14;
    private static final int LEAST_LANE = 104;
    private static final int SERVER_MARGIN = 62;
    private static final double LAST_GAP = 0.9;

    private final SequenceCanvas canvas;
    private final Tones tones;
    private int serverX;
    private int laneWidth;
    private int fontHeight = 16;

    SequencePainter(SequenceCanvas canvas) {
        this.canvas = canvas;
        this.tones = new Tones(canvas);
    }

    /** How wide everything would be drawn. */
    int wholeWidth() {
        measure();
        return (int) Math.round(laneWidth * (canvas.lanes() + LAST_GAP)) + scaled(SERVER_MARGIN) + PAD;
    }

    int headerHeight() {
        return 2 * fontHeight() + 14;
    }

    /** The row at that height, -1 for none. */
    int rowAt(int y) {
        var row = canvas.topRow() + (y - headerHeight()) / canvas.rowHeight();
        return y < headerHeight() || row >= canvas.rows().size() ? -1 : row;
    }

    void paint(GC gc) {
        var area = canvas.getClientArea();
        measure();
        gc.setAntialias(SWT.ON);
        gc.setFont(canvas.fonts().font(canvas.times(), false));
        gc.setBackground(tones.background());
        gc.fillRectangle(area);
        var rows = canvas.rows();
        // By lane, as each is at the moment; of those that come later only the name.
        var seen = new HashMap<Integer, Lifeline>();
        var later = new HashMap<Integer, Lifeline>();
        var y = headerHeight();
        for (var i = canvas.topRow(); i < rows.size() && y < area.height; i++) {
            row(gc, i, y, area.width);
            var into = isLater(rows.get(i)) ? later : seen;
            rows.get(i).alive().forEach(line -> into.put(line.lane(), line));
            y += canvas.rowHeight();
        }
        if (rows.isEmpty()) {
            gc.setForeground(tones.faint());
            var size = gc.textExtent(Messages.sequence_empty);
            gc.drawText(Messages.sequence_empty, Math.max(PAD, (area.width - size.x) / 2), (area.height - size.y) / 2,
                    true);
        }
        header(gc, seen, later, area.width);
    }

    private void measure() {
        var width = canvas.getClientArea().width;
        serverX = Math.max(scaled(2 * LEAST_LANE), width - scaled(SERVER_MARGIN));
        laneWidth = (int) Math.max(scaled(LEAST_LANE), (serverX - PAD) / (canvas.lanes() + LAST_GAP));
        fontHeight = fontHeight();
    }

    private int fontHeight() {
        return (int) Math.round(canvas.rowHeight() / 1.75);
    }

    private int laneX(int lane) {
        return lane < 0 ? serverX : PAD + laneWidth * lane + laneWidth / 2 - canvas.left();
    }

    private void row(GC gc, int index, int y, int width) {
        var row = canvas.rows().get(index);
        var before = index == 0 ? null : canvas.rows().get(index - 1);
        var height = canvas.rowHeight();
        if (index == canvas.selection()) {
            gc.setBackground(tones.stripe());
            gc.fillRectangle(0, y, width, height);
            gc.setBackground(tones.selection());
            gc.fillRectangle(0, y, 5, height);
            gc.setForeground(tones.selection());
            gc.setLineWidth(1);
            gc.drawRectangle(0, y, width - 1, height - 1);
        }
        gc.setAlpha(isLater(row) ? LATER : 255);
        lifelines(gc, row, before, y);
        bars(gc, index, row, before, y);
        content(gc, row, before, index == canvas.selection(), y);
        gc.setAlpha(255);
        if (index == canvas.selection() && canvas.isFocusControl()) {
            gc.drawFocus(0, y, width, height);
        }
    }

    private void lifelines(GC gc, Row row, Row before, int y) {
        var height = canvas.rowHeight();
        gc.setLineWidth(Math.max(1, scaled(2)));
        gc.setForeground(tones.of(Tone.SERVER));
        gc.drawLine(serverX, y, serverX, y + height);
        gc.setForeground(tones.faint());
        for (var line : row.alive()) {
            var from = row.kind() == Kind.BEGUN && line.session() == row.session() ? height / 2 : 0;
            vertical(gc, line.lane(), y + from, y + height);
        }
        if (before != null && (row.kind() == Kind.ENDED || row.kind() == Kind.CUT)) {
            vertical(gc, row.lane(), y, y + height / 2);
        }
    }

    private void vertical(GC gc, int lane, int from, int to) {
        if (laneX(lane) < serverX - scaled(20)) {
            gc.drawLine(laneX(lane), from, laneX(lane), to);
        }
    }

    private void bars(GC gc, int index, Row row, Row before, int y) {
        var height = canvas.rowHeight();
        var line = arrowY(y);
        var chosen = chosenCommand();
        for (var open : row.open()) {
            var begins = before == null || before.open().stream().noneMatch(o -> o.event() == open.event());
            bar(gc, open, begins ? line : y, y + height, open.event() == chosen);
        }
        if (before != null) {
            for (var open : before.open()) {
                if (row.open().stream().noneMatch(o -> o.event() == open.event())) {
                    bar(gc, open, y, line, open.event() == chosen);
                }
            }
        }
    }

    private long chosenCommand() {
        var selected = canvas.selection();
        if (selected < 0 || selected >= canvas.rows().size()) {
            return 0;
        }
        var row = canvas.rows().get(selected);
        return row.kind() == Kind.COMMAND ? row.event() : row.answers();
    }

    private void bar(GC gc, Open open, int from, int to, boolean chosen) {
        var wide = scaled(7);
        var x = laneX(open.lane()) - wide / 2 + open.depth() * (wide + 2);
        if (x > serverX - scaled(20)) {
            return;
        }
        gc.setBackground(chosen ? tones.of(Tone.CLIENT) : tones.tint(Tone.CLIENT));
        gc.fillRectangle(x, from, wide, to - from);
        gc.setForeground(tones.of(Tone.CLIENT));
        gc.setLineWidth(1);
        gc.drawLine(x, from, x, to);
        gc.drawLine(x + wide, from, x + wide, to);
    }

    private int arrowY(int y) {
        return y + canvas.rowHeight() - Math.max(4, canvas.rowHeight() / 6);
    }

    private void content(GC gc, Row row, Row before, boolean chosen, int y) {
        switch (row.kind()) {
            case COMMAND, CONTINUED -> toServer(gc, row, before, chosen, y);
            case ANSWER, UNTAGGED, GO_AHEAD, PUSHED -> toClient(gc, row, before, chosen, y);
            case LOST -> lost(gc, row, y);
            case CHANGE -> change(gc, row, y);
            case NOTE -> pill(gc, row.lane(), row.text(), row.problem() ? Tone.PROBLEM : Tone.PHASE, y);
            case BEGUN -> pill(gc, row.lane(), SequenceWords.kind(Kind.BEGUN), Tone.PLAIN, y);
            case ENDED -> ended(gc, row, y);
            case CUT -> cut(gc, row, y);
        }
    }

    private void toServer(GC gc, Row row, Row before, boolean chosen, int y) {
        var from = edge(row.lane()) + barOf(row, before);
        gc.setForeground(tones.of(Tone.CLIENT));
        gc.setBackground(tones.of(Tone.CLIENT));
        arrow(gc, from, serverX - 2, arrowY(y), false, chosen);
        label(gc, row, SequenceWords.text(row), from + scaled(10), serverX - scaled(16), y, false, Tone.CLIENT,
                row.kind() == Kind.COMMAND);
    }

    private void toClient(GC gc, Row row, Row before, boolean chosen, int y) {
        var tone = row.problem() ? Tone.PROBLEM : Tone.SERVER;
        var to = edge(row.lane()) + barOf(row, before);
        gc.setForeground(tones.of(tone));
        gc.setBackground(tones.of(tone));
        arrow(gc, serverX - 2, to, arrowY(y), row.kind() != Kind.ANSWER, chosen);
        var text = SequenceWords.text(row);
        label(gc, row, row.kind() == Kind.PUSHED ? Messages.sequence_pushed + text : text, to + scaled(16),
                serverX - scaled(10), y, true, tone, row.kind() == Kind.ANSWER);
    }

    // Where arrows of a lifeline begin: at its line, or at the left edge when that is scrolled out of sight.
    private int edge(int lane) {
        return Math.clamp(laneX(lane), 0, serverX - scaled(40));
    }

    // An arrow begins and ends at the bar of its own command, so that an answer is seen to belong to it.
    private int barOf(Row row, Row before) {
        var command = row.kind() == Kind.COMMAND ? row.event() : row.answers();
        var waiting = Stream.concat(row.open().stream(), before == null ? Stream.empty() : before.open().stream());
        return waiting.filter(open -> open.event() == command).findFirst()
                .map(open -> scaled(7) / 2 + open.depth() * (scaled(7) + 2) + 2).orElse(2);
    }

    private void arrow(GC gc, int from, int to, int y, boolean dashed, boolean chosen) {
        var head = Math.max(6, scaled(8));
        var back = to > from ? to - head : to + head;
        gc.setLineWidth(Math.max(1, scaled(chosen ? 3 : 2)));
        gc.setLineStyle(dashed ? SWT.LINE_DASH : SWT.LINE_SOLID);
        gc.drawLine(from, y, back, y);
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.fillPolygon(new int[] { to, y, back, y - head / 2, back, y + head / 2 });
    }

    private void label(GC gc, Row row, String text, int from, int to, int y, boolean right, Tone tone, boolean bold) {
        gc.setFont(canvas.fonts().font(canvas.times(), bold));
        var shown = Fitting.cut(gc, text, to - from);
        var wide = gc.textExtent(shown, SWT.DRAW_TRANSPARENT).x;
        var x = right ? to - wide : from;
        var top = arrowY(y) - fontHeight() - 3;
        var selected = canvas.selection() >= 0 && canvas.rows().get(canvas.selection()) == row;
        gc.setBackground(selected ? tones.stripe() : tones.background());
        gc.fillRectangle(x - 2, top, wide + 4, fontHeight());
        gc.setForeground(tones.of(tone));
        gc.drawText(shown, x, top, true);
        gc.setFont(canvas.fonts().font(canvas.times(), false));
    }

    private void lost(GC gc, Row row, int y) {
        var middle = arrowY(y);
        var from = serverX - scaled(40);
        gc.setForeground(tones.of(Tone.PROBLEM));
        gc.setLineWidth(Math.max(1, scaled(2)));
        gc.drawLine(serverX, middle, from, middle);
        cross(gc, from, middle);
        label(gc, row, Messages.sequence_lost + SequenceWords.text(row), PAD, from - scaled(14), y, true, Tone.PROBLEM,
                false);
    }

    private void change(GC gc, Row row, int y) {
        var right = serverX + scaled(SERVER_MARGIN) - EDGE;
        var shown = Fitting.cut(gc, row.text(), right - 4 * PAD);
        var wide = Math.max(gc.textExtent(shown, SWT.DRAW_TRANSPARENT).x + 2 * PAD, 2 * (right - serverX));
        box(gc, right - wide, wide, shown, row.problem() ? Tone.PROBLEM : Tone.CHANGE, y);
    }

    private void pill(GC gc, int lane, String text, Tone tone, int y) {
        gc.setFont(canvas.fonts().font(canvas.times(), true));
        var shown = Fitting.cut(gc, text, serverX - 4 * PAD);
        var wide = gc.textExtent(shown, SWT.DRAW_TRANSPARENT).x + 2 * PAD;
        var x = Math.clamp(laneX(lane) - wide / 2, 2, Math.max(2, serverX - wide - PAD));
        box(gc, x, wide, shown, tone, y);
        gc.setFont(canvas.fonts().font(canvas.times(), false));
    }

    private void box(GC gc, int x, int wide, String text, Tone tone, int y) {
        var height = fontHeight() + 4;
        var top = y + (canvas.rowHeight() - height) / 2;
        // Also where it is pale, no line shines through.
        var alpha = gc.getAlpha();
        gc.setAlpha(255);
        gc.setBackground(tones.background());
        gc.fillRoundRectangle(x, top, wide, height, height, height);
        gc.setAlpha(alpha);
        gc.setBackground(tone == Tone.PLAIN ? tones.header() : tones.tint(tone));
        gc.fillRoundRectangle(x, top, wide, height, height, height);
        gc.setForeground(tone == Tone.PLAIN ? tones.faint() : tones.of(tone));
        gc.setLineWidth(1);
        gc.drawRoundRectangle(x, top, wide, height, height, height);
        gc.setForeground(tones.of(tone));
        gc.drawText(text, x + PAD, top + 2, true);
    }

    private void ended(GC gc, Row row, int y) {
        var x = laneX(row.lane());
        var middle = y + canvas.rowHeight() / 2;
        gc.setForeground(tones.faint());
        gc.setLineWidth(Math.max(1, scaled(2)));
        cross(gc, x, middle);
        label(gc, row, row.text(), x + scaled(12), serverX - scaled(12), y, false, Tone.PLAIN, false);
    }

    private void cut(GC gc, Row row, int y) {
        var x = laneX(row.lane());
        var middle = y + canvas.rowHeight() / 2;
        gc.setForeground(tones.of(Tone.PROBLEM));
        gc.setLineWidth(Math.max(2, scaled(3)));
        cross(gc, x, middle);
        gc.setFont(canvas.fonts().font(canvas.times(), true));
        var right = serverX + scaled(SERVER_MARGIN) - EDGE;
        var text = Fitting.cut(gc, SequenceWords.kind(Kind.CUT) + ": " + row.text(), right - x - scaled(14) - 2 * PAD);
        box(gc, x + scaled(14), gc.textExtent(text, SWT.DRAW_TRANSPARENT).x + 2 * PAD, text, Tone.PROBLEM, y);
        gc.setFont(canvas.fonts().font(canvas.times(), false));
    }

    private void cross(GC gc, int x, int y) {
        var arm = scaled(6);
        gc.drawLine(x - arm, y - arm, x + arm, y + arm);
        gc.drawLine(x - arm, y + arm, x + arm, y - arm);
    }

    private boolean isLater(Row row) {
        return canvas.moment() != 0 && row.last() > canvas.moment();
    }

    private void header(GC gc, Map<Integer, Lifeline> seen, Map<Integer, Lifeline> later, int width) {
        gc.setBackground(tones.background());
        gc.fillRectangle(0, 0, width, headerHeight());
        for (var lane = 0; lane < canvas.lanes(); lane++) {
            var line = seen.getOrDefault(lane, later.get(lane));
            if (line != null && laneX(lane) + laneWidth / 2 < serverX) {
                head(gc, laneX(lane), laneWidth - 10, line.name().isEmpty() ? SequenceWords.session(line) : line.name(),
                        (seen.containsKey(lane) ? line.phase() + " \u00B7 " : "") + SequenceWords.session(line),
                        Tone.CLIENT);
            }
        }
        head(gc, serverX, 2 * (scaled(SERVER_MARGIN) - EDGE), Messages.who_server, "", Tone.SERVER);
        gc.setForeground(tones.line());
        gc.setLineWidth(1);
        gc.drawLine(0, headerHeight() - 1, width, headerHeight() - 1);
    }

    private void head(GC gc, int x, int wide, String name, String below, Tone tone) {
        gc.setBackground(tones.tint(tone));
        gc.fillRoundRectangle(x - wide / 2, 3, wide, headerHeight() - 8, 8, 8);
        gc.setForeground(tones.of(tone));
        gc.setLineWidth(1);
        gc.drawRoundRectangle(x - wide / 2, 3, wide, headerHeight() - 8, 8, 8);
        var top = below.isEmpty() ? (headerHeight() - fontHeight()) / 2 - 1 : 6;
        gc.setForeground(tones.foreground());
        centred(gc, name, x, top, wide - PAD, true);
        gc.setForeground(tones.of(Tone.PHASE));
        centred(gc, below, x, top + fontHeight(), wide - PAD, false);
    }

    private void centred(GC gc, String text, int x, int y, int room, boolean bold) {
        gc.setFont(canvas.fonts().font(canvas.times(), bold));
        var shown = Fitting.cut(gc, text, room);
        gc.drawText(shown, x - gc.textExtent(shown, SWT.DRAW_TRANSPARENT).x / 2, y, true);
    }

    private int scaled(int pixels) {
        return (int) Math.round(pixels * Math.max(0.8, canvas.rowHeight() / 30.0));
    }
}
