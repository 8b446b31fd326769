package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ST;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;

class ExplanationTest {
    private static final String LINE = "a7 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])\r\n";

    private Recording recording;
    private DetailPane details;
    private StyledText text;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        recording = Mailscope.get().server().recording();
        var number = recording.record(9, "imap", 0, "Selected", "INBOX", "UID FETCH",
                new What.Received(Octets.of(LINE)));
        Robot.caughtUp();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(number));
        Robot.until("the details are there", () -> Robot.only(DetailPane.class).text().contains("BODY.PEEK"));
        details = Robot.ask(() -> Robot.only(DetailPane.class));
        text = Robot.ask(() -> Robot.all(details, StyledText.class).getFirst());
    }

    @Test
    void theCaretSaysWhatItIsIn() throws Exception {
        caretAt("1:*");
        assertTrue(said().startsWith("UID set"), said());
        for (var i = 0; i < "1:* ".length(); i++) {
            Robot.ui(() -> text.invokeAction(ST.COLUMN_NEXT));
        }
        assertTrue(said().startsWith("opening parenthesis"), said());
        caretAt("FLAGS");
        assertEquals("FETCH item FLAGS: The flags of the message.", said().lines().findFirst().orElseThrow());
        assertTrue(said().endsWith("RFC 9051 section 6.4.5"), said());
        Pictures.take("explanation");
        caretAt("Subject");
        assertTrue(said().startsWith("header field name"), said());
        Robot.ui(() -> text.setCaretOffset(0));
        assertEquals("", said());
        assertTrue(Robot.ask(() -> Robot.all(details, ExplanationPane.class).isEmpty()), "it takes no room");
    }

    @Test
    void theMouseSaysItToo() {
        var place = place("BODY.PEEK");
        Robot.ui(() -> {
            text.setCaretOffset(place);
            text.showSelection();
            var at = text.getLocationAtOffset(place);
            var event = new Event();
            event.x = at.x + 3;
            event.y = at.y + 3;
            text.notifyListeners(SWT.MouseMove, event);
        });
        assertTrue(Robot.ask(text::getToolTipText).startsWith("FETCH item BODY.PEEK: The octets of a section"),
                Robot.ask(text::getToolTipText));
        Robot.ui(() -> text.notifyListeners(SWT.MouseExit, new Event()));
    }

    @Test
    void f2KeepsItOpenUntilEscape() throws Exception {
        caretAt("HEADER.FIELDS");
        Robot.key(text, SWT.F2);
        var popup = new AtomicReference<Shell>();
        Robot.until("the window is open", () -> {
            for (var shell : Robot.display().getShells()) {
                if (shell != Robot.window().getShell() && shell.isVisible() && !Robot.all(shell,
                        StyledText.class).isEmpty()) {
                    popup.set(shell);
                }
            }
            return popup.get() != null;
        });
        var inside = Robot.ask(() -> Robot.all(popup.get(), StyledText.class).getFirst());
        assertTrue(Robot.ask(inside::getText).startsWith("section text HEADER.FIELDS: Only the named header fields."));
        Pictures.take("explanation-popup");
        Robot.key(inside, SWT.ESC);
        Robot.until("it is closed", popup.get()::isDisposed);
    }

    @Test
    void whereNothingWasSaidThereIsNoPane() {
        var number = recording.record(0, "", 0, "", "", "", new What.Remark("nothing said"));
        Robot.caughtUp();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(number));
        Robot.until("the details are there", () -> details.text().contains("nothing said"));
        assertTrue(Robot.ask(() -> Robot.all(details, ExplanationPane.class).isEmpty()));
    }

    private int place(String part) {
        return Robot.ask(() -> {
            var octets = details.text().indexOf(LINE.substring(0, 8), details.text().indexOf("\n"));
            return details.text().indexOf(part, octets);
        });
    }

    private void caretAt(String part) {
        var place = place(part);
        Robot.ui(() -> {
            text.setFocus();
            text.setCaretOffset(place);
            text.showSelection();
        });
    }

    private String said() {
        return Robot.ask(details::explanation);
    }
}
