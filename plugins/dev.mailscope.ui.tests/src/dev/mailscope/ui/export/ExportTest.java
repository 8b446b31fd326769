package dev.mailscope.ui.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.menus.CommandContributionItem;
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

    private final AtomicReference<ExportDialog> dialog = new AtomicReference<>();
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
        var shell = dialog();
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
    void everyFormatIsInTheDialogAndTheTextsAreInCopyAs() {
        var menu = Robot.ask(() -> {
            var made = new CopyAsMenu();
            made.initialize(Robot.window());
            return Arrays.stream(made.getContributionItems()).map(item -> ((CommandContributionItem) item).getData()
                    .label).toList();
        });
        assertEquals(List.of("Transcript", "JSON Lines", "Mermaid", "PlantUML", "HTML", "JUnit 5 test", "Shell script"),
                menu);
        var shell = dialog();
        var offered = Robot.ask(() -> Robot.all(shell, Button.class).stream().map(Button::getText).toList());
        for (var format : Format.values()) {
            assertTrue(offered.contains(format.summary()), format.summary());
        }
        Robot.press(shell, "Cancel");
        Robot.until("the dialog is closed", shell::isDisposed);
    }

    @Test
    void copyAsPutsTheTraceOnTheClipboard() {
        Robot.ui(() -> {
            Mailscope.get().focus().selectSession(0);
            var command = Robot.window().getService(ICommandService.class).getCommand(CopyAsHandler.COMMAND);
            try {
                var all = ParameterizedCommand.generateCommand(command,
                        Map.of(CopyAsHandler.FORMAT, Format.JSON_LINES.id()));
                Robot.window().getService(IHandlerService.class).executeCommand(all, null);
            } catch (CommandException e) {
                throw new AssertionError(e);
            }
        });
        Robot.until("the trace is on the clipboard", () -> Robot.ask(ExportTest::clipboard).contains("\"a pin\""));
        assertTrue(Robot.ask(ExportTest::clipboard).startsWith("{\"kind\":"));
    }

    private static String clipboard() {
        var clipboard = new Clipboard(Robot.display());
        try {
            return clipboard.getContents(TextTransfer.getInstance()) instanceof String text ? text : "";
        } finally {
            clipboard.dispose();
        }
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        var status = run(Format.PCAPNG, Selection.all(recording), folder.resolve("nowhere/trace.pcapng"));
        assertEquals(IStatus.ERROR, status.getSeverity());
        assertTrue(status.getMessage().contains("its folder does not exist"), status.getMessage());
    }

    private Shell dialog() {
        Robot.display().asyncExec(() -> {
            dialog.set(new ExportDialog(Robot.window().getShell(), Selection.all(recording), null, 5));
            dialog.get().open();
        });
        return Robot.dialog("Export Trace");
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
