package dev.mailscope.ui.diagram;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.analysis.Sequence.Kind;
import dev.mailscope.server.analysis.Sequence.Row;

/**
 * A sequence chart of any length: draws the rows in sight and nothing else. Follows its newest row until the user
 * scrolls up or selects one.
 */
final class SequenceCanvas extends Drawing {
    private final List<Row> rows;
    private final IntConsumer selecting;
    private final SequencePainter painter;
    private double times = 1;
    private int rowHeight = 20;
    private int lanes = 1;
    private int top;
    private int selected = -1;
    private int lane;
    private long moment;
    private boolean following = true;

    /**
     * A chart of these rows.
     *
     * @param selecting is told which row the user selects
     */
    SequenceCanvas(Composite parent, List<Row> rows, IntConsumer selecting) {
        super(parent, ACC.ROLE_LIST);
        this.rows = rows;
        this.selecting = selecting;
        this.painter = new SequencePainter(this);
    }

    /** The rows from that one on are new; with 0 all are. */
    void rowsAdded(int from) {
        if (from == 0) {
            lanes = 1;
            selected = -1;
            top = 0;
            following = moment == 0;
        }
        for (var row : rows.subList(from, rows.size())) {
            lanes = Math.max(lanes, row.lane() + 1);
        }
        changed();
    }

    /** So many rows at the beginning are forgotten. */
    void rowsDropped(int count) {
        top = Math.max(0, top - count);
        selected = Math.max(-1, selected - count);
        changed();
    }

    /** Shows that moment, 0 for the newest, and the row that stands for it. */
    void showMoment(long event, int row) {
        // Whoever looks back while live stays where they are, whatever else is told.
        following = event == 0 && (following || moment != 0);
        moment = event;
        if (row != selected) {
            selected = row;
            announce();
        }
        if (row >= 0) {
            lane = laneOf(rows.get(row));
            reveal(row);
        }
        changed();
    }

    /** Draws so many times as large as usual. */
    void zoom(double next) {
        times = next;
        var gc = new GC(this);
        gc.setFont(fonts().font(times, false));
        rowHeight = (int) Math.round(gc.getFontMetrics().getHeight() * 1.75);
        gc.dispose();
        if (selected >= 0) {
            reveal(selected);
        }
        changed();
    }

    void fontChanged() {
        fonts().forget();
        zoom(times);
    }

    /** The selected row in words; all rows in sight when none is. */
    String copied() {
        return selected >= 0 && selected < rows.size() ? SequenceWords.whole(rows.get(selected))
                : rows.subList(top, Math.min(rows.size(), top + visibleRows())).stream().map(SequenceWords::whole)
                        .collect(Collectors.joining("\n"));
    }

    /** The selected row, -1 for none. */
    int selection() {
        return selected;
    }

    /** The first row in sight. */
    int topRow() {
        return top;
    }

    /** How many whole rows are in sight. */
    int visibleRows() {
        return Math.max(1, (getClientArea().height - painter.headerHeight()) / rowHeight);
    }

    /** True while the newest row is kept in sight. */
    boolean isFollowing() {
        return following;
    }

    @Override
    void draw(GC gc) {
        painter.paint(gc);
    }

    List<Row> rows() {
        return rows;
    }

    int rowHeight() {
        return rowHeight;
    }

    int lanes() {
        return lanes;
    }

    /** The lifeline the keys are on; one more than the last for the server. */
    int lane() {
        return lane;
    }

    long moment() {
        return moment;
    }

    int left() {
        return getHorizontalBar().getSelection();
    }

    double times() {
        return times;
    }

    @Override
    void changed() {
        if (following) {
            top = lastTop();
        }
        top = Math.clamp(top, 0, lastTop());
        var visible = visibleRows();
        getVerticalBar().setValues(top, 0, Math.max(rows.size(), 1), Math.clamp(visible, 1, Math.max(rows.size(), 1)),
                1, Math.max(visible - 1, 1));
        var width = getClientArea().width;
        var all = painter.wholeWidth();
        getHorizontalBar().setVisible(all > width);
        getHorizontalBar().setValues(all > width ? left() : 0, 0, Math.max(all, 1),
                Math.max(1, Math.min(width, all)), 30, Math.max(width / 2, 1));
        redraw();
    }

    @Override
    void scrolled() {
        top = Math.clamp(getVerticalBar().getSelection(), 0, lastTop());
        following = top >= lastTop() && selected < 0;
        changed();
    }

    private int lastTop() {
        return Math.max(0, rows.size() - visibleRows());
    }

    private void reveal(int row) {
        // The neighbours say what led to it: it does not stand at the very edge.
        var margin = Math.min(2, visibleRows() / 3);
        if (row < top + margin) {
            top = row - margin;
        } else if (row >= top + visibleRows() - margin) {
            top = row - visibleRows() + 1 + margin;
        }
    }

    private void userSelects(int row) {
        if (rows.isEmpty()) {
            return;
        }
        selected = Math.clamp(row, 0, rows.size() - 1);
        lane = laneOf(rows.get(selected));
        following = false;
        reveal(selected);
        announce();
        changed();
        selecting.accept(selected);
    }

    private int laneOf(Row row) {
        return row.kind() == Kind.CHANGE ? lanes : row.lane();
    }

    @Override
    void key(int code) {
        var from = selected >= 0 ? selected : following ? rows.size() : top - 1;
        switch (code) {
            case SWT.ARROW_UP -> userSelects(from - 1);
            case SWT.ARROW_DOWN -> userSelects(from + 1);
            case SWT.PAGE_UP -> userSelects(from - visibleRows());
            case SWT.PAGE_DOWN -> userSelects(from + visibleRows());
            case SWT.HOME -> userSelects(0);
            case SWT.END -> userSelects(rows.size() - 1);
            case SWT.ARROW_LEFT -> toLane(-1, from);
            case SWT.ARROW_RIGHT -> toLane(1, from);
            case SWT.ESC -> {
                selected = -1;
                following = true;
                selecting.accept(-1);
                changed();
            }
            default -> {
                // not a key of the chart's
            }
        }
    }

    /** Goes to the nearest row of the next lifeline that way which has one; the server's changes are the last. */
    private void toLane(int way, int from) {
        for (var next = lane + way; next >= 0 && next <= lanes; next += way) {
            for (var distance = 0; distance < rows.size(); distance++) {
                for (var row : new int[] { from - distance, from + distance }) {
                    if (row >= 0 && row < rows.size() && laneOf(rows.get(row)) == next) {
                        userSelects(row);
                        return;
                    }
                }
            }
        }
    }

    @Override
    void click(int x, int y) {
        var row = painter.rowAt(y);
        if (row >= 0) {
            userSelects(row);
        }
    }

    @Override
    String hintAt(int x, int y) {
        var row = painter.rowAt(y);
        return row < 0 ? null : SequenceWords.whole(rows.get(row));
    }

    @Override
    String description() {
        return selected >= 0 && selected < rows.size() ? SequenceWords.whole(rows.get(selected))
                : rows.isEmpty() ? Messages.sequence_empty : Messages.sequence_name;
    }

    private void announce() {
        if (selected >= 0) {
            getAccessible().selectionChanged();
            getAccessible().setFocus(ACC.CHILDID_SELF);
        }
    }
}
