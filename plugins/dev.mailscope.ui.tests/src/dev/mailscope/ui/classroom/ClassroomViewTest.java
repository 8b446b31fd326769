package dev.mailscope.ui.classroom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.trace.TraceView;

/** A class at the server, which is open to a network. */
class ClassroomViewTest {
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
    void twoStudentsAreSeenApart() throws Exception {
        bench.openForTwo();
        assertEquals("127.0.0.2", server.endpoint("imaps").orElseThrow().address().getAddress().getHostAddress());
        assertTrue(server.config().tls().required());
        assertEquals(List.of("anna", "ben.ali"), List.copyOf(server.recording().live().server().accounts().keySet()));
        assertTrue(server.accounts().isEmpty(), "no view can show a student's password");
        var banner = banner();
        assertTrue(banner.startsWith("Open to the network on 127.0.0.2 (IMAP"), banner);
        var anna = bench.student();
        var ben = bench.student();
        assertTrue(ben.ask("b1 LOGIN ben.ali ben-s-password").startsWith("b1 OK"));
        assertTrue(anna.ask("a1 LOGIN anna wrong").startsWith("a1 NO"));
        assertTrue(anna.ask("a2 LOGIN anna anna-s-password").startsWith("a2 OK"));
        assertTrue(ben.ask("b2 CREATE Homework").startsWith("b2 OK"));
        assertTrue(anna.ask("a3 SELECT INBOX").startsWith("a3 OK"));
        var view = Robot.view(Mailscope.CLASSROOM_VIEW, ClassroomView.class);
        Robot.until("both are seen", () -> Robot.ask(() -> view.lines().stream()
                .map(line -> line.replaceAll("\\d\\d:\\d\\d:\\d\\d", "now").replaceAll("\\d+$", "n")).toList()
                .equals(List.of("anna\tanna\t1\tSelected\tSELECT\tnow\t1\tn",
                        "Ben Ali\tben.ali\t1\tAuthenticated\tCREATE\tnow\t0\tn"))));
        Robot.until("the banner counts them", () -> banner().contains("2 of 2 students connected."));
        Robot.until("the status line says so, in full", () -> Robot.ask(() -> Robot.all(Link.class).stream()
                .anyMatch(link -> link.getText().equals("Open to the network on 127.0.0.2: 2 of 2 students connected."
                        + " <a>Close</a>") && seen(link) >= link.computeSize(SWT.DEFAULT, SWT.DEFAULT).x)));
        showTraceOf(view, 0);
        bench.pictures("31-classroom");
        var trace = Robot.view(Mailscope.TRACE_VIEW, TraceView.class).trace();
        assertEquals("user == 'anna'", Robot.ask(() -> trace.filter().text()));
        var file = folder.resolve("anna.mailtrace");
        Robot.ui(() -> actions(view).save("anna", file));
        Robot.until("it is saved", () -> Files.exists(file));
        try (var part = Recording.open(file)) {
            assertEquals(List.of("anna"), List.copyOf(part.live().server().accounts().keySet()));
            assertEquals(Set.of("anna"), part.live().sessions().values().stream().map(s -> s.user())
                    .collect(Collectors.toSet()));
        }
    }

    @Test
    void theClassHasACertificateForItsAddress() throws Exception {
        var made = new ArrayList<String>();
        Robot.ui(() -> server.certificate(found -> made.add(found.fingerprint()), made::add));
        Robot.until("the own server has one", () -> !made.isEmpty());
        var own = Files.readAllBytes(server.selfSignedFile());
        bench.openForTwo();
        var opened = lesson.opened().orElseThrow();
        var certificate = opened.server().certificate();
        assertEquals(opened.handOut().fingerprint(), certificate.fingerprint());
        assertNotEquals(made, List.of(certificate.fingerprint()));
        assertEquals("CN=127.0.0.2,O=Mailscope", certificate.certificate().getSubjectX500Principal().getName());
        assertArrayEquals(own, Files.readAllBytes(server.selfSignedFile()), "clients of the own server know that one");
        Robot.ui(lesson::end);
        Robot.until("it is closed", () -> !lesson.isBusy());
        bench.openForTwo();
        assertEquals(certificate.fingerprint(), lesson.opened().orElseThrow().handOut().fingerprint(),
                "the next time students know it");
    }

