package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.ui.Robot;
import dev.mailscope.ui.Tone;

class EventTableTest {
    private static final int MANY = 1_000_000;

    private final Numbers rows = new Numbers();
    private final List<Integer> selected = new ArrayList<>();
    private final List<Boolean> following = new ArrayList<>();
    private Shell shell;
    private EventTable table;

    @BeforeEach
    void open() {
        Robot.ui(() -> {
            shell = new Shell(Robot.display());
            shell.setLayout(new FillLayout());
            table = new EventTable(shell, TraceColumn.create());
            table.setRows(rows);
            table.addListener(new EventTable.Listener() {
                @Override
                public void rowSelected(int index) {
                    selected.add(index);
                }

                @Override
                public void followingChanged(boolean now) {
                    following.add(now);
                }
            });
            shell.setSize(900, 300);
            shell.open();
        });
        Robot.until("it is drawn", () -> !rows.asked.isEmpty());
    }

    @AfterEach
    void close() {
        Robot.ui(shell::dispose);
    }

    @Test
    void asksOnlyForTheRowsInSight() {
        Robot.ui(() -> {
            rows.asked.clear();
            table.redraw();
        });
        Robot.until("the newest is in sight", () -> rows.asked.contains(MANY - 1));
        var visible = Robot.ask(table::visibleRows);
        assertTrue(rows.asked.size() <= visible + 1, rows.asked.size() + " rows asked for, " + visible + " visible");
    }

    @Test
    void followsTheNewestRowUntilTheUserScrollsUp() {
        Robot.ui(() -> {
            rows.count += 10;
            table.rowsChanged();
        });
        assertEquals(rows.count, Robot.ask(() -> table.topRow() + table.visibleRows()));
        Robot.ui(() -> table.scrollTo(500));
        assertEquals(List.of(false), following);
        Robot.ui(() -> {
            rows.count += 10;
            table.rowsChanged();
        });
        assertEquals(500, Robot.ask(table::topRow));
        Robot.ui(() -> table.scrollTo(Integer.MAX_VALUE));
        assertEquals(List.of(false, true), following);
    }

    @Test
    void keysMoveTheSelectionAndBringItIntoSight() {
        Robot.key(table, SWT.HOME);
        assertEquals(0, Robot.ask(table::topRow));
        Robot.key(table, SWT.ARROW_DOWN);
        Robot.key(table, SWT.PAGE_DOWN);
        var visible = Robot.ask(table::visibleRows);
        assertEquals(1 + visible, Robot.ask(table::selection));
        assertTrue(Robot.ask(() -> table.topRow() + visible > table.selection()));
        Robot.key(table, SWT.ARROW_UP);
        Robot.key(table, SWT.END);
        assertEquals(List.of(0, 1, 1 + visible, visible, MANY - 1), selected);
        assertFalse(Robot.ask(table::isFollowing), "what is selected stays in sight");
        Robot.key(table, SWT.ESC);
        assertEquals(-1, selected.getLast());
        assertTrue(Robot.ask(table::isFollowing));
    }

    @Test
    void whatIsSelectedStaysSelectedWhenOldRowsGo() {
        Robot.ui(() -> table.select(700));
        Robot.ui(() -> {
            rows.count -= 300;
            table.rowsRemovedInFront(300);
        });
        assertEquals(400, Robot.ask(table::selection));
        Robot.ui(() -> {
            rows.count -= 500;
            table.rowsRemovedInFront(500);
        });
        assertEquals(-1, Robot.ask(table::selection));
    }

    @Test
    void inASmallWindowAllColumnsAreInSight() {
        var columns = TraceColumn.create();
        columns.fit(606);
        assertEquals(606, columns.totalWidth(606));
        assertTrue(columns.width(TraceColumn.WHAT.ordinal(), 606) >= 200);
        assertTrue(columns.width(TraceColumn.PHASE.ordinal(), 606) >= 118, "which is what Not Authenticated needs");
    }

    @Test
    void widthsAreKeptAndNonsenseIsRefused() {
        var columns = TraceColumn.create();
        columns.setWidth(1, 321);
        var again = TraceColumn.create();
        again.restore(columns.save());
        assertEquals(321, again.width(1, 2_000));
        again.restore("1,2");
        again.restore("a,b,c,d,e,f,g");
        again.restore(null);
        assertEquals(321, again.width(1, 2_000));
    }

    private static final class Numbers implements EventTable.Rows {
        private final Set<Integer> asked = new HashSet<>();
        private int count = MANY;

        @Override
        public int count() {
            return count;
        }

        @Override
        public EventTable.Row row(int index) {
            asked.add(index);
            return new EventTable.Row(index + 1L, List.of(Integer.toString(index + 1), "", "", "", "", "", "row"),
                    Tone.PLAIN);
        }
    }
}
