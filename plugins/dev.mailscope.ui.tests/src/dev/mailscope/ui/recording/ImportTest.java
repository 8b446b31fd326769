package dev.mailscope.ui.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.ui.FileDrop;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.trace.TraceView;

/** Recordings, captures and transcripts are brought into the workspace by the wizard, and by being dropped. */
class ImportTest {
    private static final String TALK = "account alice wonderland\nmail alice INBOX \"Lunch\"\nO1: pop3\nS1: +OK ...\n"
            + "C1: USER alice\nS1: +OK ...\nC1: PASS wonderland\nS1: +OK The maildrop has 1 message ...\nC1: STAT\n"
            + "S1: +OK 1 ...\nX1:\n";

    @TempDir
    private Path elsewhere;
    private Path folder;
    private Path transcript;
    private RecordingsView view;

    @BeforeEach
    void open() throws IOException {
        Robot.openPerspective();
        folder = Mailscope.get().server().recordingsFolder();
        transcript = Files.writeString(elsewhere.resolve("lab talk.transcript"), TALK);
        view = Robot.view(Mailscope.RECORDINGS_VIEW, RecordingsView.class);
    }

    @AfterEach
    void tidyUp() throws IOException {
        Robot.ui(() -> Robot.page().closeAllEditors(false));
        Robot.ui(() -> Robot.page().hideView(view));
        Robot.ui(() -> ErrorDialog.AUTOMATED_MODE = true);
        Pictures.theme(Pictures.LIGHT);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.getFileName().toString().contains("lab")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theWizardSaysWhatAFileIsAndOpensWhatItBecomes() throws Exception {
        var shell = wizard();
        type(shell, elsewhere.resolve("none").toString());
        Robot.until("what is not there is refused", () -> says(shell, "there is no file " + elsewhere.resolve("none")));
        assertFalse(Robot.ask(() -> button(shell, "Finish").isEnabled()));
        var diary = Files.writeString(elsewhere.resolve("diary"), "Dear diary");
        type(shell, diary.toString());
        Robot.until("what is nothing is refused", () -> says(shell, diary + " is neither a capture"));
        type(shell, transcript.toString());
        Robot.until("it is known", () -> button(shell, "Finish").isEnabled());
        assertTrue(Robot.ask(() -> Robot.all(shell, Label.class).stream()
                .anyMatch(label -> label.getText().equals(Messages.import_isTranscript))));
        Pictures.take("import-wizard");
        if (Pictures.areWanted()) {
            Pictures.theme(Pictures.DARK);
            Pictures.take("import-wizard-dark");
        }
        Robot.press(shell, "Finish");
        Robot.until("it is open", () -> Robot.page().getActiveEditor() instanceof RecordingEditor editor
                && editor.trace() != null);
        assertEquals(1, Robot.ask(() -> Mailscope.get().focus().moment().server().account("alice").orElseThrow()
                .inbox().size()));
        assertTrue(Files.exists(folder.resolve("lab talk.mailtrace")));
        shown("lab talk");
        Pictures.take("imported-transcript-dark");
    }

    @Test
    void whatIsDroppedIsImportedAndWhatDiffersIsShown() throws Exception {
        Files.writeString(transcript, TALK.replace("1 message", "2 messages").replace("S1: +OK 1 ", "S1: +OK 2 "));
        var recorded = record("lab one");
        Robot.ui(() -> ErrorDialog.AUTOMATED_MODE = false); // otherwise the tests have no such dialog
        drop(recorded, transcript);
        var dialog = Robot.dialog(Messages.import_differs);
        shown("lab one (2)");
        shown("lab talk");
        assertTrue(Robot.ask(() -> Robot.all(dialog, Label.class).stream().anyMatch(
                label -> label.getText().contains("differs 2 times from what the transcript expects"))));
        Robot.press(dialog, "Details >>");
        Pictures.take("import-differs");
        if (Pictures.areWanted()) {
            Pictures.theme(Pictures.DARK);
            Pictures.take("import-differs-dark");
        }
        Robot.press(dialog, "OK");
    }

    @Test
    void aTranscriptThatIsOpenedSaysThatItDiffers() throws Exception {
        Files.writeString(transcript, TALK.replace("1 message", "2 messages"));
        dropOnTrace(transcript);
        Robot.until("it is open and says so", () -> Robot.page().getActiveEditor() instanceof RecordingEditor
                && Robot.all(Text.class).stream().anyMatch(text -> text.getText().startsWith(
                        "What the server did differs once from what the transcript expects.")));
        Pictures.take("opened-transcript");
        assertFalse(Files.exists(folder.resolve("lab talk.mailtrace")));
    }

    @Test
    void whatCannotBeImportedIsNamedAndDoesNotKeepTheOthersBack() throws Exception {
        var wrong = Files.writeString(elsewhere.resolve("lab wrong.transcript"), "account alice wonderland\nO1 pop3\n");
        var job = new ImportJob(List.of(wrong, transcript), false, view::refresh);
        job.setUser(false); // no dialog
        job.schedule();
        job.join();
        assertEquals("lab wrong.transcript was not imported. " + wrong + ", line 2: \"O1\" begins no line of a"
                + " transcript", job.getResult().getMessage());
        shown("lab talk");
        assertFalse(Files.exists(folder.resolve("lab wrong.mailtrace")));
    }

    @Test
    void anImportCanBeCancelledAndLeavesNothing() throws Exception {
        Files.writeString(transcript, TALK.replace("O1:", "gone alice INBOX 2000000000\nO1:"));
        var job = new ImportJob(List.of(transcript), false, view::refresh);
        job.setUser(false);
        job.schedule();
        Robot.until("it has begun", () -> Files.exists(folder.resolve("lab talk.mailtrace")));
        job.cancel();
        job.join();
        assertEquals(IStatus.CANCEL, job.getResult().getSeverity());
        assertFalse(Files.exists(folder.resolve("lab talk.mailtrace")));
    }

    @Test
    void twoImportsOfOneNameAreBothThere() throws Exception {
        var recorded = List.of(record("lab one"));
        var first = new ImportJob(recorded, false, view::refresh);
        var second = new ImportJob(recorded, false, view::refresh);
        assertTrue(first.getRule().isConflicting(second.getRule()),
                "each looks for a free name when the other is done");
        for (var job : List.of(first, second)) {
            job.setUser(false);
            job.schedule();
        }
        first.join();
        second.join();
        shown("lab one (2)");
        shown("lab one (3)");
    }

    @Test
    void theWizardIsThatOfTheImportMenu() throws Exception {
        var found = PlatformUI.getWorkbench().getImportWizardRegistry().findWizard("dev.mailscope.ui.import.recording");
        assertEquals("Mailscope", found.getCategory().getLabel());
        assertEquals(ImportWizard.class, found.createWizard().getClass());
    }

    private static Shell wizard() {
        Robot.display().asyncExec(() -> {
            var wizard = new ImportWizard();
            wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
            new WizardDialog(Robot.window().getShell(), wizard).open();
        });
        return Robot.dialog(Messages.import_title);
    }

    private static void type(Shell shell, String text) {
        Robot.ui(() -> Robot.all(shell, Text.class).stream()
                .filter(Text::getEditable).findFirst().orElseThrow().setText(text));
    }

    private static boolean says(Shell shell, String words) {
        return Robot.all(shell, Text.class).stream().anyMatch(text -> text.getText().strip().startsWith(words));
    }

    private static Button button(Shell shell, String name) {
        return Robot.all(shell, Button.class).stream().filter(b -> b.getText().replace("&", "").equals(name))
                .findFirst().orElseThrow();
    }

    private void drop(Path... files) {
        var table = Robot.ask(() -> Robot.all(Table.class).stream().filter(t -> t.getColumnCount() == 8).findFirst()
                .orElseThrow());
        Robot.ui(() -> dropOn(table, files));
    }

    private void dropOnTrace(Path... files) {
        var trace = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.ui(() -> dropOn(trace.trace(), files));
    }

    /** What the system's drop does over a control: what takes files is that one, or one that it lies in. */
    private static void dropOn(Control control, Path... files) {
        var below = control;
        while (!(below.getData(DND.DROP_TARGET_KEY) instanceof DropTarget)) {
            below = below.getParent();
        }
        for (var listener : ((DropTarget) below.getData(DND.DROP_TARGET_KEY)).getDropListeners()) {
            if (listener instanceof FileDrop drop) {
                drop.take(List.of(files).stream().map(Path::toString).toArray(String[]::new));
            }
        }
    }

    private void shown(String name) {
        Robot.ui(view::refresh);
        Robot.until(name + " is shown", () -> view.lines().stream().anyMatch(line -> line.startsWith(name + "\t")));
    }

    private Path record(String name) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(name + ".mailtrace");
        MailServer.open(ServerConfig.sample().withRecording(file)).close();
        return file;
    }
}
