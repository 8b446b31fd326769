package dev.mailscope.ui.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.analysis.PhaseDiagram;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

class PhaseViewTest {
    private Focus focus;
    private Recording recording;
    private LineClient client;
    private PhaseView view;
    private PhaseCanvas canvas;

    @BeforeEach
    void follow() throws IOException {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        recording = Mailscope.get().server().recording();
        client = new LineClient("imap");
        client.say("a OK", "a LOGIN alice secret");
        Robot.caughtUp();
        Robot.ui(() -> focus.selectSession(recording.live().sessions().lastKey()));
        Robot.command("dev.mailscope.ui.diagram.states");
        view = Robot.view(PhaseView.ID, PhaseView.class);
        canvas = Robot.ask(view::canvas);
        phase("Authenticated");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        Robot.until("it is over", () -> recording.live().sessions().isEmpty());
        Robot.ui(() -> {
            view.showTable(false);
            Followed.get().follow(null, 0);
            focus.selectSession(0);
            focus.goLive();
        });
    }

    @Test
    void thePhaseIsLitAndThePathIsNumbered() throws IOException {
        client.say("b OK", "b SELECT INBOX");
        phase("Selected");
        client.say("c OK", "c CLOSE");
        phase("Authenticated");
        client.say("d OK", "d LOGOUT");
        phase("Closed");
        var ways = Robot.ask(() -> PhaseWays.of(canvas.diagram(), canvas.taken()));
        assertEquals(List.of("Not Authenticated LOGIN 2", "Authenticated SELECT 3", "Selected CLOSE 4",
                "Authenticated LOGOUT 5", "Logout by itself 6"),
                ways.stream().filter(PhaseWays.Way::isTaken).flatMap(way -> way.lines().stream()
                        .filter(line -> !line.steps().isEmpty())
                        .map(line -> way.from() + " " + line.text() + " " + line.steps().getFirst().number()))
                        .sorted((a, b) -> a.charAt(a.length() - 1) - b.charAt(b.length() - 1)).toList());
        assertTrue(Robot.ask(canvas::description)
                .startsWith("Phase Closed. Path: 1 Not Authenticated, 2 Authenticated"));
    }

    @Test
    void itShowsTheMomentAndTheKeysMoveIt() throws IOException {
        client.say("b OK", "b SELECT INBOX");
        phase("Selected");
        Robot.key(canvas, SWT.ARROW_LEFT);
        phase("Authenticated");
        assertEquals("Authenticated", Robot.ask(() -> focus.moment().sessions().lastEntry().getValue().phase()));
        Robot.key(canvas, SWT.HOME);
        phase("Not Authenticated");
        Robot.key(canvas, SWT.END);
        phase("Selected");
    }

    @Test
    void theLegalCommandsAreThoseOfThePhase() {
        assertTrue(Robot.ask(canvas::description).contains("SELECT, EXAMINE"));
        assertFalse(Robot.ask(canvas::description).contains("FETCH"));
        Robot.key(canvas, SWT.ARROW_DOWN);
        assertEquals("Selected", Robot.ask(canvas::shown));
        assertTrue(Robot.ask(canvas::description).contains("FETCH"));
    }

    @Test
    void aCutLineIsAWayThatNoTableKnows() throws IOException {
        client.close();
        phase("Closed");
        var way = Robot.ask(() -> PhaseWays.of(canvas.diagram(), canvas.taken())).stream()
                .filter(w -> w.to().equals(PhaseDiagram.CLOSED) && w.from().equals("Authenticated")).findFirst();
        assertFalse(way.orElseThrow().planned());
    }

    @Test
    void aClickOnAPhaseShowsItsCommands() {
        Robot.ui(() -> {
            var event = new Event();
            event.button = 1;
            var place = canvas.painted().place("Not Authenticated").orElseThrow();
            event.x = place.x + place.width / 2 + canvas.painted().left() - canvas.left();
            event.y = place.y + place.height / 2 - canvas.above();
            canvas.notifyListeners(SWT.MouseDown, event);
        });
        assertEquals("Not Authenticated", Robot.ask(canvas::shown));
    }

    @Test
    void theTableSaysTheSame() {
        Robot.ui(() -> view.showTable(true));
        var table = Robot.ask(() -> view.table().table());
        var lines = Robot.ask(() -> IntStream.range(0, table.getItemCount()).mapToObj(row -> IntStream.range(0, 4)
                .mapToObj(column -> table.getItem(row).getText(column)).toList().toString()).toList());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("[Step 2, event ")
                && line.endsWith(", Not Authenticated, Authenticated, LOGIN]")), lines::toString);
        assertTrue(lines.contains("[Way, Selected, Authenticated, CLOSE, UNSELECT]"), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("[Phase (now), Authenticated, , CAPABILITY, NOOP")));
        Robot.ui(() -> {
            table.setSelection(0);
            table.notifyListeners(SWT.Selection, new Event());
        });
        Robot.until("the first step's moment is shown", () -> canvas.current().equals("Not Authenticated"));
    }

    private void phase(String name) {
        Robot.until("the phase is " + name, () -> canvas.current().equals(name));
    }
}
