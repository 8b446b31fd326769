package dev.mailscope.ui.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.analysis.Dialogue;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

class ConversationViewTest {
    private static final int MOST_LIVE = 5_000;

    private Focus focus;
    private Recording recording;
    private LineClient client;
    private long session;
    private ConversationView view;

    @BeforeEach
    void follow() throws IOException {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        recording = Mailscope.get().server().recording();
        client = new LineClient("pop3");
        session = recording.live().sessions().lastKey();
        client.say("+OK", "USER alice");
        client.say("+OK", "PASS secret");
        Robot.caughtUp();
        Robot.ui(() -> focus.selectSession(session));
        Robot.command("dev.mailscope.ui.diagram.follow");
        view = Robot.view(ConversationView.ID, ConversationView.class);
        Robot.ui(() -> view.mostLive = MOST_LIVE);
        Robot.until("the login is shown", () -> shown().stream().anyMatch(line -> line.startsWith("S  +OK The mail")));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        Robot.until("it is over", () -> !recording.live().sessions().containsKey(session));
        Robot.ui(() -> {
            view.showTable(false);
            Followed.get().follow(null, 0);
            focus.selectSession(0);
            focus.goLive();
        });
    }

    @Test
    void bothSidesSpeakInTurnAndItGoesOn() throws IOException {
        client.say("+OK", "DELE 1");
        Robot.until("the mark is shown", () -> shown().getLast().contains("marked as deleted"));
        var lines = Robot.ask(this::shown);
        var login = lines.indexOf("C  USER alice");
        assertEquals(List.of("C  USER alice", "S  +OK Now the password, with PASS.", "C  PASS ********",
                "phase: Transaction"), lines.subList(login, login + 4));
        assertEquals("C  DELE 1", lines.get(lines.size() - 3));
        assertTrue(lines.get(lines.size() - 2).startsWith("message 1 marked to be deleted"));
        assertFalse(lines.toString().contains("secret"));
    }

    @Test
    void aLineMovesTheMomentAndTheMomentMovesTheLine() {
        var row = row("USER alice");
        Robot.ui(() -> view.text().go(view.text().textLine(row), false));
        Robot.until("its moment is shown", () -> focus.moment().number() == view.rows.get(row).event());
        var password = row("PASS ********");
        Robot.ui(() -> focus.selectEvent(view.rows.get(password).event()));
        Robot.until("the caret is there", () -> caretLine().equals("C  PASS ********"));
    }

    @Test
    void theSessionToFollowIsThatOfTheEventSelectedLastThoughItsMomentIsNotThereYet() {
        var other = recording.record(session + 10_000, "pop3", 0, "", "", "", new What.Remark("of another session"));
        Robot.caughtUp();
        Robot.ui(() -> {
            focus.selectEvent(other);
            Robot.command("dev.mailscope.ui.diagram.follow");
            assertEquals(session + 10_000, Followed.get().chosenIn(focus.source()));
        });
    }

    @Test
    void theArrowKeysMoveTheMoment() {
        var row = row("PASS ********");
        Robot.ui(() -> {
            var text = view.text().control();
            text.setSelection(text.getOffsetAtLine(view.text().textLine(row)));
        });
        Robot.ui(() -> {
            var event = new Event();
            event.keyCode = SWT.ARROW_DOWN;
            view.text().control().notifyListeners(SWT.KeyUp, event);
        });
        Robot.until("its moment is shown", () -> focus.event() == view.rows.get(row).event());
    }

    @Test
    void whatIsFoldedOpensAndCloses() throws IOException {
        client.say(".", "RETR 1");
        Robot.until("the answer is shown, folded", () -> shown().getLast().startsWith("S  \u25B8 +OK"));
        var row = Robot.ask(() -> view.rows.size() - 1);
        var folded = Robot.ask(this::shown);
        Robot.ui(() -> view.text().go(view.text().textLine(row), true));
        Robot.until("the message is shown", () -> shown().stream().anyMatch(line -> line.startsWith("Subject: ")));
        Robot.ui(() -> view.text().go(view.text().textLine(row), true));
        assertEquals(folded, Robot.ask(this::shown));
    }

