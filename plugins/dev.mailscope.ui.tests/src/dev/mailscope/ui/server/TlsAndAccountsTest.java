package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.WorkbenchServer;

class TlsAndAccountsTest {
    @TempDir
    private Path folder;

    private WorkbenchServer server;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        server = Mailscope.get().server();
    }

    @AfterEach
    void closeDialogs() {
        Robot.ui(() -> List.of(Robot.display().getShells()).stream()
                .filter(shell -> !shell.isDisposed() && Set.of("TLS and Certificate", "Accounts")
                        .contains(shell.getText())).forEach(Shell::close));
    }

    @Test
    void theCertificateIsShownAndIsTheOneThatIsKept() throws Exception {
        Robot.startCommand("dev.mailscope.ui.server.tls");
        var dialog = Robot.dialog("TLS and Certificate");
        Robot.until("the certificate is shown", () -> texts(dialog).contains("CN="));
        var shown = Robot.ask(() -> texts(dialog));
        assertTrue(shown.contains("localhost"), shown);
        assertTrue(shown.contains(server.selfSignedFile().toString()), shown);
        assertTrue(Files.exists(server.selfSignedFile()));
        var message = new StringBuilder();
        Robot.ui(() -> {
            var group = new CertificateGroup(dialog, (kind, text) -> message.append(text));
            server.certificate(found -> {
                group.show(found, server.selfSignedFile());
                group.export(folder.resolve("server.pem"));
            }, message::append);
        });
        Robot.until("it is exported", () -> message.length() > 0);
        assertTrue(Files.readString(folder.resolve("server.pem")).startsWith("-----BEGIN CERTIFICATE-----"),
                message::toString);
        assertFalse(Files.readString(folder.resolve("server.pem")).contains("PRIVATE"));
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.pem"))));
    }

    @Test
    void whoMustUseTlsGetsNoPasswordThrough() throws IOException {
        setRequired(true);
        try {
            assertTrue(greeting().contains("LOGINDISABLED"), greeting());
        } finally {
            setRequired(false);
        }
        assertFalse(greeting().contains("LOGINDISABLED"));
    }

    @Test
    void whatOpensAnAccountIsHiddenUntilAskedForAndChanged() {
        Robot.startCommand("dev.mailscope.ui.server.accounts");
        var dialog = Robot.dialog("Accounts");
        assertFalse(Robot.ask(() -> texts(dialog)).contains("secret"));
        Robot.ui(() -> {
            button(dialog, "Show passwords").setSelection(true);
            button(dialog, "Show passwords").notifyListeners(SWT.Selection, new Event());
        });
        assertTrue(Robot.ask(() -> texts(dialog)).contains("secret"));
        Robot.ui(() -> Robot.all(dialog, Text.class).stream().filter(t -> (t.getStyle() & SWT.MULTI) != 0
                && t.getEditable()).findFirst().orElseThrow().setText("a-token"));
        Robot.press(dialog, "OK");
        Robot.until("the token opens the account",
                () -> server.config().accounts().getFirst().tokens().equals(Set.of("a-token")));
    }

    private void setRequired(boolean required) {
        Robot.startCommand("dev.mailscope.ui.server.tls");
        var dialog = Robot.dialog("TLS and Certificate");
        Robot.until("the certificate is shown", () -> texts(dialog).contains("CN="));
        Robot.ui(() -> button(dialog, "Refuse passwords").setSelection(required));
        Robot.press(dialog, "OK");
        Robot.until("the dialog is closed", dialog::isDisposed);
        Robot.until("the server runs again", () -> server.situation().state() == WorkbenchServer.State.RUNNING
                && server.config().tls().required() == required);
    }

    private String greeting() throws IOException {
        var imap = server.endpoint("imap").orElseThrow().address();
        try (var socket = new Socket(imap.getAddress(), imap.getPort())) {
            socket.setSoTimeout(20_000);
            var line = new StringBuilder();
            for (var c = socket.getInputStream().read(); c >= 0 && c != '\n'; c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            socket.getOutputStream().write("a LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII));
            return line.toString();
        }
    }

    private static String texts(Shell dialog) {
        return Robot.all(dialog, Text.class).stream().map(Text::getText).reduce("", (all, text) -> all + text + "\n");
    }

    private static Button button(Shell dialog, String start) {
        return Robot.all(dialog, Button.class).stream().filter(b -> b.getText().replace("&", "").startsWith(start))
                .findFirst().orElseThrow();
    }
}
