package dev.mailscope.ui.classroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.AccountMail;
import dev.mailscope.server.classroom.ClassList;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer;

/** What the dialog takes and refuses before a class's server is open, and what is left when it is given up. */
class OpenDialogTest {
    private static final String TITLE = ClassroomBench.TITLE;

    @TempDir
    private Path folder;
    private final ClassroomBench bench = new ClassroomBench();
    private final Lesson lesson = Mailscope.get().lesson();
    private final WorkbenchServer server = Mailscope.get().server();

    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    @Test
    void theDialogNamesWhatIsWrong() {
        var dialog = bench.dialog();
        assertFalse(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()), "nobody is on the list");
        bench.type(dialog, "anna\nAnna B\nben,short\ncarl");
        assertFalse(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()));
        assertSays(dialog, "line 3: the password of ben can be guessed");
        bench.type(dialog, "anna\nben\nanna");
        assertSays(dialog, "line 3: \"anna\" has the user name anna of line 1");
        bench.type(dialog, "anna\nben");
        assertTrue(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()));
        assertSays(dialog, "2 students.");
        for (var none : List.of("no address", "face.de", "192.0.2.256", "192.0.2", "bad:", ".:1", "")) {
            bench.address(dialog, none);
            Robot.press(dialog, TITLE);
            assertSays(dialog, "\u201C" + none + "\u201D is no address such as");
        }
        bench.address(dialog, "192.0.2.7");
        Robot.press(dialog, TITLE);
        assertSays(dialog, "does not have the address 192.0.2.7");
        assertTrue(server.guest().isEmpty());
    }

    @Test
    void accountsBeginAsALabSetsThemUp() throws Exception {
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject("Class");
        project.create(null);
        project.open(null);
        var lab = "# Mine\n\n```setup\naccount me secret7\n```\n\n## A Step\n\nText.\n";
        project.getFile("mine.lab.md").create(new ByteArrayInputStream(lab.getBytes(StandardCharsets.US_ASCII)), true,
                null);
        try {
            chooseALab();
        } finally {
            project.delete(true, true, null);
        }
    }

    private void chooseALab() throws Exception {
        var dialog = bench.dialogForTwo();
        bench.choose(dialog, "what a lab sets up:");
        Robot.until("the labs are read", () -> bench.labs(dialog).isEnabled());
        assertTrue(Robot.ask(() -> List.of(bench.labs(dialog).getItems())).contains("Mine (Class/mine.lab.md)"));
        bench.chooseLab(dialog, "Which protocol?: ida");
        assertSays(dialog, "Each student gets the folders and mail of ida, as the lab sets them up, and a"
                + " password of their own. Not taken: the account pat; the devices PopLaptop, PopPhone, ImapLaptop,"
                + " ImapPhone; what its steps do.");
        bench.pictures("30-open-to-the-network-lab");
        Robot.press(dialog, TITLE);
        Robot.until("it is open", () -> lesson.opened().isPresent());
        var accounts = server.recording().live().server().accounts();
        assertEquals(List.of("anna", "ben.ali"), List.copyOf(accounts.keySet()));
        for (var account : accounts.values()) {
            assertEquals(List.of("Holidays", "INBOX"), List.copyOf(account.folders().keySet()));
            assertEquals(2, account.inbox().messages().size());
        }
    }

    @Test
    void aLabFileThatCannotWorkIsRefused() throws Exception {
        var dialog = bench.dialogForTwo();
        var part = bench.beginning(dialog);
        var wrong = Files.writeString(folder.resolve("wrong.md"), "# T\n\n## S\n\n```check\nIt: nothing ==\n```\n");
        Robot.ui(() -> part.take(wrong));
        Robot.until("its problem is said", () -> bench.texts(dialog).contains(wrong + ": line 6"));
        var none = Files.writeString(folder.resolve("none.md"), "# T\n\n## S\n\nText.\n");
        Robot.ui(() -> part.take(none));
        Robot.until("it is refused", () -> bench.texts(dialog).contains(none + " sets up no account"));
        Robot.ui(() -> part.take(folder.resolve("missing.md")));
        Robot.until("it is missed", () -> bench.texts(dialog).contains("missing.md cannot be read"));
        takeLost(dialog);
        Robot.press(dialog, TITLE);
        Robot.until("its line is named", () -> bench.texts(dialog).contains("Line 5 of the lab cannot be done"));
        Robot.until("the server of the workbench runs again", () -> !lesson.isBusy()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertTrue(lesson.opened().isEmpty());
    }

    @Test
    void withAWrongLabFileNothingElseIsOpened() throws Exception {
        var dialog = bench.dialogForTwo();
        var part = bench.beginning(dialog);
        bench.choose(dialog, "what a lab sets up:");
        Robot.until("the labs are read", () -> bench.labs(dialog).isEnabled());
        var before = Robot.ask(() -> bench.labs(dialog).getText());
        assertTrue(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()));
        Robot.ui(() -> part.take(folder.resolve("missing.md")));
        Robot.until("it is missed", () -> bench.texts(dialog).contains("missing.md cannot be read"));
        assertFalse(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()), before + " is not what was wanted");
        assertEquals("", Robot.ask(() -> bench.labs(dialog).getText()));
        bench.pictures("30-open-to-the-network-lab-missing");
        bench.type(dialog, "anna");
        assertFalse(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()), "it is still wrong");
        bench.chooseLab(dialog, before);
        assertTrue(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()), before + " was chosen again");
        Robot.ui(() -> part.take(folder.resolve("missing.md")));
        Robot.until("it is missed", () -> bench.texts(dialog).contains("missing.md cannot be read"));
        bench.choose(dialog, "an empty INBOX");
        assertTrue(Robot.ask(() -> bench.button(dialog, TITLE).isEnabled()), "no lab is wanted");
    }

    @Test
    void afterCancelNothingListensForTheClass() throws Exception {
        server.stop();
        Robot.until("the server of the workbench is stopped", () -> server.situation().state()
                == WorkbenchServer.State.STOPPED);
        var before = bench.classRecordings();
        var dialog = bench.dialogForTwo();
        var lab = Files.writeString(folder.resolve("lab.md"), "# A Lab\n\n## A Step\n\nNothing to do.\n");
        var labs = Mailscope.get().labs();
        // On the UI thread, where it would be shown as open: its server is made, and the user says no.
        Robot.ui(() -> {
            bench.press(dialog, TITLE);
            bench.join("Opening the server to the network");
            labs.open(lab);
            bench.join("Opening the lab lab.md");
            bench.press(dialog, "Cancel");
        });
        Robot.until("it is given up", () -> !lesson.isBusy() && !labs.isBusy());
        assertTrue(labs.problem().startsWith("The server is open to the network"), labs.problem());
        Robot.ui(labs::leaveLab);
        Robot.until("no lab is open", () -> !labs.isBusy());
        assertTrue(server.guest().isEmpty() && lesson.opened().isEmpty());
        assertEquals(WorkbenchServer.State.STOPPED, server.situation().state(), "it did not run before");
        assertEquals("", InstanceScope.INSTANCE.getNode(Mailscope.ID).get("classroom.open", ""));
        assertEquals(before, bench.classRecordings(), "nobody was there");
    }

    @Test
    void cancelBeforeTheOwnServerHasStoppedMakesNone() throws Exception {
        var before = bench.classRecordings();
        var dialog = bench.dialogForTwo();
        Robot.ui(() -> {
            bench.press(dialog, TITLE);
            bench.press(dialog, "Cancel");
        });
        Robot.until("the server of the workbench runs again", () -> !lesson.isBusy()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertEquals(before, bench.classRecordings());
        assertTrue(server.guest().isEmpty() && lesson.opened().isEmpty());
    }

    @Test
    void whatFailsLeavesTheOwnServerAsItWas() throws Exception {
        var before = server.ownRecording();
        var recordings = bench.classRecordings();
        var problems = new ArrayList<String>();
        var students = ClassList.parse("anna", () -> "anna-s-password").students();
        // An address of somebody else; then what nobody foresaw.
        Robot.ui(() -> lesson.open(() -> new Classroom("192.0.2.7", students, AccountMail.SAMPLE, 0, 0),
                server.config(), problems::add));
        Robot.until("it has failed", () -> problems.size() == 1);
        Robot.ui(() -> lesson.open(() -> new Classroom("127.0.0.2", students, AccountMail.SAMPLE, 0, 0), null,
                problems::add));
        Robot.until("it has failed again", () -> problems.size() == 2);
        assertFalse(problems.contains(""), problems.toString());
        Robot.until("the server of the workbench runs again", () -> !lesson.isBusy()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertEquals(before, server.recording());
        assertEquals(recordings, bench.classRecordings());
        bench.openForTwo();
    }

    /** Chooses a lab that cannot be set up. */
    private void takeLost(Shell dialog) throws IOException {
        var lost = Files.writeString(folder.resolve("lost.md"), "# Lost\n\n```setup\naccount bob secret7\n"
                + "mail bob Nowhere\n  Subject: Lost\n```\n\n## S\n\nText.\n");
        var part = bench.beginning(dialog);
        Robot.ui(() -> part.take(lost));
        Robot.until("it is chosen", () -> bench.labs(dialog).getText().equals("Lost (lost.md)"));
    }

    private void assertSays(Shell dialog, String text) {
        assertTrue(bench.texts(dialog).contains(text), bench.texts(dialog));
    }
}