    @Test
    void itStaysWithItsSessionWhenAnotherIsLookedAt() throws IOException {
        var before = Robot.ask(this::shown);
        try (var other = new LineClient("imap")) {
            other.say("a OK", "a NOOP");
            Robot.caughtUp();
            Robot.ui(() -> focus.selectEvent(recording.last()));
            Robot.until("the other session is selected", () -> focus.session() != session && focus.session() != 0);
            assertEquals(before, Robot.ask(this::shown));
            Robot.ui(() -> Followed.get().follow(null, 0));
            Robot.until("it follows the selected one", () -> shown().stream().anyMatch(l -> l.equals("C  a NOOP")));
        }
    }

    @Test
    void theTranscriptIsCopied() {
        Robot.ui(() -> Robot.page().activate(view));
        Robot.command("dev.mailscope.ui.diagram.transcript");
        Robot.until("it is on the clipboard", () -> {
            var clipboard = new Clipboard(Robot.display());
            try {
                return String.valueOf(clipboard.getContents(TextTransfer.getInstance()))
                        .contains("C: USER alice\nS: +OK Now the password, with PASS.\nC: PASS ********\n");
            } finally {
                clipboard.dispose();
            }
        });
    }

    @Test
    void theTableSaysTheSame() {
        Robot.ui(() -> Robot.page().activate(view));
        Robot.command("dev.mailscope.ui.diagram.table");
        var table = Robot.ask(() -> view.table().table());
        assertTrue(Robot.ask(table::isVisible));
        assertEquals(view.rows.size(), Robot.ask(table::getItemCount));
        var row = row("PASS ********");
        assertEquals(List.of(Long.toString(view.rows.get(row).event()), "Client", "PASS ********"), Robot.ask(() ->
                Arrays.asList(0, 2, 3).stream().map(column -> table.getItem(row).getText(column)).toList()));
        Robot.ui(() -> {
            table.setSelection(row);
            table.notifyListeners(SWT.Selection, new Event());
        });
        Robot.until("its moment is shown", () -> focus.event() == view.rows.get(row).event());
        Robot.ui(() -> focus.selectEvent(view.rows.get(row - 2).event()));
        Robot.until("the table follows the moment", () -> table.getSelectionIndex() == row - 2);
    }

    @Test
    void aLongConversationIsShownInPart() {
        var number = 9_000 + recording.last();
        say(number, 0, ConversationText.MOST + 500);
        Robot.caughtUp();
        Robot.ui(() -> Followed.get().follow(focus.server(), number));
        Robot.until("the end is shown", () -> shown().getLast().equals("C  NOOP " + (ConversationText.MOST + 499)));
        assertTrue(Robot.ask(this::shown).size() <= 2 * ConversationText.MOST + 1);
        var first = Robot.ask(() -> view.rows.getFirst().event());
        Robot.ui(() -> focus.selectEvent(first));
        Robot.until("the beginning is shown", () -> caretLine().equals("C  NOOP 0"));
        Robot.ui(() -> focus.goLive());
        Robot.until("the end is shown again", () -> shown().getLast().endsWith(
                Integer.toString(ConversationText.MOST + 499)));
        Robot.ui(() -> {
            for (var i = 0; i < 10 && !shown().contains("C  NOOP 0"); i++) {
                view.text().control().setTopIndex(0);
                view.text().control().getVerticalBar().notifyListeners(SWT.Selection, new Event());
            }
            assertTrue(shown().contains("C  NOOP 0"), "who scrolls up comes to the beginning");
            assertTrue(shown().size() <= ConversationText.MOST + 1);
        });
    }

