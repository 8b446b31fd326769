package dev.mailscope.ui.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.analysis.Sequence.Kind;
import dev.mailscope.server.analysis.Sequence.Row;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.Source;

class SequenceViewTest {
    private static final int MANY = 100_000;

    private Focus focus;
    private Recording recording;
    private LineClient laptop;
    private LineClient phone;
    private SequenceView view;
    private SequenceCanvas canvas;

    @BeforeEach
    void twoClients() throws IOException {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        recording = Mailscope.get().server().recording();
        Robot.command("dev.mailscope.ui.diagram.sequence");
        view = Robot.view(SequenceView.ID, SequenceView.class);
        canvas = Robot.ask(view::canvas);
        var before = recording.last();
        laptop = new LineClient("imap");
        laptop.say("a OK", "a LOGIN alice secret");
        laptop.say("b OK", "b SELECT INBOX");
        laptop.say("+", "c IDLE");
        phone = new LineClient("imap");
        phone.say("a OK", "a LOGIN alice secret");
        phone.say("b OK", "b SELECT INBOX");
        phone.say("e OK", "c STORE 2 +FLAGS (\\Deleted)", "d EXPUNGE", "e NOOP");
        laptop.until("* 2 EXPUNGE");
        Robot.until("all is shown", () -> view.rows.stream().anyMatch(row -> row.event() > before
                && row.kind() == Kind.PUSHED)
                && view.rows.stream().anyMatch(row -> row.event() > before && row.text().startsWith("e OK")));
    }

    @AfterEach
    void close() throws IOException {
        laptop.close();
        phone.close();
        Robot.until("they are over", () -> recording.live().sessions().isEmpty());
        Robot.ui(() -> {
            view.choose(0L);
            view.zoomBy(0);
            view.showTable(false);
            focus.goLive();
        });
    }

    @Test
    void pipelinedCommandsStandBeforeTheirAnswersAndPushesAreMarked() {
        var rows = Robot.ask(() -> List.copyOf(view.rows));
        var store = index(rows, "c STORE");
        var expunge = index(rows, "d EXPUNGE");
        var noop = index(rows, "e NOOP");
        var answer = index(rows, "c OK");
        assertTrue(store < expunge && expunge < noop && noop < answer,
                () -> store + " " + expunge + " " + noop + " " + answer);
        assertEquals(rows.get(store).event(), rows.get(answer).answers());
        assertEquals(Kind.PUSHED, rows.get(index(rows, "* 2 EXPUNGE", Kind.PUSHED)).kind());
        assertEquals(rows.get(store).lane(), rows.get(answer).lane());
        assertTrue(rows.get(store).lane() != rows.get(index(rows, "* 2 EXPUNGE", Kind.PUSHED)).lane());
    }

    @Test
    void theKeysGoFromRowToRowAndFromLifelineToLifeline() {
        Robot.key(canvas, SWT.HOME);
        Robot.until("the first row is selected", () -> canvas.selection() == 0 && focus.event() == last(0));
        Robot.key(canvas, SWT.ARROW_DOWN);
        Robot.until("the second is", () -> canvas.selection() == 1 && focus.event() == last(1));
        assertFalse(Robot.ask(canvas::isFollowing));
        Robot.key(canvas, SWT.END);
        Robot.until("the last is", () -> canvas.selection() == view.rows.size() - 1);
        var rows = Robot.ask(() -> List.copyOf(view.rows));
        var change = index(rows, "INBOX: message deleted");
        Robot.ui(() -> focus.selectEvent(rows.get(change).event()));
        Robot.until("the change is selected", () -> canvas.selection() == change);
        Robot.key(canvas, SWT.ARROW_LEFT);
        Robot.until("a client's row is", () -> view.rows.get(canvas.selection()).kind() != Kind.CHANGE);
        int right = Robot.ask(() -> view.rows.get(canvas.selection()).lane());
        Robot.key(canvas, SWT.ARROW_LEFT);
        Robot.until("a row further left is", () -> view.rows.get(canvas.selection()).lane() < right);
        Robot.key(canvas, SWT.ARROW_RIGHT);
        Robot.until("one of the lifeline before is", () -> view.rows.get(canvas.selection()).lane() == right);
        Robot.key(canvas, SWT.ESC);
        Robot.until("all views are live", () -> focus.isLive() && canvas.isFollowing());
    }

