package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingCopy;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** No credential is in any octet that a recording leaves on disk, nor in any line that is shown of it. */
@Timeout(120)
class SecretsTest {
    private static final String PASSWORD = "tOpSeCrEt7391";
    private static final String BASE64 = Base64.getEncoder()
            .encodeToString(("\0alice\0" + PASSWORD).getBytes(StandardCharsets.US_ASCII));
    // Of an account that is not there: these logins fail.
    private static final String NOBODY = Base64.getEncoder()
            .encodeToString(("\0nobody\0" + PASSWORD).getBytes(StandardCharsets.US_ASCII));
    private static final String WORD = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.US_ASCII));
    private static final String BEARER = Base64.getEncoder().encodeToString(("user=alice\1auth=Bearer " + PASSWORD
            + "\1\1").getBytes(StandardCharsets.US_ASCII));
    private static final int LENGTH = PASSWORD.length();

    private static final List<String> NEVER = never();

    private static final List<String> IMAP = List.of(
            "a LOGIN alice " + PASSWORD + "\r\n",
            "a login \"alice\" \"" + PASSWORD + "\"\r\n",
            "a LOGIN {5+}\r\nalice {" + LENGTH + "+}\r\n" + PASSWORD + "\r\n",
            "a LOGIN {5}\r\nalice {" + LENGTH + "}\r\n" + PASSWORD + "\r\n",
            "a LOGIN alice {" + LENGTH + "}\r\n" + PASSWORD + "\r\n",
            "a LOGIN alice " + PASSWORD + " more\r\n",
            "a LOGIN \"alice " + PASSWORD + "\r\n",
            "a LOGIN " + PASSWORD + "\r\n",
            "a LOGIN alice " + PASSWORD + " {3}\r\nabc\r\n",
            "a  LOGIN alice " + PASSWORD + "\r\n",
            "LOGIN alice " + PASSWORD + "\r\n",
            "a LOGIM alice " + PASSWORD + "\r\n",
            "a CAPABILITY alice " + PASSWORD + "\r\n",
            "a SELECT " + PASSWORD + "\r\n",
            PASSWORD + "\r\n",
            "a " + PASSWORD + "\r\n",
            "a AUTHENTICATE PLAIN " + BASE64 + "\r\n",
            "a AUTHENTICATE PLAIN\r\n" + BASE64 + "\r\n",
            "a AUTHENTICATE PLAIN " + NOBODY + "\r\n",
            "a LOGIN nobody " + PASSWORD + "\r\n",
            "a AUTHENTICATE PLAIN\r\n" + PASSWORD + "!\r\n",
            "a LOGIN alice " + PASSWORD + "\r\na IDLE\r\nb LOGIN alice " + PASSWORD + "\r\n",
            "a LOGIN alice " + PASSWORD + "\r\nLOGIN alice " + PASSWORD + "\r\n",
            "a LOGIN alice " + PASSWORD + "\r\nb AUTHENTICATE PLAIN\r\n" + BASE64 + "\r\n",
            "a LOGIN alice " + PASSWORD + "\r\n" + PASSWORD + "\r\n",
            "a AUTHENTICATE NONE " + BASE64 + "\r\n",
            "a AUTHENTICATE LOGIN\r\nYWxpY2U=\r\n" + WORD + "\r\n",
            "a AUTHENTICATE LOGIN YWxpY2U=\r\n" + WORD + "\r\n",
            "a AUTHENTICATE LOGIN " + WORD + "\r\n*\r\n",
            "a AUTHENTICATE LOGIN YWxpY2U=\r\n" + WORD,
            "a AUTHENTICATE LOGIN YWxpY2U=\r\n" + WORD.repeat(6_000) + "\r\n",
            "a AUTHENTICATE CRAM-MD5\r\n" + WORD + "\r\n",
            "a AUTHENTICATE CRAM-MD5 " + WORD + "\r\n",
            "a AUTHENTICATE SCRAM-SHA-256 " + WORD + "\r\n",
            "a AUTHENTICATE SCRAM-SHA-1\r\n" + PASSWORD + "\r\n",
            "a AUTHENTICATE XOAUTH2 " + BEARER + "\r\n",
            "a AUTHENTICATE OAUTHBEARER\r\nb NOOP\r\n" + BEARER + "\r\n",
            "a AUTHENTICATE EXTERNAL " + WORD + "\r\n",
            "a AUTHENTICATE PLAIN " + BASE64.replace("=", "") + "\r\n",
            "a AUTHENTICATE " + PASSWORD + "\r\n",
            "a AUTHENTICATE " + PASSWORD + " " + BASE64 + "\r\n",
            "a STARTTLS " + PASSWORD + "\r\n",
            "a STARTTLS\r\nb LOGIN alice " + PASSWORD + "\r\n",
            "a LOGIN alice " + PASSWORD,
            "a LOGIN alice {" + LENGTH + "+}\r\n" + PASSWORD.substring(0, LENGTH - 1),
            "a AUTHENTICATE PLAIN\r\n" + BASE64,
            "a LOGIN alice {99999999999+}\r\n" + PASSWORD + "\r\n",
            "a LOGIN alice \"" + PASSWORD.repeat(6_000) + "\"\r\n");

    private static final List<String> POP3 = List.of(
            "USER alice\r\nPASS " + PASSWORD + "\r\n",
            "pass " + PASSWORD + "\r\n",
            "USER alice\r\nPASS " + PASSWORD + " and more\r\n",
            "USER alice\r\nPASS  " + PASSWORD + "\r\n",
            "USER alice " + PASSWORD + "\r\n",
            "USER alice\r\nPAS " + PASSWORD + "\r\n",
            "USER alice\r\nPASS" + PASSWORD + "\r\n",
            "USER alice\r\n" + PASSWORD + "\r\n",
            "APOP alice " + PASSWORD + "\r\n",
            "APOP alice " + PASSWORD + " x\r\n",
            "APOP " + PASSWORD + "\r\n",
            "RETR " + PASSWORD + "\r\n",
            "AUTH PLAIN " + BASE64 + "\r\n",
            "AUTH PLAIN\r\n" + BASE64 + "\r\n",
            "AUTH PLAIN " + NOBODY + "\r\n",
            "USER nobody\r\nPASS " + PASSWORD + "\r\n",
            "AUTH PLAIN\r\n" + PASSWORD + "!\r\n",
            "AUTH PLAIN\r\n" + BASE64,
            "AUTH PLAIN " + BASE64 + " " + PASSWORD + "\r\n",
            "AUTH " + PASSWORD + "\r\n",
            "AUTH NONE " + BASE64 + "\r\n",
            "AUTH LOGIN\r\nYWxpY2U=\r\n" + WORD + "\r\n",
            "AUTH LOGIN YWxpY2U=\r\n" + WORD.repeat(6_000) + "\r\n",
            "AUTH CRAM-MD5\r\n" + WORD + "\r\n",
            "AUTH SCRAM-SHA-256\r\n" + WORD + "\r\n",
            "AUTH XOAUTH2 " + BEARER + "\r\n",
            "AUTH OAUTHBEARER\r\n" + BEARER + "\r\n",
            "AUTH PLAIN " + BASE64.repeat(100) + "\r\n",
            "USER alice\r\nPASS " + PASSWORD + "\r\nAUTH PLAIN " + BASE64 + "\r\n",
            "USER alice\r\nPASS " + PASSWORD + "\r\nAUTHPLAIN " + BASE64 + "\r\n",
            "STLS " + PASSWORD + "\r\n",
            "STLS\r\nPASS " + PASSWORD + "\r\n",
            "USER alice\r\nPASS " + PASSWORD,
            "USER alice\r\nPASS " + PASSWORD.repeat(6_000) + "\r\n");

    private static final List<String> SMTP = List.of(
            "AUTH PLAIN " + NOBODY + "\r\n",
            "AUTH LOGIN " + WORD + "\r\n" + WORD + "\r\n",
            "AUTH PLAIN " + BASE64 + "\r\n",
            "AUTH PLAIN\r\n" + BASE64 + "\r\n",
            "AUTH PLAIN\r\n" + PASSWORD + "!\r\n",
            "AUTH LOGIN\r\nYWxpY2U=\r\n" + WORD + "\r\n",
            "AUTH CRAM-MD5\r\n" + WORD + "\r\n",
            "AUTH SCRAM-SHA-256 " + WORD + "\r\n",
            "AUTH XOAUTH2 " + BEARER + "\r\n",
            "AUTH OAUTHBEARER " + BEARER + "\r\n",
            "AUTH " + PASSWORD + "\r\n",
            "AUTHPLAIN " + BASE64 + "\r\n",
            "PASS " + PASSWORD + "\r\n",
            PASSWORD + "\r\n",
            "AUTH PLAIN " + BASE64);

    @TempDir
    private Path folder;

    /** The password as it is, in hexadecimal, and in base64 wherever it may stand in what is encoded. */
    private static List<String> never() {
        var octets = PASSWORD.getBytes(StandardCharsets.US_ASCII);
        var never = new ArrayList<>(List.of(PASSWORD, HexFormat.of().formatHex(octets),
                HexFormat.of().withUpperCase().formatHex(octets)));
        for (var before = 0; before < 3; before++) {
            var encoded = Base64.getEncoder().encodeToString(("x".repeat(before) + PASSWORD)
                    .getBytes(StandardCharsets.US_ASCII));
            // Neither what hangs together with the octets before, nor with those behind.
            never.add(encoded.substring(before == 0 ? 0 : 4, encoded.length() - 4));
        }
        return never;
    }

    @Test
    void noCredentialIsOnDiskOrOnAScreen() throws Exception {
        var file = folder.resolve("secrets.mailtrace");
        var config = ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withRecording(file)
                .withStore(folder.resolve("store"))
                .withLimits(Limits.DEFAULT.withFailedLogin(Duration.ZERO))
                .withAccounts(List.of(new AccountConfig("alice", PASSWORD).withSecretKept().withToken(PASSWORD)));
        var logged = new StringBuffer();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord log) {
                logged.append(log.getMessage()).append(log.getThrown()).append('\n');
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
        var server = MailServer.open(config);
        try (server) {
            server.start();
            SMTP.forEach(input -> talk(server, "smtp", "EHLO a\r\n" + input));
            IMAP.forEach(input -> talk(server, "imap", input));
            POP3.forEach(input -> talk(server, "pop3", input));
            server.changeAccount(new AccountConfig("alice", PASSWORD + PASSWORD));
            RecordingCopy.write(server.trace(), folder.resolve("copy.mailtrace"), (done, all) -> true);
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        Files.writeString(Files.createFile(folder.resolve("log"), PrivateFiles.OWNER), logged);
        try (var recording = Recording.open(file)) {
            for (var format : Format.values()) {
                Export.write(format, Selection.all(recording), folder.resolve("export." + format.extension()),
                        Progress.NONE);
            }
        }
        var events = server.trace().events(server.trace().first(), Integer.MAX_VALUE);
        assertTrue(logins(events) >= 12, "too few of the logins worked: " + logins(events));
        for (var event : events) {
            assertClean(EventText.line(event) + event, event);
            if (event.what() instanceof What.Received received) {
                assertClean(new String(received.octets().toBytes(), StandardCharsets.ISO_8859_1), event);
            } else if (event.what() instanceof What.Response response) {
                assertClean(new String(response.octets().toBytes(), StandardCharsets.ISO_8859_1), event);
            }
        }
        try (var walk = Files.walk(folder)) {
            var written = walk.filter(Files::isRegularFile).toList();
            var kept = written.stream().filter(path -> path.startsWith(folder.resolve("store"))).toList();
            assertTrue(kept.contains(folder.resolve("store/mailscope.mv")), kept::toString);
            // The recording, its copy, the log and the exports.
            assertEquals(3 + Format.values().length, written.size() - kept.size(), written::toString);
            for (var path : written) {
                PrivateFiles.assertPrivate(path);
                var text = Files.readString(path, StandardCharsets.ISO_8859_1);
                assertTrue(NEVER.stream().noneMatch(text::contains), path + " has a secret");
            }
        }
        assertTrue(Files.size(file) > 10_000);
    }

    private static long logins(List<TraceEvent> events) {
        return events.stream().filter(e -> e.what() instanceof What.PhaseChanged(var from, var to, var user)
                && (to.equals("Transaction") || to.equals("Authenticated"))).count();
    }

    private static void assertClean(String text, TraceEvent event) {
        // A tail of eight letters is enough to tell a password that was hidden only in part.
        for (var i = 0; i + 8 <= LENGTH; i++) {
            assertEquals(-1, text.indexOf(PASSWORD.substring(i, i + 8)),
                    () -> "secret in event " + EventText.line(event));
        }
        for (var secret : NEVER) {
            assertEquals(-1, text.indexOf(secret), () -> "secret in event " + EventText.line(event));
        }
    }

    /** Sends the input line by line as a client would that waits for each answer, then closes its half and reads on. */
    private static void talk(MailServer server, String protocol, String input) {
        var address = server.address(protocol);
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            var in = socket.getInputStream();
            var buffer = new byte[65_536];
            assertTrue(in.read(buffer) > 0);
            for (var piece : pieces(input)) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                if (piece.endsWith("}\r\n") && !piece.endsWith("+}\r\n")
                        || piece.matches("(a AUTHENTICATE|AUTH) (PLAIN|LOGIN|CRAM-MD5|SCRAM-SHA-1|OAUTHBEARER)"
                                + "( YWxpY2U=)?\r\n")) {
                    assertTrue(in.read(buffer) != 0);
                }
            }
            socket.shutdownOutput();
            in.readAllBytes();
        } catch (IOException e) {
            assertTrue(input.length() > 10_000, () -> "connection lost at " + protocol + " input: " + e);
        }
    }

    private static List<String> pieces(String input) {
        var pieces = new ArrayList<String>();
        var from = 0;
        for (var end = input.indexOf("\r\n"); end >= 0; end = input.indexOf("\r\n", from)) {
            pieces.add(input.substring(from, end + 2));
            from = end + 2;
        }
        if (from < input.length()) {
            pieces.add(input.substring(from));
        }
        return pieces;
    }
}
