package dev.mailscope.ui.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.recording.RecordingEditor;
import dev.mailscope.ui.trace.EventTable;
import dev.mailscope.ui.trace.TraceView;

/** Notes and bookmarks, by the keys and dialogs of a user. */
class NotesViewTest {
    @TempDir
    private Path folder;

    private Focus focus;
    private Recording recording;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        recording = Mailscope.get().server().recording();
        Robot.view(Mailscope.NOTES_VIEW, NotesView.class);
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        forgetAll();
    }

    @AfterEach
    void close() {
        Robot.ui(() -> Robot.page().closeAllEditors(false));
        forgetAll();
    }

    @Test
    void aBookmarkIsSetAndTakenAwayByItsKey() {
        var event = recording.record(0, "", 0, "", "", "", new What.Remark("mark this"));
        select(event);
        Robot.command("dev.mailscope.ui.note.bookmark");
        Robot.until("it is in the table", () -> lines().stream().anyMatch(
                line -> line.startsWith(event + "\t") && line.endsWith("\t" + Messages.note_bookmark)));
        Robot.until("the mouse says so", () -> hints().contains(Messages.note_bookmark));
        Robot.command("dev.mailscope.ui.note.bookmark");
        Robot.until("it is gone", () -> lines().isEmpty());
    }

    @Test
    void aNoteIsTakenChangedAndLedToAndRemovedAfterAQuestion() {
        var first = recording.record(0, "", 0, "", "", "", new What.Remark("first"));
        var second = recording.record(0, "", 0, "", "", "", new What.Remark("second"));
        note(first, "look here\nand there");
        note(second, "later");
        assertEquals("look here\nand there", recording.notes().get(first).text());
        Robot.ui(() -> focus.goLive());
        Robot.command("dev.mailscope.ui.note.next");
        Robot.until("the first is shown", () -> focus.event() == first && focus.selected() != null);
        Robot.command("dev.mailscope.ui.note.next");
        Robot.until("the second", () -> focus.event() == second && focus.selected() != null);
        Robot.command("dev.mailscope.ui.note.previous");
        Robot.until("the first again", () -> focus.event() == first && focus.selected() != null);
        Robot.startCommand("dev.mailscope.ui.note.edit");
        var dialog = Robot.dialog("Note on Event " + first);
        Robot.ui(() -> Robot.all(dialog, Text.class).getFirst().setText("changed"));
        Robot.press(dialog, "OK");
        Robot.until("it is changed", () -> lines().stream().anyMatch(line -> line.endsWith("\tchanged")));
        Robot.startCommand("dev.mailscope.ui.note.remove");
        Robot.press(Robot.dialog(Messages.remove_title), "No");
        assertEquals(2, recording.notes().size());
        Robot.startCommand("dev.mailscope.ui.note.remove");
        Robot.press(Robot.dialog(Messages.remove_title), "Yes");
        Robot.until("it is removed", () -> lines().size() == 1);
        Robot.ui(() -> {
            table().setFocus();
            table().setSelection(0);
            var event = new Event();
            event.item = table().getItem(0);
            table().notifyListeners(SWT.DefaultSelection, event);
        });
        Robot.until("the table leads to the event", () -> focus.event() == second);
    }

    @Test
    void thoseOfAnOpenedRecordingAreShownWhileItIsActiveAndKeptInItsFile() throws IOException {
        var file = folder.resolve("lab.mailtrace");
        try (var server = MailServer.open(ServerConfig.sample().withRecording(file))) {
            server.reset();
            server.trace().note(1, "by the teacher");
        }
        var editor = Robot.ask(() -> {
            try {
                return Robot.page().openEditor(new FileStoreEditorInput(
                        EFS.getLocalFileSystem().getStore(file.toUri())), RecordingEditor.ID);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
        Robot.until("its note is shown", () -> lines().stream().anyMatch(line -> line.endsWith("by the teacher")));
        note(2, "by the student");
        assertEquals(List.of(1L, 2L), Robot.ask(() -> List.copyOf(focus.recording().notes().keySet())));
        assertTrue(recording.notes().isEmpty());
        Robot.ui(() -> Robot.page().closeEditor(editor, false));
        Robot.until("the server's are shown, none", () -> lines().isEmpty());
        Robot.until("the file is closed, and has both", () -> {
            try (var again = Recording.open(file)) {
                return again.notes().size() == 2;
            } catch (IOException e) {
                return false; // the editor closes it in the background
            }
        });
    }

    private void note(long event, String text) {
        select(event);
        Robot.startCommand("dev.mailscope.ui.note.edit");
        var dialog = Robot.dialog("Note on Event " + event);
        Robot.ui(() -> Robot.all(dialog, Text.class).getFirst().setText(text));
        Robot.press(dialog, "OK");
        Robot.until("it is kept", () -> focus.recording().notes().containsKey(event) && !lines().isEmpty()
                && lines().stream().anyMatch(line -> line.startsWith(event + "\t")));
    }

    private void select(long event) {
        if (Robot.ask(() -> focus.source().isServer())) {
            Robot.caughtUp();
        }
        Robot.ui(() -> focus.selectEvent(event));
        Robot.until("it is selected", () -> focus.selected() != null && focus.selected().number() == event);
    }

    private void forgetAll() {
        Robot.ui(() -> {
            focus.goLive();
            recording.notes().keySet().forEach(event -> Mailscope.get().notebook().remove(recording, event));
        });
        Robot.until("no note is left", () -> recording.notes().isEmpty());
    }

    // What the mouse would say over the numbers of the events in sight.
    private static List<String> hints() {
        var table = Robot.only(EventTable.class);
        var hints = new ArrayList<String>();
        var event = new Event();
        event.x = 20;
        for (event.y = 0; event.y < table.getClientArea().height; event.y += 4) {
            table.notifyListeners(SWT.MouseMove, event);
            if (table.getToolTipText() != null) {
                hints.add(table.getToolTipText());
            }
        }
        return hints;
    }

    private static Table table() {
        return Robot.all(Table.class).stream().filter(table -> table.getColumnCount() == 3
                && table.getColumn(2).getText().equals(Messages.column_note)).findFirst().orElseThrow();
    }

    private static List<String> lines() {
        return Arrays.stream(table().getItems()).map(item -> item.getText(0) + "\t" + item.getText(1) + "\t"
                + item.getText(2)).toList();
    }
}
