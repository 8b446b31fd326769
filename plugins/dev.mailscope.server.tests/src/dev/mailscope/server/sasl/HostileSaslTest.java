package dev.mailscope.server.sasl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.mailbox.Credentials;

/** Whatever comes is answered by a step: nothing is thrown, nobody gets in, and every exchange ends. */
class HostileSaslTest {
    private static final long SEED = 20_261_123;
    private static final List<String> PIECES = List.of("n,,", "y,,", "p=tls-server-end-point,,", "n=alice", "r=abc",
        ",", "=", "=2C", "a=alice", "c=biws", "p=AAAA", "m=x", "\0", "\1", "alice", "user=", "auth=Bearer ", "\1\1",
        "0123456789abcdef0123456789abcdef", " ", "\u00E9", "\u202E", "\uD83D\uDE00", "x".repeat(5_000), "\r\n", "%s");

    @ParameterizedTest
    @EnumSource(SaslMechanism.class)
    void nothingIsThrownAndNobodyGetsIn(SaslMechanism mechanism) {
        var random = new Random(SEED + mechanism.ordinal());
        var credentials = new Credentials();
        credentials.set("alice", "wonderland");
        credentials.setTokens("alice", Set.of("t0ken"));
        credentials.setCertificate("alice", new X500Principal("CN=alice"));
        var circumstances = SaslCircumstances.withTls(new byte[32], new X500Principal("CN=mallory"));
        for (var round = 0; round < 1_500; round++) {
            var exchange = SaslExchange.of(mechanism, circumstances, credentials);
            var step = exchange.first(random.nextBoolean() ? null : hostile(random));
            for (var turn = 0; turn < 5 && !exchange.isOver(); turn++) {
                assertNotNull(step);
                step = exchange.next(hostile(random));
            }
            assertTrue(exchange.isOver(), mechanism + " goes on for ever in round " + round);
            assertFalse(step instanceof SaslStep.Success, mechanism + " let somebody in in round " + round);
        }
    }

    private static byte[] hostile(Random random) {
        if (random.nextInt(4) == 0) {
            var octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            return octets;
        }
        var text = new StringBuilder();
        for (var i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().getBytes(random.nextInt(8) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
