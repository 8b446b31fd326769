package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.XMLMemento;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

class TraceViewTest {
    private TraceView view;
    private EventTable table;
    private Recording recording;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        recording = Mailscope.get().server().recording();
        Robot.ui(() -> {
            view.trace().filter(Filter.ALL);
            view.trace().group(TracePane.Grouped.NONE);
            view.trace().follow();
            table = Robot.only(EventTable.class);
        });
    }

    @AfterEach
    void tidyUp() {
        Robot.ui(() -> {
            view.trace().filter(Filter.ALL);
            view.trace().group(TracePane.Grouped.NONE);
            view.trace().follow();
        });
    }

    @Test
    void followsTheNewestEvent() {
        remarks(100);
        Robot.until("the newest event is in sight", () -> table.topRow() + table.visibleRows() >= recording.last());
    }

    @Test
    void stopsFollowingWhenScrolledUpAndCountsWhatIsNew() {
        remarks(100);
        Robot.until("they are there", () -> table.rows().count() >= recording.last());
        Robot.ui(() -> table.scrollTo(0));
        assertFalse(Robot.ask(table::isFollowing));
        remarks(12);
        Robot.until("the button counts them", () -> Robot.all(Button.class).stream()
                .anyMatch(b -> b.getText().equals("12 new events ↓")));
        assertEquals(0, Robot.ask(table::topRow));
        Robot.press(Robot.window().getShell(), "12 new events ↓");
        assertTrue(Robot.ask(table::isFollowing));
        assertTrue(Robot.ask(() -> table.topRow() + table.visibleRows() >= recording.last()));
    }

    @Test
    void theFilterShowsWhatFitsAndGoesOnWithWhatComes() {
        remarks(50);
        recording.record(0, "", 0, "", "", "", new What.Remark("a needle"));
        Robot.ui(() -> view.trace().filter(Filter.ALL.withText("NEEDLE")));
        Robot.until("one fits", () -> table.rows().count() == 1 && table.rows().row(0) != null);
        assertEquals("a needle", cell(0, TraceColumn.WHAT));
        remarks(50);
        recording.record(0, "", 0, "", "", "", new What.Remark("a second needle"));
        Robot.until("two fit", () -> table.rows().count() == 2 && table.rows().row(1) != null);
        assertEquals("a second needle", cell(1, TraceColumn.WHAT));
        Robot.ui(() -> view.trace().filter(Filter.ALL.withText("no such thing")));
        Robot.until("none fits", () -> table.rows().count() == 0);
        Robot.command("dev.mailscope.ui.trace.clearFilter");
        Robot.until("all are shown", () -> table.rows().count() == recording.last() - recording.first() + 1);
    }

    @Test
    void sessionFolderAndPhaseAreFilteredToo() {
        var session = 7_000 + recording.last();
        recording.record(session, "imap", 0, "Selected", "INBOX", "NOOP", new What.Command("a1"));
        recording.record(session, "imap", 0, "Authenticated", "", "NOOP", new What.Command("a2"));
        Robot.ui(() -> view.trace().filter(new Filter("", OptionalLong.of(session), "INBOX", "Selected", "")));
        Robot.until("one fits", () -> table.rows().count() == 1 && table.rows().row(0) != null);
        assertTrue(cell(0, TraceColumn.WHAT).endsWith("a1 NOOP"));
    }

    @Test
    void detailsShowOctetsParseAndCause() {
        var received = recording.record(9, "imap", 0, "Selected", "INBOX", "", new What.Received(
                Octets.of("a1 FETCHH 1\r\n")));
        var rejected = recording.record(9, "imap", received, "Selected", "INBOX", "",
                new What.Rejected("a1", "There is no such command.", 3));
        Robot.caughtUp();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(rejected));
        Robot.until("the details are there", () -> details().contains("There is no such command."));
        var text = Robot.ask(this::details);
        assertTrue(text.contains("a1 FETCHH 1\n   ^\n"), text);
        assertTrue(text.contains("61 31 20 46 45 54 43 48"), text);
        assertTrue(text.contains(Messages.detail_cause + "\n" + received + "  a1 FETCHH 1"), text);
        Robot.command("dev.mailscope.ui.trace.cause");
        Robot.until("the cause is selected", () -> Mailscope.get().focus().event() == received
                && details().contains(Messages.detail_ledTo + "\n" + rejected));
    }

    @Test
    void aSelectedEventIsTheMomentAllViewsShowUntilEscape() {
        remarks(20);
        Robot.until("they are there", () -> table.rows().count() >= recording.last());
        Robot.key(table, SWT.ARROW_UP);
        Robot.until("an older moment is shown", () -> !Mailscope.get().focus().isLive());
        assertEquals(recording.last(), Robot.ask(() -> Mailscope.get().focus().moment().number()));
        Robot.key(table, SWT.ESC);
        assertTrue(Robot.ask(() -> Mailscope.get().focus().isLive() && table.isFollowing()));
    }

    @Test
    void groupedItSaysWhatEachPhaseAndFolderChanged() {
        Robot.ui(() -> view.trace().group(TracePane.Grouped.FOLDER));
        Robot.until("INBOX and its changes are shown", () -> groups().contains("INBOX of alice")
                && groups().contains("message added (UID 3"));
        Robot.ui(() -> view.trace().group(TracePane.Grouped.PHASE));
        Robot.until("the server's changes are shown", () -> groups().startsWith(Messages.group_server)
                && groups().contains("INBOX of alice"));
    }

    @Test
    void groupedItSaysWhatADeleMarkedThoughNothingHasChangedYet() {
        var session = 8_000 + recording.last();
        recording.record(session, "pop3", 0, "Transaction", "INBOX", "PASS",
                new What.ViewOpened("alice", 1, "INBOX", false));
        var dele = recording.record(session, "pop3", 0, "Transaction", "INBOX", "DELE", new What.Marked(3, 3, true));
        Robot.ui(() -> view.trace().group(TracePane.Grouped.PHASE));
        Robot.until("the mark is shown", () -> groups().contains("POP3 " + session + " in Transaction\t")
                && groups().contains("INBOX of alice \u2013 1 marked, no change yet\t" + dele));
        recording.record(session, "pop3", 0, "Transaction", "INBOX", "RSET", new What.Marked(3, 3, false));
        Robot.until("and that it was taken back",
                () -> groups().contains("INBOX of alice \u2013 1 marked, 1 unmarked, no change yet\t"));
        Robot.ui(() -> view.trace().group(TracePane.Grouped.FOLDER));
        Robot.until("by folder, too", () -> groups().contains("POP3 " + session
                + " in Transaction \u2013 1 marked, 1 unmarked, no change yet"));
    }

    @Test
    void oneEventIsOneEvent() {
        // The recording has what other tests have recorded, and says the same words.
        var pin = recording.record(0, "", 0, "", "", "", new What.Remark("a pin"));
        Robot.ui(() -> view.trace().filter(Filter.ALL.withText("number == " + pin)));
        Robot.until("it is counted", () -> Robot.all(Label.class).stream()
                .anyMatch(l -> l.getText().startsWith("1 event: ")));
    }

    @Test
    void whatIsSavedHoldsNothingThatWasTyped() {
        Robot.ui(() -> view.trace().filter(new Filter("secret", OptionalLong.of(3), "INBOX", "Selected", "")));
        var memento = XMLMemento.createWriteRoot("view");
        Robot.ui(() -> view.saveState(memento));
        assertFalse(memento.toString().contains("secret"), memento.toString());
        var restored = TraceViewState.of(memento);
        assertEquals(new Filter("", OptionalLong.empty(), "INBOX", "Selected", ""), restored.filter());
        assertEquals(TraceColumn.values().length - 1, restored.columns().split(",").length,
                "the last takes what is left");
    }

    private void remarks(int count) {
        for (var i = 0; i < count; i++) {
            recording.record(0, "", 0, "", "", "", new What.Remark("remark " + i));
        }
    }

    private String cell(int row, TraceColumn column) {
        return Robot.ask(() -> table.rows().row(row).cells().get(column.ordinal()));
    }

    private String details() {
        return Robot.only(DetailPane.class).text();
    }

    private String groups() {
        return Robot.only(GroupTree.class).text();
    }
}
