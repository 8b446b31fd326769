package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

/** No event holds a password, neither in its octets nor in its words. */
class ImapSecretsTest {
    private static final String SECRET = "swordfish";
    // NUL alice NUL swordfish
    private static final String PLAIN = "AGFsaWNlAHN3b3JkZmlzaA==";
    private static final int[] CHUNKS = {1, 3, 1000};

    @ParameterizedTest
    @ValueSource(strings = {
        "a1 LOGIN alice swordfish\r\n",
        "a1 LOGIN alice swordfish\n",
        "a1 login \"alice\" \"swordfish\"\r\n",
        "a1 LOGIN \"alice\" \"swordfish\r\n",
        "a1 LOGIN alice \"swordfish\" swordfish\r\n",
        "a1 LOGIN alice swordfish swordfish\r\n",
        "a1 LOGIN alice  swordfish\r\n",
        "a1  LOGIN alice swordfish\r\n",
        "a1 LOGIN  alice swordfish\r\n",
        "a1 LOGIN alice\tswordfish\r\n",
        "a1 LOGIN swordfish\r\n",
        "a1 LOGIN alice swordfish\0\r\n",
        "a1 LOGIN alice sword\\swordfish\r\n",
        "a1 LOGIN (alice swordfish)\r\n",
        "a1 LOGIN {5}\r\nalice {9}\r\nswordfish\r\n",
        "a1 LOGIN {5+}\r\nalice {9+}\r\nswordfish\r\n",
        "a1 LOGIN alice {9}\r\nswordfish extra swordfish\r\n",
        "a1 LOGIN alice {9+}\r\nswordfish extra\r\n",
        "a1 LOGIN alice {18+}\r\nswordfishswordfish",
        "a1 LOGIN alice {9999+}\r\nswordfish",
        "a1 LOGIN alice {9999999}\r\nswordfish\r\n",
        "a1 LOGIN alice swordfish{3}\r\nabc\r\n",
        "a1 LOGIN alice \"swordfish\" {3+}\r\nabc\r\n",
        "a1 LOGIN swordfish {9+}\r\nswordfish",
        "a1 AUTHENTICATE PLAIN\r\nAGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "a1 AUTHENTICATE PLAIN\r\nswordfish\r\n",
        "a1 AUTHENTICATE PLAIN\r\na2 LOGIN alice swordfish\r\n",
        "a1 AUTHENTICATE PLAIN AGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "a1 AUTHENTICATE PLAIN AGFsaWNlAHN3b3JkZmlzaA== x\r\n",
        "a1 AUTHENTICATE  PLAIN AGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "a1 AUTHENTICATE AGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "a1 AUTHENTICATE LOGIN swordfish\r\n",
        "a1 AUTHENTICATE PLAIN swordfish!\r\n",
        "a1 AUTHENTICATE PLAIN\r\nAGFsaWNlAHN3b3JkZmlzaA",
        "a1 AUTHENTICATE PLAIN {9+}\r\nswordfish\r\n",
        "AGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "swordfish\r\n",
        "\r\nswordfish\r\n",
        " swordfish\r\n",
        "alice swordfish\r\n",
        "a1 PASS swordfish\r\n",
        "a1 LOGON alice swordfish\r\n",
        "a1 LOGIN:alice swordfish\r\n",
        "LOGIN alice swordfish\r\n",
        "USER alice\r\nPASS swordfish\r\n",
        "a1 XYZZY {9+}\r\nswordfish\r\n",
        "a1 XYZZY {9}\r\nswordfish\r\n",
        "a1 NOOP swordfish\r\n",
        "a1 SELECT swordfish\r\n",
        "a1 SEARCH SUBJECT swordfish\r\n",
        "a1 UID SEARCH SUBJECT {9+}\r\nswordfish\r\n",
        "a1 LOGOUT\r\na2 SELECT swordfish\r\n",
        "a1 CAPABILITY swordfish\r\n",
        "a1 LOGIN alice swordfish",
        "a1 LOGIN swordfish",
        "a1 swordfish",
        "swordfish",
        "a1 LOGIN alice {9}\r\nswordfish",
        "a1 LOGIN alice {10}\r\nswordfish",
        "a1 LOGOUT\r\na2 LOGIN alice swordfish\r\n",
        "a1 LOGOUT\r\nalice swordfish\r\n",
        "a1 LOGOUT\r\nalice swordfish",
        "a1 LOGIN alice swordfish\r\na2 LOGIN alice swordfish\r\na3 LOGIN alice swordfish x\r\n",
        "a1 LOGIN alice swordfish\r\na2 AUTHENTICATE PLAIN AGFsaWNlAHN3b3JkZmlzaA==\r\n",
        "a1 LOGIN alice swordfish\r\na2 LOGIN {9+}\r\nswordfish {9+}\r\nswordfish\r\n"})
    void noEventHoldsThePassword(String input) throws IOException {
        for (var chunk : CHUNKS) {
            assertNoSecret(input, chunk);
        }
    }

