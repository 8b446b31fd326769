package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Listening where other machines can connect. */
class ExposedTest {
    private static final String EVERYWHERE = "0.0.0.0";

    @Test
    void byDefaultNobodyElseCanConnect() throws IOException {
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withSmtpPort(0))) {
            server.start();
            assertFalse(server.isExposed());
            server.endpoints().forEach(e -> assertTrue(e.address().getAddress().isLoopbackAddress(), e.toString()));
        }
    }

    @Test
    void thePasswordThatEverybodyKnowsOpensNothingThen() throws IOException {
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withHost(EVERYWHERE))) {
            assertEquals("other machines could connect to 0.0.0.0, and everybody knows the password of alice: give it"
                    + " another one, or listen on a loopback address",
                    assertThrows(IOException.class, server::start).getMessage());
            assertFalse(server.isRunning());
            server.changeAccount(new AccountConfig("alice", "a password of her own"));
            server.start();
            assertTrue(server.isExposed());
            var known = new AccountConfig("alice", ServerConfig.SAMPLE_ACCOUNT.password());
            assertThrows(IllegalArgumentException.class, () -> server.changeAccount(known));
            assertThrows(IllegalArgumentException.class, () -> server.createAccount("bob", known.password()));
            server.stop();
            assertFalse(server.isExposed());
        }
    }

    @Test
    void anAccountMadeLaterCountsToo() throws IOException {
        var config = ServerConfig.sample().withPorts(0, 0).withHost(EVERYWHERE)
                .withAccounts(List.of(new AccountConfig("bob", "builder")));
        try (var server = MailServer.open(config)) {
            server.createAccount("alice", ServerConfig.SAMPLE_ACCOUNT.password());
            assertThrows(IOException.class, server::start);
        }
    }
}
