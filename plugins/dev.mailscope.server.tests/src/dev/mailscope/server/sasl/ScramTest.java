package dev.mailscope.server.sasl;

import static dev.mailscope.server.sasl.Steps.challenge;
import static dev.mailscope.server.sasl.Steps.octets;
import static dev.mailscope.server.sasl.Steps.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.ScramHash;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.sasl.SaslStep.Reason;

class ScramTest {
    private static final byte[] NO_BINDING = {};
    private static final byte[] END_POINT = {1, 2, 3, 4};
    private static final SaslCircumstances OPEN = SaslCircumstances.withoutTls(false);
    private static final SaslCircumstances BOUND = SaslCircumstances.withTls(END_POINT, null);

    private final Credentials credentials = new Credentials();

    @BeforeEach
    void accounts() {
        credentials.set("alice", "wonderland");
        credentials.setWithoutSecret("a,b=c", "b\u00E9b\u00E9");
    }

    /** RFC 5802 section 5. */
    @Test
    void theExampleOfRfc5802() {
        var salt = Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
        credentials.set("user", List.of(ScramVerifier.derive(ScramHash.SHA_1, "pencil", salt, 4_096)));
        var first = new Scram(ScramHash.SHA_1, false, OPEN, credentials, () -> "3rfcNHYJY1ZVvWVs7j")
                .take(octets("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"));
        assertEquals("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                challenge(first.step()));
        var second = first.next().take(octets("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
        assertEquals("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", challenge(second.step()));
        assertEquals(new SaslStep.Success("user"), second.next().take(octets("")).step());
    }

    /** RFC 7677 section 3. */
    @Test
    void theExampleOfRfc7677() {
        var salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        credentials.set("user", List.of(ScramVerifier.derive(ScramHash.SHA_256, "pencil", salt, 4_096)));
        var first = new Scram(ScramHash.SHA_256, false, OPEN, credentials, () -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
                .take(octets("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        assertEquals("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                challenge(first.step()));
        var second = first.next().take(octets("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        assertEquals("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", challenge(second.step()));
        assertEquals(new SaslStep.Success("user"), second.next().take(octets("")).step());
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void bothSidesProveThemselves(ScramHash hash) throws Exception {
        var exchange = SaslExchange.of(unbound(hash), OPEN, credentials);
        var client = new ScramClient(hash, "n,,", NO_BINDING, "a,b=c", "abcdef");
        assertEquals("", challenge(exchange.first(null)));
        var serverFirst = (SaslStep.Challenge) exchange.next(client.first());
        var serverFinal = (SaslStep.Challenge) exchange.next(client.last(serverFirst.octets(), "b\u00E9b\u00E9"));
        assertTrue(client.accepts(serverFinal.octets()));
        assertFalse(exchange.isOver());
        assertEquals(new SaslStep.Success("a,b=c"), exchange.next(new byte[0]));
        assertTrue(exchange.isOver());
        assertEquals(Reason.MALFORMED, reason(exchange.next(new byte[0])));
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void thePlusVariantBindsTheChannel(ScramHash hash) throws Exception {
        var header = "p=tls-server-end-point,,";
        assertEquals("Success[user=alice]", run(bound(hash), BOUND, hash, header, END_POINT, "alice", "wonderland"));
        assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, header, new byte[] {1, 2, 3, 5}, "alice",
                "wonderland"));
        assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, header, NO_BINDING, "alice", "wonderland"));
        assertEquals("AUTHENTICATIONFAILED", run(bound(hash), BOUND, hash, header, END_POINT, "alice", "wrong"));
        assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, "p=tls-unique,,", END_POINT, "alice",
                "wonderland"));
        assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, "n,,", NO_BINDING, "alice", "wonderland"));
        assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, "y,,", NO_BINDING, "alice", "wonderland"));
    }

    @Test
    void aClientThatWasToldOfNoBindingIsRefusedWhereThereIsOne() throws Exception {
        var hash = ScramHash.SHA_256;
        assertEquals("CHANNEL_BINDING", run(unbound(hash), BOUND, hash, "y,,", NO_BINDING, "alice", "wonderland"));
        assertEquals("Success[user=alice]", run(unbound(hash), OPEN, hash, "y,,", NO_BINDING, "alice", "wonderland"));
        assertEquals("Success[user=alice]", run(unbound(hash), BOUND, hash, "n,,", NO_BINDING, "alice",
                "wonderland"));
        for (var data : List.of(END_POINT, NO_BINDING)) {
            assertEquals("CHANNEL_BINDING", run(unbound(hash), BOUND, hash, "p=tls-server-end-point,,", data, "alice",
                    "wonderland"));
            assertEquals("CHANNEL_BINDING", run(bound(hash), BOUND, hash, "n,,", data, "alice", "wonderland"));
        }
    }

    @Test
    void aChangedHeaderIsNoticed() throws Exception {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var serverFirst = (SaslStep.Challenge) exchange.first(octets("y,,n=alice,r=abc"));
        var client = new ScramClient(ScramHash.SHA_256, "n,,", NO_BINDING, "alice", "abc");
        assertEquals(Reason.CHANNEL_BINDING, reason(exchange.next(client.last(serverFirst.octets(), "wonderland"))));
    }

    @Test
    void nobodyActsForAnotherUser() throws Exception {
        var hash = ScramHash.SHA_256;
        credentials.set("bob", "builder");
        assertEquals("Success[user=alice]", run(unbound(hash), OPEN, hash, "n,a=alice,", NO_BINDING, "alice",
                "wonderland"));
        assertEquals("AUTHORIZATIONFAILED", run(unbound(hash), OPEN, hash, "n,a=bob,", NO_BINDING, "alice",
                "wonderland"));
        assertEquals("AUTHENTICATIONFAILED", run(unbound(hash), OPEN, hash, "n,a=bob,", NO_BINDING, "alice",
                "wrong"));
    }

    @Test
    void anUnknownUserIsAskedForAProofLikeAnyOther() throws Exception {
        var known = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var unknown = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var shape = "r=abc[A-Za-z0-9_-]{24},s=[A-Za-z0-9+/]{22}==,i=4096";
        assertTrue(challenge(known.first(octets("n,,n=alice,r=abc"))).matches(shape));
        assertTrue(challenge(unknown.first(octets("n,,n=nobody,r=abc"))).matches(shape));
        assertEquals(wrong("alice"), wrong("nobody"));
    }

    @Test
    void aServerNonceIsNeverGivenTwice() {
        var challenges = List.of(1, 2).stream().map(i -> challenge(SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN,
                credentials).first(octets("n,,n=alice,r=abc")))).distinct().toList();
        assertEquals(2, challenges.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "n,", "n,,", "x,,n=alice,r=abc", "n,,n=alice", "n,,r=abc,n=alice", "n,,n=,r=abc",
        "n,,n=al=ice,r=abc", "n,,n=al=2cice,r=abc", "n,,n=alice,r=", "n,,n=alice,r=a\u00E9", "n,,m=x,n=alice,r=abc",
        "n,,n=alice,r=abc,m=x", "n,,n=alice,r=abc,", "n,,n=alice,r=abc,xy", "n,a=,n=alice,r=abc",
        "n,b=alice,n=alice,r=abc", "p=,,n=alice,r=abc", "n,,n=al\u0007ice,r=abc", "n,,n=al\u0000ice,r=abc",
        "n,a=al=ice,n=alice,r=abc", "n,,n=alice,r=a c"})
    void aFirstMessageThatIsNoneFails(String message) {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        assertEquals(Reason.MALFORMED, reason(exchange.first(octets(message))));
        assertTrue(exchange.isOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c=biws", "c=biws,r=NONCE", "r=NONCE,c=biws,p=AAAA", "c=biws,p=AAAA,r=NONCE",
        "c=biws,r=other,p=AAAA", "c=biws,r=NONCEx,p=AAAA", "c=biws,r=abc,p=AAAA", "c=biws,r=NONCE,m=x,p=AAAA",
        "c=biws,r=NONCE,,p=AAAA"})
    void aLastMessageThatIsNoneFails(String message) {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var nonce = challenge(exchange.first(octets("n,,n=alice,r=abc"))).split(",")[0].substring(2);
        assertEquals(Reason.MALFORMED, reason(exchange.next(octets(message.replace("NONCE", nonce)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "", "!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void aProofThatIsNoneIsWrong(String proof) {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var nonce = challenge(exchange.first(octets("n,,n=alice,r=abc"))).split(",")[0];
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(exchange.next(octets("c=biws," + nonce + ",p=" + proof))));
    }

    @Test
    void unknownExtensionsAreIgnored() throws Exception {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var challenge = (SaslStep.Challenge) exchange.first(octets("n,,n=alice,r=abc,x=1,y=2=3"));
        assertTrue(challenge(challenge).startsWith("r=abc"));
    }

    @Test
    void wordsAfterTheServersProofAreRefused() throws Exception {
        var exchange = SaslExchange.of(SaslMechanism.SCRAM_SHA_256, OPEN, credentials);
        var client = new ScramClient(ScramHash.SHA_256, "n,,", NO_BINDING, "alice", "abc");
        var serverFirst = (SaslStep.Challenge) exchange.first(client.first());
        assertTrue(challenge(exchange.next(client.last(serverFirst.octets(), "wonderland"))).startsWith("v="));
        assertEquals(Reason.MALFORMED, reason(exchange.next(octets("more"))));
    }

    private String wrong(String user) throws Exception {
        return run(SaslMechanism.SCRAM_SHA_256, OPEN, ScramHash.SHA_256, "n,,", NO_BINDING, user, "wrong");
    }

    /** Runs a whole exchange; gives the name of the failure or the success. */
    private String run(SaslMechanism mechanism, SaslCircumstances circumstances, ScramHash hash, String header,
            byte[] binding, String user, String password) throws Exception {
        var exchange = SaslExchange.of(mechanism, circumstances, credentials);
        var client = new ScramClient(hash, header, binding, user, "abcdef");
        var step = exchange.first(client.first());
        if (step instanceof SaslStep.Challenge(var serverFirst)) {
            step = exchange.next(client.last(serverFirst, password));
        }
        if (step instanceof SaslStep.Challenge(var serverFinal)) {
            assertTrue(client.accepts(serverFinal));
            step = exchange.next(new byte[0]);
        }
        return step instanceof SaslStep.Failure(var reason, var words, var named) ? reason.name() : step.toString();
    }

    private static SaslMechanism unbound(ScramHash hash) {
        return hash == ScramHash.SHA_1 ? SaslMechanism.SCRAM_SHA_1 : SaslMechanism.SCRAM_SHA_256;
    }

    private static SaslMechanism bound(ScramHash hash) {
        return hash == ScramHash.SHA_1 ? SaslMechanism.SCRAM_SHA_1_PLUS : SaslMechanism.SCRAM_SHA_256_PLUS;
    }
}