    @Test
    void norDoesALineThatIsTooLong() throws IOException {
        for (var chunk : CHUNKS) {
            assertNoSecret("a1 LOGIN alice " + "x".repeat(300) + SECRET + "\r\n", chunk);
            assertNoSecret("a1 LOGIN alice swordfish" + "x".repeat(300) + "\r\n", chunk);
            assertNoSecret("a1 LOGIN swordfish {3+}\r\nabc" + " x".repeat(150) + "\r\n", chunk);
            assertNoSecret("swordfish" + "x".repeat(300) + "\r\n", chunk);
            assertNoSecret("a1 AUTHENTICATE PLAIN\r\n" + PLAIN.repeat(20) + "\r\n", chunk);
            assertNoSecret("a1 AUTHENTICATE PLAIN " + PLAIN.repeat(20) + "\r\n", chunk);
        }
    }

    @Test
    void theLengthOfWhatIsHiddenIsKeptAndNothingIsShownTwice() throws IOException {
        var input = "a1 LOGIN {5}\r\nalice {9+}\r\nswordfish\r\na2 NOOP\r\na3 AUTHENTICATE PLAIN\r\n" + "a4 NO";
        for (var chunk : CHUNKS) {
            try (var server = server()) {
                var connection = server.connect("imap");
                connection.send(input.getBytes(StandardCharsets.US_ASCII), chunk);
                connection.cut();
                var sizes = new ArrayList<Integer>();
                server.eachEvent(event -> {
                    if (event.what() instanceof What.Received(var octets)) {
                        sizes.add(octets.size());
                    }
                });
                assertEquals(List.of("a1 LOGIN {5}\r\n".length(), "alice {9+}\r\n".length(), "swordfish\r\n".length(),
                        "a2 NOOP\r\n".length(), "a3 AUTHENTICATE PLAIN\r\n".length(), "a4 NO".length()), sizes);
            }
        }
    }

    @Test
    void whatIsNoSecretIsShown() throws IOException {
        try (var server = server()) {
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice swordfish");
            connection.ask("a2 SELECT one two");
            connection.ask("a3 XYZZY plugh");
            assertHolds(server, "a1 LOGIN alice ", true);
            assertHolds(server, "a2 SELECT one two", true);
            assertHolds(server, "plugh", false);
            assertHolds(server, SECRET, false);
        }
    }

    @Test
    void aLargeMessageIsKeptAsASliceOfItsContent() throws IOException {
        try (var server = server()) {
            var connection = server.connect("imap");
            connection.ask("a1 LOGIN alice swordfish");
            connection.ask("a2 APPEND INBOX {100000+}\r\n" + "x".repeat(100_000));
            var content = server.store().state().account("alice").orElseThrow().inbox().message(1).content();
            var found = new ArrayList<Object>();
            server.eachEvent(event -> {
                if (event.what() instanceof What.Received(var octets)) {
                    octets.pieces().stream().filter(Octets.Slice.class::isInstance)
                            .forEach(found::add);
                }
            });
            assertEquals(List.of(new Octets.Slice(content, 0, 100_000)), found);
        }
    }

    private static void assertNoSecret(String input, int chunk) throws IOException {
        try (var server = server()) {
            var connection = server.connect("imap");
            connection.send(input.getBytes(StandardCharsets.UTF_8), chunk);
            connection.cut();
            assertHolds(server, SECRET, false);
            assertHolds(server, PLAIN.substring(8, 20), false);
        }
    }

    private static TestServer server() {
        var server = new TestServer();
        server.limits(server.limits().withLines(200, 100));
        server.account("alice", SECRET);
        return server;
    }

    private static void assertHolds(TestServer server, String text, boolean wanted) {
        var all = server.recorded();
        assertEquals(wanted, all.contains(text), all);
    }
}
