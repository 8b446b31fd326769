package dev.mailscope.ui.diagram;

import java.io.IOException;

import org.eclipse.swt.SWT;
import org.eclipse.ui.IWorkbenchPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;

/**
 * Takes pictures of the drawings, wide and narrow, light and dark. Runs only when the system property
 * {@code mailscope.screenshots} names the folder for the pictures.
 */
class DrawingScenario {
    @BeforeEach
    void open() throws IOException {
        Pictures.assumeWanted();
        Robot.ui(() -> Robot.window().getShell().setBounds(0, 0, 1592, 968));
        Robot.openPerspective();
    }

    @AfterEach
    void light() {
        Pictures.theme(Pictures.LIGHT);
        Robot.ui(() -> {
            Followed.get().follow(null, 0);
            Robot.page().setPartState(Robot.page().getActivePartReference(), IWorkbenchPage.STATE_RESTORED);
        });
    }

    @Test
    void twoDevicesAndTheMailThatVanishes() throws Exception {
        try (var laptop = new LineClient("imap"); var phone = new LineClient("imap")) {
            laptop.say("a OK", "a LOGIN alice secret");
            laptop.say("b OK", "b ID (\"name\" \"Laptop\")");
            laptop.say("c OK", "c SELECT INBOX");
            laptop.say("+", "d IDLE");
            phone.say("a OK", "a LOGIN alice secret");
            phone.say("b OK", "b ID (\"name\" \"Phone\")");
            phone.say("c OK", "c SELECT INBOX");
            phone.say("f OK", "d STORE 2 +FLAGS (\\Deleted)", "e EXPUNGE", "f FETCH 1:* (UID FLAGS)");
            laptop.until("* 2 EXPUNGE");
            laptop.say("d OK", "DONE");
            phone.say("g NO", "g SELECT Nowhere");
            phone.say("h OK", "h LOGOUT");
            try (var mail = new LineClient("pop3")) {
                mail.say("+OK", "USER alice");
                mail.say("+OK", "PASS secret");
                mail.say("+OK", "DELE 1");
            }
            var recording = Mailscope.get().server().recording();
            Robot.until("the line is cut", () -> recording.event(recording.last()).what() instanceof What.Closed);
            Robot.caughtUp();
            var pop3 = recording.event(recording.last()).session();
            pictures(recording.live().sessions().firstKey() + 1, Math.max(pop3, 3));
        }
    }

    private void pictures(long imap, long pop3) throws Exception {
        help(pop3);
        for (var dark : new boolean[] { false, true }) {
            Pictures.theme(dark ? Pictures.DARK : Pictures.LIGHT);
            var suffix = dark ? "-dark" : "";
            Robot.ui(() -> Followed.get().follow(Mailscope.get().focus().server(), imap));
            picture(ConversationView.ID, "conversation" + suffix);
            picture(SequenceView.ID, "sequence" + suffix);
            picture(PhaseView.ID, "states-imap" + suffix);
            Robot.ui(() -> Followed.get().follow(Mailscope.get().focus().server(), pop3));
            picture(PhaseView.ID, "states-pop3" + suffix);
        }
    }

    /** The two that the help shows. */
    private static void help(long pop3) throws Exception {
        var chart = Robot.view(SequenceView.ID, SequenceView.class);
        maximized(true);
        Robot.ui(() -> {
            chart.zoomBy(2);
            chart.showTable(false);
        });
        // Who comes from above has what led to a row in sight.
        Robot.key(chart.canvas(), SWT.HOME);
        Robot.until("the first row is selected", () -> Mailscope.get().focus().event() == chart.rows.getFirst().last()
                && Mailscope.get().focus().selected() != null);
        Robot.ui(() -> {
            chart.select(chart.rows.stream().filter(row -> row.text().startsWith("g NO")).reduce((a, b) -> b)
                    .orElseThrow().event());
        });
        Robot.until("its moment is shown", () -> Mailscope.get().focus().selected() != null
                && chart.rows.get(chart.canvas().selection()).text().startsWith("g NO"));
        Pictures.take("12-sequence");
        Robot.ui(() -> chart.zoomBy(0));
        maximized(false);
        Robot.ui(() -> Followed.get().follow(Mailscope.get().focus().server(), pop3));
        var states = Robot.view(PhaseView.ID, PhaseView.class);
        Robot.until("the session's steps are there", () -> states.session() == pop3 && states.rows.size() == 4);
        maximized(true);
        Robot.ui(() -> states.select(states.rows.get(2).event()));
        Pictures.take("13-states");
        maximized(false);
    }

    private static void picture(String id, String name) throws Exception {
        Robot.command("dev.mailscope.ui.live");
        var view = (DiagramView<?>) Robot.view(id, DiagramView.class);
        Robot.until("something is shown", () -> !view.rows.isEmpty());
        Pictures.take(name + "-narrow");
        maximized(true);
        Pictures.take(name + "-wide");
        go(view, 0.72);
        Pictures.take(name + "-moment");
        Robot.ui(() -> view.zoomBy(5));
        go(view, 0.5);
        Pictures.take(name + "-large");
        Robot.ui(() -> {
            view.zoomBy(0);
            view.showTable(true);
        });
        Pictures.take(name + "-table");
        Robot.ui(() -> view.showTable(false));
        maximized(false);
    }

    private static <R> void go(DiagramView<R> view, double share) {
        long event = Robot.ask(() -> view.eventOf(view.rows.get((int) (view.rows.size() * share))));
        Robot.ui(() -> view.select(event));
        Robot.until("the moment is shown", () -> Mailscope.get().focus().selected() != null
                && Mailscope.get().focus().selected().number() == event);
    }

    private static void maximized(boolean on) {
        Robot.ui(() -> Robot.page().setPartState(Robot.page().getActivePartReference(),
                on ? IWorkbenchPage.STATE_MAXIMIZED : IWorkbenchPage.STATE_RESTORED));
    }
}
