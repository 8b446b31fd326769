package dev.mailscope.ui.classroom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer;

/** A class's server in the workbench, and the dialog that opens it. On another loopback address: the network. */
final class ClassroomBench {
    static final String TITLE = "Open to the Network";

    private final List<Socket> sockets = new ArrayList<>();
    private final Lesson lesson = Mailscope.get().lesson();
    private final WorkbenchServer server = Mailscope.get().server();

    /** A student's mail program. */
    record Student(Socket socket, BufferedReader in) {
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

    /** Ends the class; the server of the workbench runs again. */
    void close() throws IOException {
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

    Shell dialog() {
        Robot.startCommand("dev.mailscope.ui.classroom.open");
        return Robot.dialog(TITLE);
    }

    Shell dialogForTwo() {
        var dialog = dialog();
        type(dialog, "# a class\n\"anna\", anna-s-password\nBen Ali, ben-s-password");
        address(dialog, "127.0.0.2");
        return dialog;
    }

    void openForTwo() throws Exception {
        var dialog = dialogForTwo();
        pictures("30-open-to-the-network");
        Robot.press(dialog, TITLE);
        Robot.until("it is open", () -> lesson.opened().isPresent());
        Robot.until("the dialog is closed", dialog::isDisposed);
        Robot.caughtUp();
    }

    void type(Shell dialog, String list) {
        Robot.ui(() -> Robot.all(dialog, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow()
                .setText(list));
    }

    void address(Shell dialog, String address) {
        Robot.ui(() -> Robot.all(dialog, Combo.class).getFirst().setText(address));
    }

    void choose(Shell dialog, String radio) {
        Robot.ui(() -> Robot.all(dialog, Button.class).stream().filter(b -> (b.getStyle() & SWT.RADIO) != 0)
                .forEach(b -> b.setSelection(b.getText().replace("&", "").equals(radio))));
        Robot.ui(() -> press(dialog, radio));
    }

    Combo labs(Shell dialog) {
        return Robot.all(dialog, Combo.class).getLast();
    }

    void chooseLab(Shell dialog, String lab) {
        Robot.ui(() -> {
            labs(dialog).select(labs(dialog).indexOf(lab));
            labs(dialog).notifyListeners(SWT.Selection, new Event());
        });
    }

    BeginningPart beginning(Shell dialog) {
        return Robot.ask(() -> ((OpenDialog) dialog.getData()).beginning());
    }

    String texts(Shell dialog) {
        return Robot.ask(() -> Robot.all(dialog, Label.class).stream().map(Label::getText)
                .collect(Collectors.joining("\n")) + Robot.all(dialog, Text.class).stream().map(Text::getText)
                .collect(Collectors.joining("\n")));
    }

    Button button(Shell dialog, String text) {
        return Robot.all(dialog, Button.class).stream().filter(b -> b.getText().replace("&", "").equals(text))
                .findFirst().orElseThrow();
    }

    /** Presses a button; on the UI thread. */
    void press(Shell dialog, String text) {
        button(dialog, text).notifyListeners(SWT.Selection, new Event());
    }

    /** Waits for the Jobs of that name. */
    void join(String job) {
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

    List<Path> classRecordings() throws IOException {
        try (var files = Files.list(server.recordingsFolder())) {
            return files.filter(file -> file.toString().endsWith("-class.mailtrace")).sorted().toList();
        }
    }

    /** A student's mail program, over TLS; it trusts the class's certificate and no other, for the address it names. */
    Student student() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("class", lesson.opened().orElseThrow().server().certificate().certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var to = server.endpoint("imaps").orElseThrow().address();
        var socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
        sockets.add(socket);
        var checking = socket.getSSLParameters();
        checking.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checking);
        var student = new Student(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.US_ASCII)));
        assertTrue(student.in().readLine().startsWith("* OK"));
        return student;
    }

    void pictures(String name) throws IOException, InterruptedException {
        if (Pictures.areWanted()) {
            Robot.ui(() -> Robot.window().getShell().setMaximized(true));
            Pictures.take(name);
            Pictures.theme(Pictures.DARK);
            Pictures.take(name + "-dark");
            Pictures.theme(Pictures.LIGHT);
        }
    }
}
