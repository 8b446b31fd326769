package dev.mailscope.ui.trace;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.trace.Note;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.filter.Palette;

/**
 * A table of any length: it holds nothing but asks for the rows in sight when it draws them. Follows its newest row
 * until the user scrolls up or selects a row.
 */
public final class EventTable extends Canvas {
    /**
     * One row.
     *
     * @param number the event's number
     * @param cells  the text of each column
     * @param tone   what it is about
     * @param rule   the rule by which it is coloured; null for none
     */
    public record Row(long number, List<String> cells, Tone tone, ColouringRule rule) {
        /** A row that no rule colours. */
        public Row(long number, List<String> cells, Tone tone) {
            this(number, cells, tone, null);
        }

        /** The colours its rule gives it; null for none. */
        Palette colours() {
            return rule == null ? null : Palette.named(rule.colour()).orElse(null);
        }
    }

    /** Where the rows come from. Asked on the UI thread: must not wait for anything. */
    public interface Rows {
        /** How many there are. */
        int count();

        /** A row from 0; null while it is being fetched, after which the table is to be redrawn. */
        Row row(int index);
    }

    /** Learns what the user does with the table. */
    public interface Listener {
        /** Another row is selected, by the user; -1 for none. */
        void rowSelected(int index);

        /** The table follows its newest row from now on, or no longer. */
        void followingChanged(boolean following);
    }

    private static final int TOOLTIP = 1_000;
    private static final Rows NO_ROWS = new Rows() {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public Row row(int index) {
            return null;
        }
    };

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final EventColumns columns;
    private final EventTablePainter painter;
    private Rows rows = NO_ROWS;
    private int top;
    private int selected = -1;
    private int anchor = -1;
    private int rowHeight;
    private boolean following = true;
    private String emptyText = "";
    private LongFunction<Note> notes = event -> null;
    private LongFunction<String> hints = event -> null;