    @Test
    void whoLooksBackStaysThereWhenTheOldestLinesAreForgotten() {
        var number = 9_000 + recording.last();
        say(number, 0, 3 * MOST_LIVE / 2);
        Robot.caughtUp();
        Robot.ui(() -> Followed.get().follow(focus.server(), number));
        Robot.until("the end is shown", () -> shown().getLast().equals("C  NOOP " + (3 * MOST_LIVE / 2 - 1)));
        var top = Robot.ask(() -> {
            var text = view.text().control();
            text.setTopIndex(text.getLineCount() / 2);
            text.getVerticalBar().notifyListeners(SWT.Selection, new Event());
            return text.getLine(text.getTopIndex());
        });
        say(number, 3 * MOST_LIVE / 2, 2 * MOST_LIVE + 1);
        Robot.until("the oldest are forgotten", () -> !view.rows.getFirst().text().equals("NOOP 0"));
        Robot.ui(() -> {
            var text = view.text().control();
            assertEquals(top, text.getLine(text.getTopIndex()));
            var earlier = view.rows.indexOf(line(text.getLine(1)));
            assertEquals(1, view.text().textLine(earlier), "each line knows what it shows");
            assertTrue(text.getLine(0).startsWith(NumberFormat.getInstance().format(earlier)), text.getLine(0));
            var last = text.getLine(text.getLineCount() - 1);
            text.setTopIndex(text.getLineCount() - 1);
            text.getVerticalBar().notifyListeners(SWT.Selection, new Event());
            assertTrue(shown().indexOf(last) > 0, "what was the last line is still there");
            assertTrue(shown().indexOf(last) < shown().size() - 1, "and more follow it");
        });
    }

    @Test
    void theMomentIsShownOnceItsLineIsThere() {
        var number = 9_000 + recording.last();
        say(number, 0, 3 * ConversationText.MOST);
        Robot.caughtUp();
        var fiftieth = recording.last() - 3 * ConversationText.MOST + 50;
        Robot.ui(() -> focus.selectEvent(fiftieth));
        Robot.ui(() -> Followed.get().follow(focus.server(), number));
        Robot.until("its line is shown", () -> caretLine().equals("C  NOOP 49"));
        Robot.ui(() -> {
            var text = view.text().control();
            text.setSelection(0);
            assertTrue(shown().getFirst().startsWith("C  NOOP"), shown().getFirst());
        });
    }

    @Test
    void theKeysGoToEarlierLinesToo() {
        followLong();
        var first = Robot.ask(() -> view.rows.indexOf(line(shown().get(1))));
        Robot.ui(() -> {
            view.text().control().setSelection(0);
            var event = new Event();
            event.keyCode = SWT.HOME;
            view.text().control().notifyListeners(SWT.KeyUp, event);
        });
        Robot.until("the line before is gone to", () -> caretLine().equals("C  NOOP " + (first - 1)));
    }

    @Test
    void whoLooksBackStaysThereWhateverElseIsTold() {
        followLong();
        Robot.ui(() -> {
            var text = view.text().control();
            text.setTopIndex(10);
            text.getVerticalBar().notifyListeners(SWT.Selection, new Event());
            var top = text.getLine(text.getTopIndex());
            focus.selectSession(session);
            focus.selectSession(0);
            assertEquals(top, text.getLine(text.getTopIndex()));
        });
    }

    // Follows a session of three times as many lines as are held, and waits for its end.
    private void followLong() {
        var number = 9_000 + recording.last();
        say(number, 0, 3 * ConversationText.MOST);
        Robot.caughtUp();
        Robot.ui(() -> Followed.get().follow(focus.server(), number));
        Robot.until("the end is shown",
                () -> shown().getLast().equals("C  NOOP " + (3 * ConversationText.MOST - 1)));
    }

    private Dialogue.Line line(String shown) {
        return view.rows.stream().filter(line -> shown.equals("C  " + line.text())).findFirst().orElseThrow();
    }

    private void say(long number, int from, int to) {
        for (var i = from; i < to; i++) {
            recording.awaitRoom();
            recording.record(number, "pop3", 0, "Transaction", "", "NOOP",
                    new What.Received(Octets.of("NOOP " + i + "\r\n")));
        }
    }

    private List<String> shown() {
        return view.text().shown();
    }

    private String caretLine() {
        var text = view.text().control();
        return text.getLine(text.getLineAtOffset(text.getCaretOffset()));
    }

    private int row(String said) {
        return Robot.ask(() -> {
            for (var i = 0; i < view.rows.size(); i++) {
                if (view.rows.get(i).text().equals(said)) {
                    return i;
                }
            }
            throw new AssertionError("nobody said " + said);
        });
    }
}
