package dev.mailscope.server.sasl;

import static dev.mailscope.server.sasl.Steps.challenge;
import static dev.mailscope.server.sasl.Steps.octets;
import static dev.mailscope.server.sasl.Steps.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;

import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.sasl.SaslStep.Reason;
import dev.mailscope.server.sasl.SaslStep.Success;

class MechanismsTest {
    private static final X500Principal SUBJECT = new X500Principal("CN=Alice, O=Wonderland");
    private static final SaslCircumstances TLS = SaslCircumstances.withTls(new byte[] {1}, SUBJECT);
    private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

    private final Credentials credentials = new Credentials();

    @BeforeEach
    void accounts() {
        credentials.set("tim", "tanstaaftanstaaf");
        credentials.setWithoutSecret("kurt", "xipj3plmq");
        credentials.set("user@example.com", "secret");
        credentials.setTokens("user@example.com", Set.of(TOKEN));
        credentials.setCertificate("kurt", new X500Principal("cn=alice,o=wonderland"));
    }

    @Test
    void plainTakesUserAndPassword() {
        assertEquals(new Success("tim"), first(SaslMechanism.PLAIN, "\0tim\0tanstaaftanstaaf"));
        assertEquals(new Success("tim"), first(SaslMechanism.PLAIN, "tim\0tim\0tanstaaftanstaaf"));
        assertEquals(new Success("kurt"), first(SaslMechanism.PLAIN, "\0kurt\0xipj3plmq"));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(first(SaslMechanism.PLAIN, "\0tim\0wrong")));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(first(SaslMechanism.PLAIN, "\0Tim\0tanstaaftanstaaf")));
    }

    /** RFC 4616 section 4, its second example. */
    @Test
    void nobodyActsForAnotherUser() {
        assertEquals(Reason.AUTHORIZATIONFAILED, reason(first(SaslMechanism.PLAIN, "Ursel\0kurt\0xipj3plmq")));
        assertEquals(Reason.AUTHORIZATIONFAILED, reason(first(SaslMechanism.PLAIN, "tim\0kurt\0xipj3plmq")));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(first(SaslMechanism.PLAIN, "Ursel\0kurt\0wrong")));
        assertEquals(Reason.AUTHORIZATIONFAILED, reason(first(SaslMechanism.EXTERNAL, "tim")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\0\0", "\0tim\0", "\0\0secret", "tim\0secret", "\0tim\0secret\0", "tim"})
    void plainRefusesWhatIsNotItsForm(String message) {
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.PLAIN, message)));
    }

    @Test
    void plainRefusesWhatIsNotUtf8() {
        var message = octets("\0tim\0tanstaaftanstaaf");
        message[2] = (byte) 0xC3;
        assertEquals(Reason.MALFORMED, reason(start(SaslMechanism.PLAIN).first(message)));
    }

    @Test
    void loginAsksTwice() {
        var exchange = start(SaslMechanism.LOGIN);
        assertEquals("Username:", challenge(exchange.first(null)));
        assertEquals("Password:", challenge(exchange.next(octets("tim"))));
        assertEquals(new Success("tim"), exchange.next(octets("tanstaaftanstaaf")));
        var hasty = start(SaslMechanism.LOGIN);
        assertEquals("Password:", challenge(hasty.first(octets("tim"))));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(hasty.next(octets("wrong"))));
        var empty = start(SaslMechanism.LOGIN);
        assertEquals(Reason.MALFORMED, reason(empty.first(octets(""))));
        var none = start(SaslMechanism.LOGIN);
        assertEquals("Password:", challenge(none.first(octets("tim"))));
        assertEquals(Reason.MALFORMED, reason(none.next(octets(""))));
    }

    /** RFC 2195 section 2. */
    @Test
    void theExampleOfRfc2195() {
        var begun = CramMd5.begin(credentials, "<1896.697170952@postoffice.reston.mci.net>");
        assertEquals("<1896.697170952@postoffice.reston.mci.net>", challenge(begun.step()));
        assertEquals(new Success("tim"), begun.next().take(octets("tim b913a602c7eda7a495b4e6e7334d3890")).step());
        assertEquals(Reason.AUTHENTICATIONFAILED,
                reason(begun.next().take(octets("tim b913a602c7eda7a495b4e6e7334d3891")).step()));
        assertEquals(Reason.AUTHENTICATIONFAILED,
                reason(begun.next().take(octets("nobody b913a602c7eda7a495b4e6e7334d3890")).step()));
        assertEquals(Reason.AUTHENTICATIONFAILED,
                reason(begun.next().take(octets("kurt b913a602c7eda7a495b4e6e7334d3890")).step()));
        assertEquals(Reason.MALFORMED,
                reason(begun.next().take(octets("tim B913A602C7EDA7A495B4E6E7334D3890")).step()));
        assertEquals(Reason.MALFORMED, reason(begun.next().take(octets("b913a602c7eda7a495b4e6e7334d3890")).step()));
    }

    /** The digest of a secret that is not there must be no one's. */
    @Test
    void theChallengeIsNobodysSecret() {
        var challenge = "<1@a>";
        var begun = CramMd5.begin(credentials, challenge);
        credentials.set("mirror", challenge);
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(begun.next().take(octets("nobody " + mirrored())).step()));
        assertEquals(new Success("mirror"), begun.next().take(octets("mirror " + mirrored())).step());
    }

    @Test
    void theServerSpeaksFirstInCramMd5() {
        var exchange = start(SaslMechanism.CRAM_MD5);
        var first = challenge(exchange.first(null));
        assertTrue(first.matches("<[A-Za-z0-9_-]+\\.\\d+@mailscope\\.localhost>"), first);
        assertFalse(first.equals(challenge(start(SaslMechanism.CRAM_MD5).first(null))));
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.CRAM_MD5, "tim b913a602c7eda7a495b4e6e7334d3890")));
    }

    @Test
    void externalIsTheCertificatesAccount() {
        assertEquals(new Success("kurt"), first(SaslMechanism.EXTERNAL, ""));
        assertEquals(new Success("kurt"), first(SaslMechanism.EXTERNAL, "kurt"));
        assertEquals("", challenge(start(SaslMechanism.EXTERNAL).first(null)));
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.EXTERNAL, "kurt\0")));
        credentials.setCertificate("kurt", null);
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(first(SaslMechanism.EXTERNAL, "")));
    }

    /** RFC 7628 section 4.1. */
    @Test
    void theExampleOfRfc7628() {
        assertEquals(new Success("user@example.com"), first(SaslMechanism.OAUTHBEARER, "n,a=user@example.com,\1"
                + "host=server.example.com\1port=143\1auth=Bearer " + TOKEN + "\1\1"));
        assertEquals(new Success("user@example.com"),
                first(SaslMechanism.OAUTHBEARER, "y,,\1auth=bEARER " + TOKEN + "\1more=\t x\1\1"));
    }

    /** RFC 7628 section 4.3. */
    @ParameterizedTest
    @ValueSource(strings = {"auth=\1", "auth=Bearer\1", "auth=Bearer wrong\1", "auth=Basic vF9d\1",
        "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg\1"})
    void aWrongTokenIsExplainedBeforeItFails(String pair) {
        var exchange = start(SaslMechanism.OAUTHBEARER);
        assertEquals("{\"status\":\"invalid_token\"}",
                challenge(exchange.first(octets("n,a=user@example.com,\1host=server.example.com\1" + pair + "\1"))));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(exchange.next(octets("\1"))));
    }

    @Test
    void aTokenOpensNoOtherAccount() {
        var exchange = start(SaslMechanism.OAUTHBEARER);
        assertEquals("{\"status\":\"invalid_token\"}",
                challenge(exchange.first(octets("n,a=tim,\1auth=Bearer " + TOKEN + "\1\1"))));
        assertEquals("{\"status\":\"invalid_request\"}", challenge(start(SaslMechanism.OAUTHBEARER)
                .first(octets("n,a=tim,\1host=x\1\1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\1", "n,,", "n,,\1", "n,,\1auth=Bearer x", "n,,\1auth=Bearer x\1",
        "p=tls-server-end-point,,\1auth=Bearer x\1\1", "n,,auth=Bearer x\1\1", "n,,\1auth=x\1auth=x\1\1",
        "n,,\1au th=x\1\1", "n,,\1auth=\u00E9\1\1", "n,user=a@b,\1auth=Bearer x\1\1"})
    void oauthBearerRefusesWhatIsNotItsForm(String message) {
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.OAUTHBEARER, message)));
    }

    @Test
    void xoauth2TakesUserAndToken() {
        assertEquals(new Success("user@example.com"),
                first(SaslMechanism.XOAUTH2, "user=user@example.com\1auth=Bearer " + TOKEN + "\1\1"));
        var exchange = start(SaslMechanism.XOAUTH2);
        assertEquals("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}",
                challenge(exchange.first(octets("user=tim\1auth=Bearer " + TOKEN + "\1\1"))));
        assertEquals(Reason.AUTHENTICATIONFAILED, reason(exchange.next(new byte[0])));
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.XOAUTH2, "user=tim\1auth=Bearer x\1")));
        assertEquals(Reason.MALFORMED, reason(first(SaslMechanism.XOAUTH2, "user=\1auth=Bearer x\1\1")));
    }

    @ParameterizedTest
    @EnumSource(SaslMechanism.class)
    void theClientSpeaksFirstWhereItDoes(SaslMechanism mechanism) {
        var challenge = challenge(start(mechanism).first(null));
        assertEquals(mechanism.clientFirst(), challenge.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(SaslMechanism.class)
    void noFailureQuotesTheClient(SaslMechanism mechanism) {
        var exchange = start(mechanism);
        var step = exchange.first(null);
        while (step instanceof SaslStep.Challenge) {
            step = exchange.next(octets("sEcReT"));
        }
        assertFalse(((SaslStep.Failure) step).words().contains("sEcReT"));
        assertTrue(((SaslStep.Failure) step).words().endsWith("."));
    }

    private static String mirrored() {
        return "5e1ddd12c3a1a524622872a909b83ff3";
    }

    private SaslStep first(SaslMechanism mechanism, String initialResponse) {
        return start(mechanism).first(octets(initialResponse));
    }

    private SaslExchange start(SaslMechanism mechanism) {
        return SaslExchange.of(mechanism, TLS, credentials);
    }
}
