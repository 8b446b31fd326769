package dev.mailscope.server.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.x500.X500Principal;
import javax.security.sasl.Sasl;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.mailbox.Credentials;

/** The SASL clients that Java brings against our server's side. */
class JavaSaslClientTest {
    private static final X500Principal SUBJECT = new X500Principal("CN=alice");

    private final Credentials credentials = new Credentials();

    @BeforeEach
    void account() {
        credentials.set("alice", "wonderland");
        credentials.setCertificate("alice", SUBJECT);
    }

    @ParameterizedTest
    @EnumSource(value = SaslMechanism.class, names = {"PLAIN", "CRAM_MD5", "EXTERNAL"})
    void javasClientGetsIn(SaslMechanism mechanism) throws Exception {
        assertEquals(new SaslStep.Success("alice"), run(mechanism, "wonderland"));
    }

    @ParameterizedTest
    @EnumSource(value = SaslMechanism.class, names = {"PLAIN", "CRAM_MD5"})
    void javasClientWithAWrongPasswordDoesNot(SaslMechanism mechanism) throws Exception {
        assertEquals(SaslStep.Reason.AUTHENTICATIONFAILED, Steps.reason(run(mechanism, "wrong")));
    }

    private SaslStep run(SaslMechanism mechanism, String password) throws Exception {
        var client = Sasl.createSaslClient(new String[] {mechanism.wireName()}, null, "imap", "localhost", Map.of(),
                callbacks -> answer(callbacks, password));
        var exchange = SaslExchange.of(mechanism, SaslCircumstances.withTls(null, SUBJECT), credentials);
        var step = exchange.first(client.hasInitialResponse() ? client.evaluateChallenge(new byte[0]) : null);
        while (step instanceof SaslStep.Challenge(var octets)) {
            step = exchange.next(client.evaluateChallenge(octets));
        }
        assertTrue(client.isComplete());
        return step;
    }

    private static void answer(Callback[] callbacks, String password) {
        for (var callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName("alice");
                case PasswordCallback secret -> secret.setPassword(password.toCharArray());
                default -> throw new IllegalStateException(callback.toString());
            }
        }
    }
}