    /** A table with these columns. */
    public EventTable(Composite parent, EventColumns columns) {
        super(parent, SWT.V_SCROLL | SWT.H_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND | SWT.BORDER);
        this.columns = columns;
        this.painter = new EventTablePainter(this, columns);
        measure();
        addListener(SWT.Paint, event -> painter.paint(event.gc));
        addListener(SWT.Resize, event -> rowsChanged());
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Dispose, event -> painter.dispose());
        addListener(SWT.KeyDown, this::keyDown);
        addListener(SWT.Traverse, EventTable::traverse);
        new EventTableMouse(this, columns);
        getVerticalBar().addListener(SWT.Selection, event -> scrollTo(getVerticalBar().getSelection()));
        getHorizontalBar().addListener(SWT.Selection, event -> redraw());
        describeToScreenReaders();
        rowsChanged();
    }

    /** Shows rows of another source, from its newest. */
    public void setRows(Rows source) {
        rows = Objects.requireNonNull(source);
        selected = -1;
        anchor = -1;
        top = 0;
        follow(true);
        rowsChanged();
    }

    /** Where the notes on events come from, to be marked; null where nothing is noted. Must not wait for anything. */
    void setNotes(LongFunction<Note> source) {
        notes = source;
        redraw();
    }

    /** What the empty table says. */
    public void setEmptyText(String text) {
        emptyText = text;
        redraw();
    }

    /** What there is to say under the mouse of an event with that number; null for nothing but what does not fit. */
    public void setHints(LongFunction<String> ofEvent) {
        hints = ofEvent;
    }

    /** The source has more rows, or other ones. Cheap: draws at most what is in sight. */
    public void rowsChanged() {
        if (following) {
            top = lastTop();
        }
        top = Math.clamp(top, 0, lastTop());
        var bar = getVerticalBar();
        var visible = visibleRows();
        bar.setValues(top, 0, Math.max(rows.count(), 1), Math.clamp(visible, 1, Math.max(rows.count(), 1)), 1,
                Math.max(visible - 1, 1));
        bar.setEnabled(rows.count() > visible);
        var width = getClientArea().width;
        columns.fit(width);
        var all = columns.totalWidth(width);
        var across = getHorizontalBar();
        across.setVisible(all > width);
        across.setValues(all > width ? across.getSelection() : 0, 0, Math.max(all, 1),
                Math.max(Math.min(width, all), 1), 20, Math.max(width / 2, 1));
        redraw();
    }

    /** The oldest rows are gone: what is in sight and what is selected stay the same. */
    public void rowsRemovedInFront(int count) {
        top = Math.max(0, top - count);
        selected = selected < count ? -1 : selected - count;
        anchor = anchor < count ? selected : anchor - count;
        rowsChanged();
    }

    /** True while the newest row is kept in sight. */
    public boolean isFollowing() {
        return following;
    }

    /** Keeps the newest row in sight from now on, or no longer. */
    public void follow(boolean on) {
        if (following != on) {
            following = on;
            listeners.forEach(listener -> listener.followingChanged(on));
        }
        if (on) {
            rowsChanged();
        }
    }

    /** How many rows there are. */
    public int rowCount() {
        return rows.count();
    }

    /** The selected row, -1 for none. */
    public int selection() {
        return selected;
    }

    /** The first selected row, -1 for none. */
    public int selectionStart() {
        return anchor < 0 ? selected : Math.min(anchor, selected);
    }

    /** The last selected row, -1 for none. */
    public int selectionEnd() {
        return Math.max(anchor, selected);
    }

    /**
     * Selects a row and brings it into sight without telling the listeners that it is selected; -1 selects none. The
     * table no longer follows its newest row then, so that what is selected stays in sight.
     */
    public void select(int index) {
        selected = Math.min(index, rows.count() - 1);
        anchor = selected;
        if (selected >= 0) {
            follow(false);
            reveal(selected);
        }
        announce();
        redraw();
    }

    /** Scrolls so that the row is the first in sight, as the user does with the scroll bar. */
    public void scrollTo(int index) {
        top = Math.clamp(index, 0, lastTop());
        follow(top >= lastTop() && selected < 0);
        rowsChanged();
    }

    /** The first row in sight. */
    public int topRow() {
        return top;
    }

    /** How many whole rows are in sight. */
    public int visibleRows() {
        return Math.max((getClientArea().height - headerHeight()) / rowHeight, 1);
    }

    /** Adds a listener. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        if (painter != null) {
            painter.fontChanged();
            measure();
            rowsChanged();
        }
    }

    Rows rows() {
        return rows;
    }

    String emptyText() {
        return emptyText;
    }

    int rowHeight() {
        return rowHeight;
    }

    int headerHeight() {
        return rowHeight + 4;
    }

    int left() {
        return -getHorizontalBar().getSelection();
    }

    /** What is noted on the event of a row; null for nothing. */
    Note note(Row row) {
        return row == null ? null : notes.apply(row.number());
    }

    /** What the mouse shows over a cell: the note on the event over its number, else the text that does not fit. */
    String hint(int row, int column) {
        var note = column == TraceColumn.NUMBER.ordinal() ? note(rows.row(row)) : null;
        return note == null ? cutText(row, column) : words(note);
    }

    private static String words(Note note) {
        return note.isBookmark() ? Messages.note_bookmark : NLS.bind(Messages.note_text, note.text());
    }

    /**
     * The hint of a row; else the text of a cell when it does not fit into its column, else null. As much of it as a
     * tooltip can show.
     */
    String cutText(int row, int column) {
        var data = rows.row(row);
        var hint = data == null ? null : hints.apply(data.number());
        var text = hint != null ? hint : painter.cutText(row, column);
        return text == null || text.length() <= TOOLTIP ? text : text.substring(0, TOOLTIP) + "…";
    }

    /** The row at that height, -1 for none. */
    int rowAt(int y) {
        var index = top + (y - headerHeight()) / rowHeight;
        return y < headerHeight() || index >= rows.count() ? -1 : index;
    }

    /** The user selects a row; extending keeps the other end of what is selected. */
    void userSelects(int index, boolean extend) {
        if (rows.count() == 0) {
            return;
        }
        selected = Math.clamp(index, 0, rows.count() - 1);
        if (!extend || anchor < 0) {
            anchor = selected;
        }
        follow(false);
        reveal(selected);
        announce();
        redraw();
        listeners.forEach(listener -> listener.rowSelected(selected));
    }

    void userClearsSelection() {
        selected = -1;
        anchor = -1;
        redraw();
        listeners.forEach(listener -> listener.rowSelected(-1));
    }

    private void reveal(int index) {
        if (index < top) {
            top = index;
        } else if (index >= top + visibleRows()) {
            top = index - visibleRows() + 1;
        }
        if (top < lastTop() && following) {
            follow(false);
        }
        rowsChanged();
    }

    private int lastTop() {
        return Math.max(0, rows.count() - visibleRows());
    }

    private void measure() {
        var gc = new GC(this);
        gc.setFont(getFont());
        rowHeight = gc.getFontMetrics().getHeight() + 4;
        gc.dispose();
    }

    private void keyDown(Event event) {
        var extend = (event.stateMask & SWT.SHIFT) != 0;
        // Without a selection the keys start from what is in sight.
        var from = selected >= 0 ? selected : following ? rows.count() : top - 1;
        switch (event.keyCode) {
            case SWT.ARROW_UP -> userSelects(from - 1, extend);
            case SWT.ARROW_DOWN -> userSelects(from + 1, extend);
            case SWT.PAGE_UP -> userSelects(from - visibleRows(), extend);
            case SWT.PAGE_DOWN -> userSelects(from + visibleRows(), extend);
            case SWT.HOME -> userSelects(0, extend);
            case SWT.END -> userSelects(rows.count() - 1, extend);
            case SWT.ARROW_LEFT -> scrollAcross(-40);
            case SWT.ARROW_RIGHT -> scrollAcross(40);
            case SWT.ESC -> {
                userClearsSelection();
                follow(true);
            }
            default -> {
                // not a key of the table's
            }
        }
    }

    private void scrollAcross(int by) {
        getHorizontalBar().setSelection(getHorizontalBar().getSelection() + by);
        redraw();
    }

    private static void traverse(Event event) {
        event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS;
    }

    private void announce() {
        if (selected >= 0) {
            getAccessible().selectionChanged();
            getAccessible().setFocus(ACC.CHILDID_SELF);
        }
    }

    private void describeToScreenReaders() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                var row = selected < 0 ? null : rows.row(selected);
                var note = note(row);
                event.result = row == null ? emptyText
                        : columns.describe(row) + (note == null ? "" : ", " + words(note));
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_TABLE;
            }

            @Override
            public void getValue(AccessibleControlEvent event) {
                event.result = selected < 0 ? "" : (selected + 1) + " / " + rows.count();
            }

            @Override
            public void getState(AccessibleControlEvent event) {
                event.detail = ACC.STATE_FOCUSABLE | (isFocusControl() ? ACC.STATE_FOCUSED : 0);
            }
        });
    }
}
