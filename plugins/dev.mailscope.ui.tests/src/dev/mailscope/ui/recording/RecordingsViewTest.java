package dev.mailscope.ui.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.actions.ActionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingCopy;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

/** The list of recordings, and what can be done with them. */
class RecordingsViewTest {
    @TempDir
    private Path elsewhere;

    private Path folder;
    private RecordingsView view;

    @BeforeEach
    void open() throws IOException {
        Robot.openPerspective();
        folder = Mailscope.get().server().recordingsFolder();
        record("lab one");
        view = Robot.view(Mailscope.RECORDINGS_VIEW, RecordingsView.class);
        refreshed("lab one");
    }

    @AfterEach
    void tidyUp() throws IOException {
        Robot.ui(() -> Robot.page().closeAllEditors(false));
        Robot.ui(() -> Robot.page().hideView(view));
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.getFileName().toString().contains("lab")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theLiveOneComesFirstAndEachSaysWhatItIs() {
        var lines = Robot.ask(view::lines);
        assertTrue(lines.getFirst().endsWith("\t" + Messages.recordings_live), lines.toString());
        assertTrue(lines.getFirst().contains("imap"), lines.toString());
        var lab = lines.stream().filter(line -> line.startsWith("lab one\t")).findFirst().orElseThrow().split("\t", -1);
        assertTrue(Integer.parseInt(lab[3]) > 1 && lab[4].endsWith("KiB"), Arrays.toString(lab));
        assertTrue(Robot.ask(() -> Robot.all(Link.class).stream().anyMatch(l -> l.getText().contains("are kept"))));
    }

    @Test
    void oneIsOpenedByDoubleClickAndNotRenamedWhileItIsOpen() {
        select("lab one");
        Robot.ui(() -> table().notifyListeners(SWT.DefaultSelection, new Event()));
        Robot.until("it is open", () -> Robot.page().getActiveEditor() instanceof RecordingEditor editor
                && editor.trace() != null);
        Robot.ui(() -> Robot.page().activate(view));
        select("lab one");
        Robot.display().asyncExec(() -> action(ActionFactory.RENAME).run());
        Robot.press(Robot.dialog(Messages.recordings_title), "OK");
        assertTrue(Files.exists(folder.resolve("lab one.mailtrace")));
    }

    @Test
    void oneIsRenamedAndDeletedAfterAQuestion() {
        select("lab one");
        Robot.display().asyncExec(() -> action(ActionFactory.RENAME).run());
        var dialog = Robot.dialog(Messages.recordings_renameTitle);
        Robot.ui(() -> Robot.all(dialog, Text.class).getFirst().setText("lab two"));
        Robot.press(dialog, "OK");
        Robot.until("it is renamed", () -> line("lab two") != null && line("lab one") == null);
        select("lab two");
        Robot.display().asyncExec(() -> action(ActionFactory.DELETE).run());
        Robot.press(Robot.dialog(Messages.recordings_title), "No");
        assertTrue(Files.exists(folder.resolve("lab two.mailtrace")));
        Robot.display().asyncExec(() -> action(ActionFactory.DELETE).run());
        Robot.press(Robot.dialog(Messages.recordings_title), "Yes");
        Robot.until("it is deleted", () -> line("lab two") == null);
        assertFalse(Files.exists(folder.resolve("lab two.mailtrace")));
    }

    @Test
    void theLiveOneIsNeitherRenamedNorDeleted() {
        Robot.ui(() -> {
            table().setSelection(0);
            table().notifyListeners(SWT.Selection, new Event());
        });
        assertFalse(Robot.ask(() -> action(ActionFactory.DELETE).isEnabled()));
        assertFalse(Robot.ask(() -> action(ActionFactory.RENAME).isEnabled()));
    }

    @Test
    void aDamagedOneSaysSoAndAStrangersFileWhy() throws IOException {
        var octets = Files.readAllBytes(folder.resolve("lab one.mailtrace"));
        Arrays.fill(octets, 0, 8_192, (byte) 0);
        Files.write(folder.resolve("lab cut.mailtrace"), octets);
        Files.writeString(folder.resolve("lab text.mailtrace"), "Dear diary");
        refreshed("lab cut");
        refreshed("lab text");
        assertTrue(Robot.ask(() -> line("lab cut")).contains("ends with event"), Robot.ask(() -> line("lab cut")));
        assertTrue(Robot.ask(() -> line("lab text")).contains("is no recording of Mailscope"));
    }

    @Test
    void oneIsImportedUnderANameOfItsOwnAndSavedElsewhere() throws Exception {
        var file = elsewhere.resolve("lab one.mailtrace");
        try (var from = Recording.open(folder.resolve("lab one.mailtrace"))) {
            RecordingCopy.write(from, file, (done, all) -> true);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var actions = Robot.ask(() -> new RecordingActions(view, null));
        Robot.ui(() -> actions.bring(List.of(file)));
        Robot.until("it is there beside the other", () -> line("lab one (2)") != null);
        assertEquals("rw-------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("lab one (2).mailtrace"))));
        var live = Mailscope.get().server().recording();
        var saved = elsewhere.resolve("live.mailtrace");
        var job = new SaveAsJob(() -> live, () -> { }, saved);
        job.schedule();
        job.join();
        assertTrue(job.getResult().isOK(), job.getResult().toString());
        try (var again = Recording.open(saved)) {
            assertEquals("", again.status().reason());
            assertTrue(again.last() > 1);
            assertEquals(live.event(again.last()), again.event(again.last()));
        }
    }

    @Test
    void aNameThatCannotBeIsRefused() {
        var file = folder.resolve("lab one.mailtrace");
        assertNull(RecordingActions.problem(file, "lab two"));
        assertNull(RecordingActions.problem(file, "lab one"));
        assertNotNull(RecordingActions.problem(file, "../out"));
        assertNotNull(RecordingActions.problem(file, " "));
        assertNotNull(RecordingActions.problem(elsewhere.resolve("x").resolveSibling("y.mailtrace"), ".hidden"));
    }

    private void record(String name) throws IOException {
        Files.createDirectories(folder);
        try (var server = MailServer.open(ServerConfig.sample().withRecording(folder.resolve(name + ".mailtrace")))) {
            server.deliver("alice", "INBOX", "Subject: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void refreshed(String name) {
        Robot.ui(view::refresh);
        Robot.until(name + " is shown", () -> line(name) != null);
    }

    private String line(String name) {
        return view.lines().stream().filter(line -> line.startsWith(name + "\t")).findFirst().orElse(null);
    }

    private IAction action(ActionFactory like) {
        return view.getViewSite().getActionBars().getGlobalActionHandler(like.getId());
    }

    private void select(String name) {
        Robot.until("it can be selected", () -> {
            var item = Arrays.stream(table().getItems()).filter(i -> i.getText().equals(name)).findFirst();
            item.ifPresent(i -> {
                table().setFocus();
                table().setSelection(i);
                var event = new Event();
                event.item = i;
                table().notifyListeners(SWT.Selection, event);
            });
            return item.isPresent() && view.selected().size() == 1 && view.selected().getFirst().name().equals(name);
        });
    }

    private static Table table() {
        return Robot.all(Table.class).stream().filter(table -> table.getColumnCount() == 8).findFirst().orElseThrow();
    }
}
