package dev.mailscope.ui.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.finding.Rule;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.trace.EventTable;
import dev.mailscope.ui.trace.TableTexts;
import dev.mailscope.ui.trace.TraceView;

class FindingsViewTest {
    private Recording recording;
    private long rejected;

    @BeforeEach
    void doWrong() {
        Robot.openPerspective();
        recording = Mailscope.get().server().recording();
        var session = 9_000 + recording.last();
        var received = recording.record(session, "imap", 0, "Not Authenticated", "", "FETCH",
                new What.Received(Octets.of("a1 FETCH 1 FLAGS\r\n")));
        rejected = recording.record(session, "imap", received, "Not Authenticated", "", "FETCH",
                new What.Rejected("a1", "FETCH belongs to the phase Selected.", 0));
        Robot.caughtUp();
    }

    @AfterEach
    void tidyUp() {
        Robot.ui(() -> Mailscope.get().focus().goLive());
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
    }

    @Test
    void whatIsWrongIsListedAndLeadsToItsEvent() throws Exception {
        var view = Robot.view(Mailscope.FINDINGS_VIEW, FindingsView.class);
        var table = Robot.ask(() -> Robot.only(EventTable.class));
        Robot.until("it is listed", () -> row(table) >= 0);
        var row = Robot.ask(() -> row(table));
        Robot.ui(() -> table.select(Math.max(0, row - 1)));
        Robot.key(table, row == 0 ? SWT.HOME : SWT.ARROW_DOWN);
        Robot.until("it is said", () -> Robot.all(Text.class).stream().anyMatch(text -> text.getText()
                .contains("FETCH was sent in Not Authenticated. " + Rule.WRONG_PHASE.sentence())));
        Pictures.take("findings");
        Robot.ui(view::goToEvent);
        Robot.until("its moment is shown", () -> Mailscope.get().focus().event() == rejected
                && Mailscope.get().focus().selected() != null);
    }

    @Test
    void theTraceMarksItAndSaysWhy() throws Exception {
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        var table = Robot.ask(() -> Robot.only(EventTable.class));
        Robot.ui(() -> Mailscope.get().focus().selectEvent(rejected));
        Robot.until("it is marked", () -> Robot.ask(() -> {
            var selected = table.selection();
            return selected >= 0 && TableTexts.what(table, selected).startsWith("\u26A0 " + Rule.WRONG_PHASE.title());
        }));
        Pictures.take("marked");
        assertTrue(Robot.ask(() -> TableTexts.hint(table, table.selection())).contains(Rule.WRONG_PHASE.sentence()));
        assertEquals(1, Robot.ask(() -> TraceFindings.of(recording).at(rejected).size()));
    }

    private int row(EventTable table) {
        var findings = TraceFindings.of(recording);
        for (var i = 0; i < findings.count(); i++) {
            if (findings.get(i).event() == rejected) {
                return i;
            }
        }
        return -1;
    }
}
