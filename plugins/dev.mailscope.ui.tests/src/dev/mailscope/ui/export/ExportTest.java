package dev.mailscope.ui.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.progress.IProgressConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

class ExportTest {
    @TempDir
    private Path folder;

    private Recording recording;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        recording = Mailscope.get().server().recording();
        recording.record(0, "", 0, "", "", "", new What.Remark("a pin"));
        Robot.caughtUp();
    }

    @Test
    void whatIsChosenIsWritten() throws Exception {
        var all = Selection.all(recording);
        var dialog = new AtomicReference<ExportDialog>();
        Robot.display().asyncExec(() -> {
            dialog.set(new ExportDialog(Robot.window().getShell(), all, null, 5));
            dialog.get().open();
        });
        var shell = Robot.dialog("Export Trace");
        choose(shell, "All events");
        choose(shell, "JSON Lines");
        Robot.press(shell, "Save As\u2026");
        Robot.until("the dialog is closed", shell::isDisposed);
        assertEquals(Format.JSON_LINES, dialog.get().format());
        assertEquals(all, dialog.get().selection());

        var file = folder.resolve("trace.jsonl");
        assertEquals(IStatus.OK, run(dialog.get().format(), dialog.get().selection(), file).getSeverity());
        var text = Files.readString(file);
        assertEquals(all.last() - all.first() + 1, text.lines().count());
        assertTrue(text.contains("a pin"));
        assertFalse(text.contains("\"secret\":\"secret\""));
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        var status = run(Format.PCAPNG, Selection.all(recording), folder.resolve("nowhere/trace.pcapng"));
        assertEquals(IStatus.ERROR, status.getSeverity());
        assertTrue(status.getMessage().contains("its folder does not exist"), status.getMessage());
    }

    private static IStatus run(Format format, Selection selection, Path file) throws InterruptedException {
        var job = new ExportJob(format, selection, file);
        job.setUser(false);
        // Reported here, not in a dialog.
        job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
        job.schedule();
        job.join();
        return job.getResult();
    }

    private static void choose(Shell shell, String start) {
        Robot.ui(() -> {
            for (var button : Robot.all(shell, Button.class)) {
                if ((button.getStyle() & SWT.RADIO) != 0) {
                    var wanted = button.getText().replace("&", "").startsWith(start);
                    if (wanted || button.getParent().getChildren().length > 1
                            && Robot.all(button.getParent(), Button.class).stream()
                                    .anyMatch(b -> b.getText().replace("&", "").startsWith(start))) {
                        button.setSelection(wanted);
                        button.notifyListeners(SWT.Selection, new Event());
                    }
                }
            }
        });
    }
}
