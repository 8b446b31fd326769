package dev.mailscope.ui.classroom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.AccountMail;
import dev.mailscope.server.classroom.ClassList;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.trace.TraceView;

/** A class at the server, which is open to a network: another loopback address. */
class ClassroomViewTest {
    private static final String TITLE = "Open to the Network";

    @TempDir
    private Path folder;
    private final List<Socket> sockets = new ArrayList<>();
    private Lesson lesson;
    private WorkbenchServer server;

    /** A student's mail program, over TLS. */
    private record Student(Socket socket, BufferedReader in) {
        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var begin = command.substring(0, command.indexOf(' ') + 1);
            var line = in.readLine();
            while (line != null && !line.startsWith(begin)) {
                line = in.readLine();
            }
            return line;
        }
    }

    @BeforeEach
    void open() {
        Robot.openPerspective();
        lesson = Mailscope.get().lesson();
        server = Mailscope.get().server();
    }

    @AfterEach
    void end() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        Robot.ui(() -> List.of(Robot.display().getShells()).stream().filter(shell -> !shell.isDisposed()
                && Set.of(TITLE, "Close to the Network").contains(shell.getText())).forEach(Shell::close));
        Robot.ui(lesson::end);
        Robot.until("no class is open", () -> !lesson.isBusy() && server.guest().isEmpty());
        if (server.situation().state() == WorkbenchServer.State.STOPPED) {
            server.start();
        }
        Robot.until("the server of the workbench runs again",
                () -> server.situation().state() == WorkbenchServer.State.RUNNING);
    }

    @Test
    void theDialogNamesWhatIsWrong() {
        var dialog = dialog();
        assertFalse(Robot.ask(() -> button(dialog, TITLE).isEnabled()), "nobody is on the list");
        type(dialog, "anna\nAnna B\nben,short\ncarl");
        assertFalse(Robot.ask(() -> button(dialog, TITLE).isEnabled()));
        assertTrue(texts(dialog).contains("line 3: the password of ben can be guessed"), texts(dialog));
        type(dialog, "anna\nben\nanna");
        assertTrue(texts(dialog).contains("line 3: \"anna\" has the user name anna of line 1"), texts(dialog));
        type(dialog, "anna\nben");
        assertTrue(Robot.ask(() -> button(dialog, TITLE).isEnabled()));
        assertTrue(texts(dialog).contains("2 students."), texts(dialog));
        for (var none : List.of("no address", "face.de", "192.0.2.256", "192.0.2", "bad:", ".:1", "")) {
            address(dialog, none);
            Robot.press(dialog, TITLE);
            assertTrue(texts(dialog).contains("\u201C" + none + "\u201D is no address such as"), texts(dialog));
        }
        address(dialog, "192.0.2.7");
        Robot.press(dialog, TITLE);
        assertTrue(texts(dialog).contains("does not have the address 192.0.2.7"), texts(dialog));
        assertTrue(server.guest().isEmpty());
    }

    @Test
    void twoStudentsAreSeenApart() throws Exception {
        openForTwo();
        assertEquals("127.0.0.2", server.endpoint("imaps").orElseThrow().address().getAddress().getHostAddress());
        assertTrue(server.config().tls().required());
        assertEquals(List.of("anna", "ben.ali"), List.copyOf(server.recording().live().server().accounts().keySet()));
        assertTrue(server.accounts().isEmpty(), "no view can show a student's password");
        var banner = banner();
        assertTrue(banner.startsWith("Open to the network on 127.0.0.2 (IMAP"), banner);
        var anna = student();
        var ben = student();
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
        pictures("31-classroom");
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
        openForTwo();
        var opened = lesson.opened().orElseThrow();
        var certificate = opened.server().certificate();
        assertEquals(opened.handOut().fingerprint(), certificate.fingerprint());
        assertNotEquals(made, List.of(certificate.fingerprint()));
        assertEquals("CN=127.0.0.2,O=Mailscope", certificate.certificate().getSubjectX500Principal().getName());
        assertArrayEquals(own, Files.readAllBytes(server.selfSignedFile()), "clients of the own server know that one");
        Robot.ui(lesson::end);
        Robot.until("it is closed", () -> !lesson.isBusy());
        openForTwo();
        assertEquals(certificate.fingerprint(), lesson.opened().orElseThrow().handOut().fingerprint(),
                "the next time students know it");
    }

    @Test
    void closingBringsBackWhatWasBefore() throws Exception {
        var before = server.ownRecording();
        openForTwo();
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
        openForTwo();
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
    void afterCancelNothingListensForTheClass() throws Exception {
        server.stop();
        Robot.until("the server of the workbench is stopped", () -> server.situation().state()
                == WorkbenchServer.State.STOPPED);
        var before = classRecordings();
        var dialog = dialogForTwo();
        var lab = Files.writeString(folder.resolve("lab.md"), "# A Lab\n\n## A Step\n\nNothing to do.\n");
        var labs = Mailscope.get().labs();
        // On the UI thread, where it would be shown as open: its server is made, and the user says no.
        Robot.ui(() -> {
            press(dialog, TITLE);
            join("Opening the server to the network");
            labs.open(lab);
            join("Opening the lab lab.md");
            press(dialog, "Cancel");
        });
        Robot.until("it is given up", () -> !lesson.isBusy() && !labs.isBusy());
        assertTrue(labs.problem().startsWith("The server is open to the network"), labs.problem());
        Robot.ui(labs::leaveLab);
        Robot.until("no lab is open", () -> !labs.isBusy());
        assertTrue(server.guest().isEmpty() && lesson.opened().isEmpty());
        assertEquals(WorkbenchServer.State.STOPPED, server.situation().state(), "it did not run before");
        assertEquals("", InstanceScope.INSTANCE.getNode(Mailscope.ID).get("classroom.open", ""));
        assertEquals(before, classRecordings(), "nobody was there");
    }

    @Test
    void cancelBeforeTheOwnServerHasStoppedMakesNone() throws Exception {
        var before = classRecordings();
        var dialog = dialogForTwo();
        Robot.ui(() -> {
            press(dialog, TITLE);
            press(dialog, "Cancel");
        });
        Robot.until("the server of the workbench runs again", () -> !lesson.isBusy()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertEquals(before, classRecordings());
        assertTrue(server.guest().isEmpty() && lesson.opened().isEmpty());
    }

    @Test
    void whatFailsLeavesTheOwnServerAsItWas() throws Exception {
        var before = server.ownRecording();
        var recordings = classRecordings();
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
        assertEquals(recordings, classRecordings());
        openForTwo();
    }

    @Test
    void accountsBeginAsALabSetsThemUp() throws Exception {
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject("Class");
        project.create(null);
        project.open(null);
        project.getFile("mine.lab.md").create(new ByteArrayInputStream(("# Mine\n\n```setup\naccount me secret7\n```\n\n"
                + "## A Step\n\nText.\n").getBytes(StandardCharsets.US_ASCII)), true, null);
        try {
            chooseALab();
        } finally {
            project.delete(true, true, null);
        }
    }

    private void chooseALab() throws Exception {
        var dialog = dialogForTwo();
        choose(dialog, "what a lab sets up:");
        Robot.until("the labs are read", () -> labs(dialog).isEnabled());
        assertTrue(Robot.ask(() -> List.of(labs(dialog).getItems())).contains("Mine (Class/mine.lab.md)"));
        Robot.ui(() -> {
            labs(dialog).select(labs(dialog).indexOf("Which protocol?: ida"));
            labs(dialog).notifyListeners(SWT.Selection, new Event());
        });
        assertTrue(texts(dialog).contains("Each student gets the folders and mail of ida, as the lab sets them up, and a"
                + " password of their own. Not taken: the account pat; the devices PopLaptop, PopPhone, ImapLaptop,"
                + " ImapPhone; what its steps do."), texts(dialog));
        pictures("30-open-to-the-network-lab");
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
        var dialog = dialogForTwo();
        var part = beginning(dialog);
        var wrong = Files.writeString(folder.resolve("wrong.md"), "# T\n\n## S\n\n```check\nIt: nothing ==\n```\n");
        Robot.ui(() -> part.take(wrong));
        Robot.until("its problem is said", () -> texts(dialog).contains(wrong + ": line 6"));
        var none = Files.writeString(folder.resolve("none.md"), "# T\n\n## S\n\nText.\n");
        Robot.ui(() -> part.take(none));
        Robot.until("it is refused", () -> texts(dialog).contains(none + " sets up no account"));
        Robot.ui(() -> part.take(folder.resolve("missing.md")));
        Robot.until("it is missed", () -> texts(dialog).contains("missing.md cannot be read"));
        var lost = Files.writeString(folder.resolve("lost.md"), "# Lost\n\n```setup\naccount bob secret7\nmail bob Nowhere\n"
                + "  Subject: Lost\n```\n\n## S\n\nText.\n");
        Robot.ui(() -> part.take(lost));
        Robot.until("it is chosen", () -> Robot.ask(() -> labs(dialog).getText()).equals("Lost (lost.md)"));
        Robot.press(dialog, TITLE);
        Robot.until("its line is named", () -> texts(dialog).contains("Line 5 of the lab cannot be done"));
        Robot.until("the server of the workbench runs again", () -> !lesson.isBusy()
                && server.situation().state() == WorkbenchServer.State.RUNNING);
        assertTrue(lesson.opened().isEmpty());
    }

    @Test
    void noLabIsOpenedMeanwhile() throws Exception {
        openForTwo();
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

    private void openForTwo() throws Exception {
        var dialog = dialogForTwo();
        pictures("30-open-to-the-network");
        Robot.press(dialog, TITLE);
        Robot.until("it is open", () -> lesson.opened().isPresent());
        Robot.until("the dialog is closed", dialog::isDisposed);
        Robot.caughtUp();
    }

    private static Shell dialogForTwo() {
        var dialog = dialog();
        type(dialog, "# a class\n\"anna\", anna-s-password\nBen Ali, ben-s-password");
        address(dialog, "127.0.0.2");
        return dialog;
    }

    /** Presses a button; on the UI thread. */
    private static void press(Shell dialog, String text) {
        button(dialog, text).notifyListeners(SWT.Selection, new Event());
    }

    /** Waits for the Jobs of that name. */
    private static void join(String job) {
        for (var each : Job.getJobManager().find(null)) {
            if (each.getName().equals(job)) {
                try {
                    each.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private List<Path> classRecordings() throws IOException {
        try (var files = Files.list(server.recordingsFolder())) {
            return files.filter(file -> file.toString().endsWith("-class.mailtrace")).sorted().toList();
        }
    }

    private static Shell dialog() {
        Robot.startCommand("dev.mailscope.ui.classroom.open");
        return Robot.dialog(TITLE);
    }

    private static void type(Shell dialog, String list) {
        Robot.ui(() -> Robot.all(dialog, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow()
                .setText(list));
    }

    private static void address(Shell dialog, String address) {
        Robot.ui(() -> Robot.all(dialog, Combo.class).getFirst().setText(address));
    }

    private static void choose(Shell dialog, String radio) {
        Robot.ui(() -> Robot.all(dialog, Button.class).stream().filter(b -> (b.getStyle() & SWT.RADIO) != 0)
                .forEach(b -> b.setSelection(b.getText().replace("&", "").equals(radio))));
        Robot.ui(() -> press(dialog, radio));
    }

    private static Combo labs(Shell dialog) {
        return Robot.all(dialog, Combo.class).getLast();
    }

    private static BeginningPart beginning(Shell dialog) {
        return Robot.ask(() -> ((OpenDialog) dialog.getData()).beginning());
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

    private static String texts(Shell dialog) {
        return Robot.ask(() -> Robot.all(dialog, Label.class).stream().map(Label::getText)
                .collect(Collectors.joining("\n")) + Robot.all(dialog, Text.class).stream().map(Text::getText)
                .collect(Collectors.joining("\n")));
    }

    /** How much of a control's width its parents let see. */
    private static int seen(Control control) {
        var least = control.getSize().x;
        for (var parent = control.getParent(); parent != null; parent = parent.getParent()) {
            least = Math.min(least, parent.getSize().x);
        }
        return least;
    }

    private static Button button(Shell dialog, String text) {
        return Robot.all(dialog, Button.class).stream().filter(b -> b.getText().replace("&", "").equals(text))
                .findFirst().orElseThrow();
    }

    private static void pictures(String name) throws IOException, InterruptedException {
        if (Pictures.areWanted()) {
            Robot.ui(() -> Robot.window().getShell().setMaximized(true));
            Pictures.take(name);
            Pictures.theme(Pictures.DARK);
            Pictures.take(name + "-dark");
            Pictures.theme(Pictures.LIGHT);
        }
    }

    private Student student() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new OnlyOurs(lesson.opened().orElseThrow().server().certificate()
                .certificate())}, null);
        var to = server.endpoint("imaps").orElseThrow().address();
        var socket = context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
        sockets.add(socket);
        var student = new Student(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.US_ASCII)));
        assertTrue(student.in().readLine().startsWith("* OK"));
        return student;
    }

    /** Trusts the class's certificate and no other. */
    private record OnlyOurs(X509Certificate certificate) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            assertEquals(certificate, chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {certificate};
        }
    }
}
