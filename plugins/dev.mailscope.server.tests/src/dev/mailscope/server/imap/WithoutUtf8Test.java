package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.transcript.TestServer;

/** A server that does not offer UTF8=ACCEPT gives and takes messages as they are. */
class WithoutUtf8Test {
    @Test
    void whatIsAppendedComesBackToTheOctet() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "secret");
            server.withoutUtf8();
            var client = server.connect("imap");
            assertFalse(client.ask("c CAPABILITY").contains("UTF8=ACCEPT"));
            client.ask("l LOGIN alice secret");
            var mail = "Subject: Gr\u00FC\u00DFe\r\n\r\nx\r\n";
            var size = mail.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(client.ask("a APPEND INBOX {" + size + "+}\r\n" + mail).contains("a OK"));
            client.ask("s SELECT INBOX");
            assertEquals("* ENABLED\r\n", client.ask("e ENABLE UTF8=ACCEPT").split("(?<=\n)")[0]);
            var fetched = client.ask("f FETCH 1 (RFC822.SIZE BODY.PEEK[])");
            assertTrue(fetched.contains("RFC822.SIZE " + size + " BODY[] {" + size + "}"), fetched);
            assertTrue(fetched.contains("Gr\u00C3\u00BC\u00C3\u009Fe"), fetched);
            assertTrue(client.ask("t STATUS INBOX (SIZE)").contains("SIZE " + size));
        }
    }
}
