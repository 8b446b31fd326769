package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.recording.RecordingEditor;

/** The search in the trace, by the keys of a user. */
class FindTest {
    @TempDir
    private Path folder;

    private TraceView view;
    private Recording recording;
    private Focus focus;
    private String word;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        recording = Mailscope.get().server().recording();
        focus = Mailscope.get().focus();
        word = "thimble" + recording.last();
        Robot.ui(() -> {
            view.trace().filter(Filter.ALL);
            view.trace().group(TracePane.Grouped.NONE);
            view.trace().follow();
        });
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            Robot.page().closeAllEditors(false);
            if (Robot.all(FindBar.class).size() == 1) {
                matchCase().setSelection(false);
                traverse(SWT.TRAVERSE_ESCAPE, 0);
            }
            view.trace().filter(Filter.ALL);
            view.trace().follow();
        });
    }

    @Test
    void goesFromOneToTheNextBothWaysAndSaysWhenItWentAround() {
        var first = remark("a " + word);
        remark("hay");
        var second = recording.record(9, "imap", 0, "", "", "FETCH", new What.Response(
                Octets.of("* 1 FETCH (BODY[] {900}\r\n" + "x".repeat(300) + word.toUpperCase() + "\r\n)\r\n")));
        remark("hay");
        Robot.caughtUp();
        Robot.command("dev.mailscope.ui.trace.find");
        assertTrue(Robot.ask(() -> text().isFocusControl()), "the cursor is in it");
        Robot.ui(() -> {
            text().setText(word);
            traverse(SWT.TRAVERSE_RETURN, 0);
        });
        found(first);
        Robot.command("dev.mailscope.ui.trace.findNext");
        found(second);
        assertEquals("", Robot.ask(this::message));
        Robot.command("dev.mailscope.ui.trace.findNext");
        found(first);
        Robot.until("it says so", () -> message().equals(Messages.find_fromFirst));
        Robot.ui(() -> traverse(SWT.TRAVERSE_RETURN, SWT.SHIFT));
        found(second);
        Robot.until("that too", () -> message().equals(Messages.find_fromLast));
        Robot.command("dev.mailscope.ui.trace.findPrevious");
        found(first);
        assertFalse(Robot.ask(focus::isLive), "the views show that moment");
        Robot.ui(() -> matchCase().setSelection(true));
        Robot.command("dev.mailscope.ui.trace.findNext");
        Robot.until("with its case it occurs once", () -> message().equals(Messages.find_fromFirst));
        Robot.ui(() -> matchCase().setSelection(false));
        Robot.ui(() -> {
            text().setText("no such thing anywhere");
            traverse(SWT.TRAVERSE_RETURN, 0);
        });
        Robot.until("it is not there", () -> message().equals(Messages.find_nothing));
        Robot.ui(() -> traverse(SWT.TRAVERSE_ESCAPE, 0));
        assertTrue(Robot.ask(() -> Robot.all(FindBar.class).isEmpty()
                && Robot.only(EventTable.class).isFocusControl()), "the keys go to the table again");
    }

    @Test
    void onlyWhatTheFilterShowsIsFound() {
        recording.record(0, "", 0, "", "Drafts", "", new What.Remark("in Drafts " + word));
        var wanted = recording.record(0, "", 0, "", "Sent", "", new What.Remark("in Sent " + word));
        Robot.caughtUp();
        Robot.ui(() -> view.trace().filter(new Filter("", OptionalLong.empty(), "Sent", "", "")));
        Robot.command("dev.mailscope.ui.trace.find");
        Robot.ui(() -> {
            text().setText(word);
            traverse(SWT.TRAVERSE_RETURN, 0);
        });
        found(wanted);
        Robot.command("dev.mailscope.ui.trace.findNext");
        Robot.until("it is the only one", () -> message().equals(Messages.find_fromFirst));
        assertEquals(wanted, Robot.ask(focus::event));
    }

    @Test
    void aLongSearchCanBeStopped() throws IOException {
        var file = folder.resolve("long.mailtrace");
        try (var made = Recording.create(file, RecordingLimits.DEFAULT)) {
            for (var i = 0; i < 300_000; i++) {
                made.awaitRoom();
                made.record(0, "", 0, "", "", "", new What.Remark("hay"));
            }
        }
        Robot.ui(() -> {
            try {
                Robot.page().openEditor(new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(file.toUri())),
                        RecordingEditor.ID);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
        Robot.until("it is open", () -> focus.source().name().equals("long.mailtrace"));
        Robot.command("dev.mailscope.ui.trace.find");
        Robot.ui(() -> {
            text().setText("no such thing anywhere");
            traverse(SWT.TRAVERSE_RETURN, 0);
        });
        Robot.until("it says how far it is", () -> message().endsWith("% searched"));
        Robot.press(Robot.ask(() -> Robot.only(FindBar.class)), Messages.find_stop);
        assertEquals("", Robot.ask(this::message));
        Robot.ui(() -> {
            text().setText("hay");
            traverse(SWT.TRAVERSE_RETURN, SWT.SHIFT);
        });
        Robot.until("another one finds something", () -> focus.event() > 0);
    }

    private long remark(String text) {
        return recording.record(0, "", 0, "", "", "", new What.Remark(text));
    }

    private void found(long event) {
        Robot.until("event " + event + " is found", () -> focus.event() == event && focus.selected() != null
                && focus.selected().number() == event);
    }

    private static Text text() {
        return Robot.all(Robot.only(FindBar.class), Text.class).getFirst();
    }

    private static Button matchCase() {
        return Robot.all(Robot.only(FindBar.class), Button.class).stream()
                .filter(button -> button.getText().equals(Messages.find_case)).findFirst().orElseThrow();
    }

    private String message() {
        return Robot.all(Robot.only(FindBar.class), Label.class).getFirst().getText();
    }

    private static void traverse(int detail, int state) {
        var event = new Event();
        event.detail = detail;
        event.stateMask = state;
        event.doit = true;
        text().notifyListeners(SWT.Traverse, event);
    }
}