    @Test
    void theMomentSelectsItsRowAndAClickMovesIt() {
        var rows = Robot.ask(() -> List.copyOf(view.rows));
        var expunge = index(rows, "d EXPUNGE");
        Robot.ui(() -> focus.selectEvent(rows.get(expunge).event()));
        Robot.until("its row is selected and in sight", () -> canvas.selection() == expunge
                && canvas.topRow() <= expunge && expunge < canvas.topRow() + canvas.visibleRows());
        Robot.ui(() -> {
            var event = new Event();
            event.button = 1;
            event.x = 40;
            event.y = canvas.getClientArea().height - canvas.rowHeight() * 2;
            canvas.notifyListeners(SWT.MouseDown, event);
        });
        Robot.until("the moment is that of the row clicked", () -> canvas.selection() != expunge
                && focus.event() == last(canvas.selection()));
    }

    @Test
    void itCanBeDrawnLargerAndSmaller() {
        var usual = Robot.ask(canvas::rowHeight);
        Robot.ui(() -> {
            var event = new Event();
            event.stateMask = SWT.MOD1;
            event.count = 3;
            canvas.notifyListeners(SWT.MouseVerticalWheel, event);
        });
        assertTrue(Robot.ask(canvas::rowHeight) > usual);
        Robot.ui(() -> Robot.page().activate(view));
        Robot.command("dev.mailscope.ui.diagram.zoom.reset");
        assertEquals(usual, Robot.ask(canvas::rowHeight));
        Robot.command("dev.mailscope.ui.diagram.zoom.out");
        Robot.command("dev.mailscope.ui.diagram.zoom.out");
        assertTrue(Robot.ask(canvas::rowHeight) < usual);
    }

    @Test
    void oneSessionAloneCanBeShown() {
        var session = Robot.ask(() -> view.rows.getLast().session());
        Robot.ui(() -> view.choose(session));
        Robot.until("only its rows are", () -> !view.rows.isEmpty()
                && view.rows.stream().allMatch(row -> row.session() == session));
        assertEquals(1, Robot.ask(canvas::lanes));
        Robot.ui(() -> view.choose(0L));
        Robot.until("all are again", () -> view.rows.stream().map(Row::session).distinct().count() > 2);
    }

    @Test
    void theTableSaysTheSame() {
        Robot.ui(() -> view.showTable(true));
        var table = Robot.ask(() -> view.table().table());
        var rows = Robot.ask(() -> List.copyOf(view.rows));
        assertEquals(Math.min(rows.size(), DiagramTable.MOST), Robot.ask(table::getItemCount));
        var answer = index(rows, "c OK");
        assertEquals(List.of("answer", rows.get(answer).text(), "event " + rows.get(answer).answers()),
                Robot.ask(() -> List.of(3, 4, 5).stream()
                        .map(table.getItem(answer - view.table().first())::getText).toList()));
        Robot.ui(() -> {
            table.setSelection(answer - view.table().first());
            table.notifyListeners(SWT.Selection, new Event());
        });
        Robot.until("its moment is shown", () -> focus.event() == rows.get(answer).last());
    }

    @Test
    void itBecomesAPicture(@TempDir Path folder) throws IOException {
        var file = folder.resolve("chart.png").toString();
        Robot.ui(() -> {
            try {
                Picture.write(canvas, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))));
        var data = new ImageData(file);
        var colours = new HashSet<Integer>();
        for (var y = 0; y < data.height; y += 2) {
            for (var x = 0; x < data.width; x += 2) {
                colours.add(data.getPixel(x, y));
            }
        }
        assertTrue(colours.size() > 5, colours.size() + " colours");
    }

