package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.transcript.TestServer;

/** A server without access lists says nothing of them; the rest is in acl-off.transcript. */
class WithoutAclTest {
    @Test
    void nothingOfItIsAdvertised() throws IOException {
        try (var server = new TestServer()) {
            server.account("alice", "secret");
            assertTrue(server.connect("imap").ask("c CAPABILITY").contains(" ACL RIGHTS=kxte LIST-MYRIGHTS "));
            server.withoutAcl();
            var client = server.connect("imap");
            var said = client.ask("c CAPABILITY") + client.ask("l LOGIN alice secret") + client.ask("n NAMESPACE");
            assertFalse(said.contains("ACL"), said);
            assertFalse(said.contains("RIGHTS"), said);
            assertFalse(said.contains("user/"), said);
        }
    }
}