    @Test
    void closingBringsBackWhatWasBefore() throws Exception {
        var before = server.ownRecording();
        bench.openForTwo();
        Robot.startCommand("dev.mailscope.ui.classroom.close");
        Robot.press(Robot.dialog("Close to the Network"), "OK");
        Robot.until("the server of the workbench runs again", () -> server.guest().isEmpty()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertEquals(before, server.recording());
        assertTrue(server.endpoint("imap").orElseThrow().address().getAddress().isLoopbackAddress());
        assertEquals("127.0.0.1", server.endpoint("imap").orElseThrow().address().getAddress().getHostAddress());
        assertEquals("", banner());
        assertEquals("", InstanceScope.INSTANCE.getNode(Mailscope.ID).get("classroom.open", ""));
        var view = Robot.view(Mailscope.CLASSROOM_VIEW, ClassroomView.class);
        Robot.ui(() -> actions(view).saveAll(folder));
        Robot.until("all are saved, from the file", () -> Files.exists(folder.resolve("anna.mailtrace"))
                && Files.exists(folder.resolve("ben.ali.mailtrace")));
        var handOut = folder.resolve("accounts.txt");
        Robot.ui(() -> actions(view).saveHandOut(handOut));
        Robot.until("the hand-out is saved", () -> Files.exists(handOut));
        assertTrue(Files.readString(handOut).contains("anna-s-password"));
    }

    @Test
    void tracesAreSavedWhileItIsClosed() throws Exception {
        bench.openForTwo();
        var of = lesson.opened().orElseThrow();
        var parts = List.of(new SaveTracesJob.Part("anna", folder.resolve("anna.mailtrace")));
        var jobs = List.of(new SaveTracesJob(lesson, of, parts), new SaveTracesJob(lesson, of, parts));
        jobs.forEach(job -> job.setUser(false)); // no dialog
        // The turn is had here: the class is closed and a trace is to be saved, both wait.
        Job.getJobManager().beginRule(lesson.turns(), null);
        try {
            Robot.ui(lesson::end);
            Robot.until("it does not listen", () -> !of.server().isRunning());
            jobs.getFirst().schedule();
            assertTrue(lesson.isRecording(of));
        } finally {
            Job.getJobManager().endRule(lesson.turns());
        }
        jobs.getFirst().join();
        Robot.until("it is closed", () -> !lesson.isBusy());
        jobs.getLast().schedule();
        jobs.getLast().join();
        for (var job : jobs) {
            assertTrue(job.getResult().isOK(), () -> job.getResult().toString());
        }
        assertFalse(lesson.isRecording(of));
    }

    @Test
    void noLabIsOpenedMeanwhile() throws Exception {
        bench.openForTwo();
        var lab = Files.writeString(folder.resolve("lab.md"), "# A Lab\n\n## A Step\n\nNothing to do.\n");
        var labs = Mailscope.get().labs();
        try {
            Robot.ui(() -> labs.open(lab));
            Robot.until("it is refused", () -> labs.problem().startsWith("The server is open to the network"));
            assertEquals("Class", server.guest().orElseThrow().name());
        } finally {
            Robot.ui(labs::leaveLab);
            Robot.until("no lab is open", () -> !labs.isBusy());
        }
        assertEquals("Class", server.guest().orElseThrow().name());
    }

    @Test
    void whatWasOpenAtTheEndIsSaidAndIsClosed() {
        InstanceScope.INSTANCE.getNode(Mailscope.ID).put("classroom.open", "192.0.2.7");
        var next = new Lesson(server);
        assertTrue(next.opened().isEmpty());
        assertEquals("The server was open to the network, on 192.0.2.7, when Eclipse ended. It is closed now; its trace"
                + " is in Recordings.", next.notice());
        assertEquals("", new Lesson(server).notice(), "it is said once");
    }

    private static String banner() {
        return Robot.ask(() -> Robot.all(LessonBanner.class).stream().map(LessonBanner::said).distinct()
                .collect(Collectors.joining("|")));
    }

    private static ClassroomActions actions(ClassroomView view) {
        return new ClassroomActions(view, view.viewer());
    }

    private static void showTraceOf(ClassroomView view, int row) {
        Robot.ui(() -> {
            view.viewer().setSelection(new StructuredSelection(view.viewer().getElementAt(row)));
            actions(view).showTrace();
        });
    }

    /** How much of a control's width its parents let see. */
    private static int seen(Control control) {
        var least = control.getSize().x;
        for (var parent = control.getParent(); parent != null; parent = parent.getParent()) {
            least = Math.min(least, parent.getSize().x);
        }
        return least;
    }
}
