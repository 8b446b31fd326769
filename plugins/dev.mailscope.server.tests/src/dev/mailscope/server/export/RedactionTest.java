package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.transcript.TestServer;

/** No password that was said is in any export, whichever way it was said. */
class RedactionTest {
    private static final String PASSWORD = "tOpSeCrEt7391";
    private static final String PLAIN = base64("\0alice\0" + PASSWORD);
    private static final List<String> NEVER = List.of(PASSWORD, PLAIN, PLAIN.substring(4, 20), base64(PASSWORD),
            base64(PASSWORD).substring(0, 12));

    @ParameterizedTest
    @EnumSource
    void noPasswordIsInAnExport(Format format) throws IOException {
        try (var server = server()) {
            for (var from : List.of(server.recording().first(), server.recording().last() / 2)) {
                var selection = Selection.all(server.recording()).range(from, server.recording().last());
                for (var taken : List.of(selection, selection.ofSessions(1L))) {
                    var text = new String(Exports.octets(format, taken), StandardCharsets.ISO_8859_1);
                    NEVER.forEach(secret -> assertFalse(text.contains(secret), () -> secret + " is in " + text));
                    assertTrue(text.length() > 500 || from > 1, text);
                }
            }
        }
    }

    private static TestServer server() throws IOException {
        var server = new TestServer();
        server.account("alice", PASSWORD);
        server.deliver("alice", "INBOX", "Subject: one\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII), Flags.NONE,
                TestServer.NOW);
        var imap = server.connect("imap");
        imap.ask("a1 LOGIN alice wrong" + PASSWORD);
        imap.ask("a2 LOGIM alice " + PASSWORD);
        imap.ask("a3 LOGIN alice \"" + PASSWORD);
        imap.ask(PASSWORD);
        imap.ask("a4 AUTHENTICATE PLAIN");
        imap.ask(base64("\0alice\0no" + PASSWORD));
        imap.ask("a5 LOGIN {5}");
        imap.ask("alice {" + PASSWORD.length() + "}");
        imap.ask(PASSWORD);
        imap.ask("a6 SELECT INBOX");
        imap.ask("a7 LOGIN alice " + PASSWORD);
        imap.ask("a8 FETCH 1 BODY[]");
        var sasl = server.connect("imap");
        sasl.ask("b1 AUTHENTICATE PLAIN " + PLAIN);
        sasl.ask("b2 LOGOUT");
        var login = server.connect("imap");
        login.ask("c1 AUTHENTICATE LOGIN");
        login.ask(base64("alice"));
        login.ask(base64(PASSWORD));
        var pop3 = server.connect("pop3");
        pop3.ask("USER alice");
        pop3.ask("PASS no" + PASSWORD);
        pop3.ask("PAS " + PASSWORD);
        pop3.ask("USER alice");
        pop3.ask("PASS " + PASSWORD);
        pop3.ask("LIST");
        pop3.ask("PASS " + PASSWORD);
        pop3.ask("QUIT");
        return server;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
