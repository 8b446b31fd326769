package dev.mailscope.ui.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.device.DevicesView;
import dev.mailscope.ui.trace.TraceView;

class RecordingEditorTest {
    @TempDir
    private Path folder;

    private Path file;
    private Focus focus;

    @BeforeEach
    void record() throws IOException {
        Robot.openPerspective();
        focus = Mailscope.get().focus();
        file = folder.resolve("lab.mailtrace");
        try (var server = MailServer.open(ServerConfig.sample().withRecording(file))) {
            server.deliver("alice", "Projects", "Subject: From the recording\r\n\r\nhello\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            server.removeAccount("alice");
        }
    }

    @AfterEach
    void closeEditors() {
        Robot.ui(() -> Robot.page().closeAllEditors(false));
        assertTrue(Robot.ask(focus::isLive), "without the editor the views are live again");
    }

    @Test
    void itsMomentsAreShownByAllViewsWhileItIsActive() {
        var editor = open(file);
        Robot.until("it is open", () -> editor.trace() != null && !focus.source().isServer());
        assertTrue(Robot.ask(() -> focus.moment().server().accounts().isEmpty()));
        Robot.until("the banner says so", () -> banner().contains("lab.mailtrace"));
        Robot.command("dev.mailscope.ui.history.change.previous");
        Robot.until("the last change is selected", () -> focus.selected() != null);
        Robot.command("dev.mailscope.ui.history.change.previous");
        Robot.until("the mail of the recording is there", () -> focus.moment().server().account("alice")
                .filter(a -> a.folder("Projects").orElseThrow().size() == 2).isPresent());
        Robot.until("Mail Server shows it", () -> Robot.all(Tree.class).stream()
                .anyMatch(tree -> String.join("\n", Robot.lines(tree)).contains("Projects")));
        var devices = Robot.view(Mailscope.DEVICES_VIEW, DevicesView.class);
        Robot.until("Devices says that its own are not of the recording", () -> Robot.all(Label.class).stream()
                .anyMatch(label -> label.getText().contains("lab.mailtrace")
                        && label.getText().contains("the workbench's own")));
        Robot.ui(() -> Robot.page().hideView(devices));
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        assertTrue(Robot.ask(focus::isLive), "the Trace view is about the server");
        Robot.ui(() -> Robot.page().activate(editor));
        assertTrue(Robot.ask(() -> focus.selected() != null), "the editor is where it was");
    }

    @Test
    void aCaptureIsImportedAndSaidToBeInferred() throws Exception {
        var capture = folder.resolve("wire.pcapng");
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            server.start();
            try (var socket = new Socket("127.0.0.1", server.endpoints().stream()
                    .filter(endpoint -> endpoint.protocol().equals("imap")).findFirst().orElseThrow().address()
                    .getPort())) {
                socket.getOutputStream().write("a LOGIN alice secret\r\nb SELECT INBOX\r\nc LOGOUT\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            }
            Robot.until("the session has ended", () -> server.trace().live().sessions().isEmpty());
            Export.write(Format.PCAPNG, Selection.all(server.trace()), capture, Progress.NONE);
        }
        var editor = open(capture);
        Robot.until("it is imported", () -> editor.trace() != null && !focus.source().isServer());
        Robot.until("the banner says so", () -> banner().contains("wire.pcapng") && banner().contains("inferred"));
        assertEquals(3, Robot.ask(() -> focus.moment().server().account("alice").orElseThrow().inbox().size()));
        assertTrue(Robot.ask(editor::isSaveAsAllowed));
        shot("imported");
    }

    @Test
    void whatIsNoRecordingIsRefusedInWords() throws IOException {
        Files.writeString(file, "no recording");
        open(file);
        Robot.until("it says so", () -> Robot.all(Text.class).stream()
                .anyMatch(text -> text.getText().contains("lab.mailtrace cannot be opened")));
        assertTrue(Robot.ask(focus::isLive));
    }

    @Test
    void aForkGoesItsOwnWayAndIsCompared() throws IOException {
        Robot.command("dev.mailscope.ui.fork");
        Robot.until("the fork's trace is shown", () -> focus.source().name().startsWith("Fork of event")
                && Robot.page().getActiveEditor() instanceof RecordingEditor editor && editor.trace() != null);
        assertFalse(Robot.ask(focus::isLive));
        var fork = Robot.ask(() -> ((ForkInput) Robot.page().getActiveEditor().getEditorInput()).fork());
        assertEquals(2, fork.ports().split(", ").length);
        Mailscope.get().server().deliver("alice", "INBOX", "Subject: only there\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        Robot.until("it is delivered", () -> focus.server().newest().server().account("alice").orElseThrow().inbox()
                .size() == 4);
        var deleted = "INBOX: message deleted (UID 4";
        Robot.press(Robot.window().getShell(), "Compare with the Server");
        Robot.until("the difference is shown", () -> Robot.all(StyledText.class).stream()
                .anyMatch(text -> text.getText().contains(deleted)));
        fork.source().recording().record(0, "", 0, "", "", "", new What.Remark("only here"));
        var trace = Robot.ask(() -> ((RecordingEditor) Robot.page().getActiveEditor()).trace());
        var all = fork.source().recording().last() + " events";
        Robot.until("the fork's event is in its trace", () -> Robot.all(trace, Label.class).stream()
                .anyMatch(label -> label.getText().equals(all)));
        assertTrue(Robot.ask(() -> Robot.all(StyledText.class).stream()
                .anyMatch(text -> text.getText().contains(deleted))), "the difference stays while the fork goes on");
        assertEquals(3, focus.moment().server().account("alice").orElseThrow().inbox().size());
    }

    @Test
    void mailServerSaysWhereTheClientsOfWhatItShowsConnectTo() {
        var own = port("IMAP", Robot.ask(RecordingEditorTest::line));
        Robot.command("dev.mailscope.ui.fork");
        Robot.until("the fork is shown", () -> focus.source().name().startsWith("Fork of event"));
        var ports = Robot.ask(() -> ((ForkInput) Robot.page().getActiveEditor().getEditorInput()).fork().ports());
        var line = Robot.ask(RecordingEditorTest::line);
        assertTrue(line.startsWith("Fork of event"), line);
        assertNotEquals(own, port("IMAP", line));
        assertTrue(ports.contains("IMAP 127.0.0.1:" + port("IMAP", line)), ports);
        assertTrue(ports.contains("POP3 127.0.0.1:" + port("POP3", line)), ports);
        assertTrue(Robot.ask(RecordingEditorTest::curl)
                .contains("alice:secret imap://127.0.0.1:" + port("IMAP", line) + "/"));
        open(file);
        Robot.until("the recording is shown", () -> focus.source().name().equals("lab.mailtrace"));
        assertEquals("lab.mailtrace \u2013 A recording: no server runs to connect to",
                Robot.ask(RecordingEditorTest::line));
        assertEquals("", Robot.ask(RecordingEditorTest::curl));
        Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        assertEquals(own, port("IMAP", Robot.ask(RecordingEditorTest::line)));
        assertTrue(Robot.ask(RecordingEditorTest::curl).contains("imap://127.0.0.1:" + own + "/"));
    }

    private static String line() {
        return Robot.all(Label.class).stream().map(Label::getText)
                .filter(text -> text.contains("Running on") || text.contains("A recording:")).findFirst().orElse("");
    }

    private static String curl() {
        return Robot.all(Text.class).stream().map(Text::getText).filter(text -> text.startsWith("curl ")).findFirst()
                .orElse("");
    }

    private static String port(String protocol, String line) {
        return line.replaceFirst(".*\\b" + protocol + "\u00A0(\\d+).*", "$1");
    }

    private static RecordingEditor open(Path path) {
        return Robot.ask(() -> {
            try {
                return (RecordingEditor) Robot.page()
                        .openEditor(new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(path.toUri())),
                                RecordingEditor.ID);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void shot(String name) throws Exception {
        var pictures = System.getProperty("mailscope.screenshots", "");
        if (!pictures.isEmpty()) {
            Robot.screenshot(Path.of(pictures, name + ".png"));
        }
    }

    private static String banner() {
        return Robot.all(Label.class).stream().map(Label::getText).filter(text -> text.startsWith("Showing"))
                .findFirst().orElse("");
    }
}
