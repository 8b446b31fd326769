package dev.mailscope.ui.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Scale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.trace.EventTable;

class StepTest {
    private Focus focus;
    private Recording recording;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        recording = Mailscope.get().server().recording();
    }

    @AfterEach
    void live() {
        Robot.ui(focus::goLive);
    }

    @Test
    void eachCommandStepsToItsKindOfEvent() {
        var phase = record("NOOP", new What.PhaseChanged("Authenticated", "Selected"));
        var answer = record("NOOP", new What.Response(Octets.of("a OK done\r\n")));
        var untagged = record("NOOP", new What.Response(Octets.of("* 3 EXISTS\r\n")));
        var remark = record("", new What.Remark("the newest"));
        Robot.caughtUp();
        step("event.previous", remark);
        step("event.previous", untagged);
        step("command.previous", answer);
        step("phase.previous", phase);
        step("command.next", answer);
        step("event.next", untagged);
    }

    @Test
    void theChangesOfAFolderAreFoundOneByOne() {
        var before = recording.last();
        Mailscope.get().server().deliver("alice", "INBOX", mail("one"));
        Mailscope.get().server().deliver("alice", "Projects", mail("two"));
        Robot.until("they are delivered", () -> recording.last() >= before + 2);
        Robot.caughtUp();
        step("change.previous", before + 2);
        step("change.previous", before + 1);
        assertEquals(4, Robot.ask(() -> focus.moment().server().account("alice").orElseThrow().inbox().size()));
        step("change.next", before + 2);
    }

    @Test
    void theSliderGoesFromTheFirstEventToTheNewest() {
        for (var i = 0; i < 50; i++) {
            record("", new What.Remark("filler"));
        }
        Robot.caughtUp();
        var slider = Robot.ask(() -> Robot.only(Scale.class));
        drag(slider, 0);
        Robot.until("the first event is selected", () -> focus.selected() != null
                && focus.event() == recording.first());
        drag(slider, Robot.ask(slider::getMaximum));
        assertTrue(Robot.ask(focus::isLive));
    }

    @Test
    void selectedRowsSayWhatIsDifferentBetweenThem() {
        var before = recording.last();
        Mailscope.get().server().deliver("alice", "INBOX", mail("one"));
        Mailscope.get().server().deliver("alice", "Projects", mail("two"));
        Robot.until("they are delivered", () -> recording.last() >= before + 2);
        Robot.caughtUp();
        var table = Robot.ask(() -> Robot.only(EventTable.class));
        Robot.until("they are shown", () -> {
            table.notifyListeners(SWT.KeyDown, key(SWT.END, 0));
            return focus.event() == before + 2;
        });
        Robot.ui(() -> table.notifyListeners(SWT.KeyDown, key(SWT.ARROW_UP, SWT.SHIFT)));
        Robot.until("both deliveries are told", () -> Robot.all(StyledText.class).stream().map(StyledText::getText)
                .anyMatch(text -> text.contains("What events " + (before + 1) + " to " + (before + 2) + " changed")
                        && text.contains("INBOX") && text.contains("Projects")));
    }

    private long record(String command, What what) {
        return recording.record(7_000, "imap", 0, "Selected", "INBOX", command, what);
    }

    private void step(String command, long expected) {
        Robot.command("dev.mailscope.ui.history." + command);
        Robot.until(command + " leads to event " + expected + ", not " + focus.event(),
                () -> focus.selected() != null && focus.event() == expected);
    }

    private static void drag(Scale slider, int place) {
        Robot.ui(() -> {
            slider.setSelection(place);
            slider.notifyListeners(SWT.Selection, new Event());
        });
    }

    private static Event key(int keyCode, int stateMask) {
        var event = new Event();
        event.keyCode = keyCode;
        event.stateMask = stateMask;
        return event;
    }

    private static byte[] mail(String subject) {
        return ("Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