    @Test
    void aHundredThousandEventsAreDrawnAsFastAsAFew(@TempDir Path folder) throws IOException {
        try (var many = Recording.create(folder.resolve("many.mailtrace"), RecordingLimits.DEFAULT)) {
            for (var i = 1; i < MANY; i += 5) {
                var received = many.record(1 + i / 50 % 3, "imap", 0, "Selected", "INBOX", "NOOP",
                        new What.Received(Octets.of("a" + i + " NOOP\r\n")));
                var command = many.record(1 + i / 50 % 3, "imap", received, "Selected", "INBOX", "NOOP",
                        new What.Command("a" + i));
                var response = many.record(1 + i / 50 % 3, "imap", command, "Selected", "INBOX", "NOOP",
                        new What.Response(Octets.of("a" + i + " OK done\r\n")));
                many.record(1 + i / 50 % 3, "imap", command, "Selected", "INBOX", "NOOP", new What.Sent(10, response,
                        response));
                many.record(0, "", 0, "", "", "", new What.Remark("filler"));
            }
            var source = Source.opened("many", many);
            Robot.ui(() -> focus.look(source));
            Robot.until("all rows are there", () -> view.rows.size() == MANY / 5 * 2);
            Robot.ui(() -> view.showTable(true));
            walkOverTheEdgeOfTheTable();
            Robot.ui(() -> view.showTable(false));
            var most = 0L;
            for (var i = 0; i < 10; i++) {
                var key = i % 2 == 0 ? SWT.HOME : SWT.END;
                Robot.key(canvas, key);
                most = Math.max(most, Robot.ask(this::timeOfDrawing));
            }
            assertTrue(most < 500_000_000L, most + " ns");
            Robot.ui(() -> focus.forget(source));
        }
    }

    @Test
    void whoLooksBackStaysThereWhenTheOldestRowsAreForgotten() {
        Robot.ui(() -> {
            var rows = new ArrayList<>(Collections.nCopies(1_000, view.rows.getFirst()));
            var chart = new SequenceCanvas(canvas.getParent(), rows, row -> {
                // nobody else is to be told
            });
            try {
                chart.rowsAdded(0);
                chart.getVerticalBar().setSelection(500);
                chart.scrolled();
                rows.subList(0, 300).clear();
                chart.rowsDropped(300);
                assertEquals(200, chart.topRow());
                assertFalse(chart.isFollowing());
            } finally {
                chart.dispose();
            }
        });
    }

    @Test
    void theTableGoesOnWhenAllItHoldsIsForgotten() {
        Robot.ui(() -> {
            var table = new DiagramTable(canvas.getParent(), "x", List.of(new DiagramTable.Column("x", 1, 10)),
                    row -> List.of(Integer.toString(row)), row -> {
                        // nobody else is to be told
                    });
            try {
                table.show(10_000, 0);
                table.select(0);
                table.rowsDropped(5_000);
                table.show(5_001, 5_000);
                assertTrue(table.table().getItemCount() > 0);
                assertEquals("5000", table.table().getItem(table.table().getItemCount() - 1).getText());
            } finally {
                table.dispose();
            }
        });
    }

    /** The table holds a part of the rows; whoever goes to its first one finds those before it. */
    private void walkOverTheEdgeOfTheTable() {
        var table = Robot.ask(() -> view.table().table());
        assertEquals(DiagramTable.MOST, Robot.ask(table::getItemCount));
        var first = Robot.ask(() -> view.table().first());
        assertEquals(MANY / 5 * 2 - DiagramTable.MOST, first);
        Robot.ui(() -> {
            table.setSelection(0);
            table.notifyListeners(SWT.Selection, new Event());
        });
        Robot.until("its moment is shown", () -> focus.event() == last(first));
        assertTrue(Robot.ask(() -> view.table().first()) < first);
        assertEquals(first, Robot.ask(() -> view.table().first() + table.getSelectionIndex()));
        assertEquals(Long.toString(view.rows.get(first).event()),
                Robot.ask(() -> table.getItem(table.getSelectionIndex()).getText(0)));
    }

    private long timeOfDrawing() {
        var size = canvas.getSize();
        var image = new Image(canvas.getDisplay(), size.x, size.y);
        var gc = new GC(image);
        try {
            var start = System.nanoTime();
            canvas.draw(gc);
            return System.nanoTime() - start;
        } finally {
            gc.dispose();
            image.dispose();
        }
    }

    private long last(int row) {
        return view.rows.get(row).last();
    }

    private static int index(List<Row> rows, String start) {
        return index(rows, start, null);
    }

    private static int index(List<Row> rows, String start, Kind kind) {
        for (var i = rows.size() - 1; i >= 0; i--) {
            if (rows.get(i).text().startsWith(start) && (kind == null || rows.get(i).kind() == kind)) {
                return i;
            }
        }
        throw new AssertionError("no row " + start);
    }
}
