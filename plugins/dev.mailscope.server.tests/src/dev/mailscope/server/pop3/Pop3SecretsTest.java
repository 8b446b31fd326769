package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

/** No event holds a password, neither in its octets nor in its words. */
class Pop3SecretsTest {
    private static final String SECRET = "swordfish";

    @ParameterizedTest
    @ValueSource(strings = {
        "USER alice\r\nPASS swordfish\r\n",
        "USER alice\nPASS swordfish\n",
        "user alice\r\npass swordfish\r\n",
        "PASS swordfish\r\nUSER alice\r\n",
        "PASS  swordfish\r\n",
        "PASSswordfish\r\n",
        "PASS\tswordfish\r\n",
        "PASS:swordfish\r\n",
        " PASS swordfish\r\n",
        "12PASS swordfish\r\n",
        "PASS swordfish\0swordfish\r\n",
        "PAS swordfish\r\n",
        "PASWORD swordfish\r\n",
        "swordfish\r\n",
        "alice swordfish\r\n",
        "USER alice swordfish\r\n",
        "USER alice swordfish \r\n",
        "APOP alice swordfish\r\n",
        "APOP alice swordfish swordfish\r\n",
        "APOP swordfish\r\n",
        "AUTH PLAIN swordfish\r\n",
        "AUTH swordfish\r\n",
        "AUTH PLAIN\r\nswordfish\r\n",
        "AUTH PLAIN\r\nswordfish",
        "AUTH LOGIN\r\nRETR swordfish",
        "AUTH LOGIN\r\nUSERswordfish\r\nswordfish\r\n",
        "a1 LOGIN alice swordfish\r\n",
        "STAT swordfish\r\n",
        "DELE swordfish\r\n",
        "QUIT swordfish\r\n",
        "PASS swordfish",
        "swordfish",
        "USER swordfish",
        "USER alice\r\nPASS swordfish",
        "USER alice\r\nPASS swordfish\r\nPASS swordfish\r\n",
        "USER alice\r\nPASS swordfish\r\nPASSswordfish\r\n",
        "USER alice\r\nPASS swordfish\r\n PASS swordfish\r\n",
        "USER alice\r\nPASS swordfish\r\nAPOP alice swordfish\r\n",
        "USER alice\r\nPASS swordfish\r\nAPOP alice swordfish",
        "QUIT\r\nUSER alice\r\nPASS swordfish\r\n",
        "USER alice\r\nPASS swordfish\r\nQUIT\r\nPASS swordfish\r\n"})
    void noEventHoldsThePassword(String input) throws IOException {
        for (var chunk : new int[] {1, 3, 1000}) {
            assertNoSecret(input, chunk);
        }
    }

    @Test
    void norDoesTheRestOfALineThatIsTooLong() throws IOException {
        for (var chunk : new int[] {1, 64, 10_000}) {
            assertNoSecret("PASS " + "x".repeat(600) + SECRET + "\r\n", chunk);
            assertNoSecret("x".repeat(600) + SECRET + "\r\n", chunk);
            assertNoSecret("x".repeat(600) + SECRET, chunk);
            assertNoSecret("USER alice\r\nPASS swordfish\r\nPASS " + "x".repeat(600) + SECRET + "\r\n", chunk);
        }
    }

    @Test
    void norDoesItHoldAnApopDigest() throws IOException, NoSuchAlgorithmException {
        try (var server = server()) {
            var connection = server.connect("pop3");
            var greeting = connection.takeAll();
            var stamp = greeting.substring(greeting.indexOf('<'), greeting.indexOf('>') + 1);
            var digest = HexFormat.of().formatHex(MessageDigest.getInstance("MD5")
                    .digest((stamp + SECRET).getBytes(StandardCharsets.US_ASCII)));
            assertTrue(connection.ask("APOP alice " + digest).startsWith("+OK"));
            assertHolds(server, digest, false);
            assertHolds(server, "APOP alice ", true);
        }
    }

    @Test
    void aResponseThatWasCutOffIsHiddenAsAWhole() throws IOException {
        try (var server = server()) {
            var connection = server.connect("pop3");
            connection.send("AUTH LOGIN\r\nRETRswordfish".getBytes(StandardCharsets.US_ASCII));
            connection.cut();
            assertHolds(server, "AUTH LOGIN", true);
            assertHolds(server, "RETR", false);
        }
    }

    @Test
    void theLengthOfWhatIsHiddenIsKept() throws IOException {
        try (var server = server()) {
            server.connect("pop3").ask("PASS swordfish");
            server.eachEvent(event -> {
                if (event.what() instanceof What.Received(var octets)) {
                    assertEquals("PASS swordfish\r\n".length(), octets.size());
                    assertTrue(octets.hasSecret());
                }
            });
        }
    }

    private static void assertNoSecret(String input, int chunk) throws IOException {
        try (var server = server()) {
            var connection = server.connect("pop3");
            connection.send(input.getBytes(StandardCharsets.UTF_8), chunk);
            connection.cut();
            assertHolds(server, SECRET, false);
        }
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", SECRET);
        return server;
    }

    private static void assertHolds(TestServer server, String text, boolean wanted) {
        var all = server.recorded();
        assertEquals(wanted, all.contains(text), all);
    }
}
