package dev.mailscope.server.sasl;

import static dev.mailscope.server.sasl.SaslMechanism.CRAM_MD5;
import static dev.mailscope.server.sasl.SaslMechanism.EXTERNAL;
import static dev.mailscope.server.sasl.SaslMechanism.LOGIN;
import static dev.mailscope.server.sasl.SaslMechanism.OAUTHBEARER;
import static dev.mailscope.server.sasl.SaslMechanism.PLAIN;
import static dev.mailscope.server.sasl.SaslMechanism.SCRAM_SHA_1;
import static dev.mailscope.server.sasl.SaslMechanism.SCRAM_SHA_1_PLUS;
import static dev.mailscope.server.sasl.SaslMechanism.SCRAM_SHA_256;
import static dev.mailscope.server.sasl.SaslMechanism.SCRAM_SHA_256_PLUS;
import static dev.mailscope.server.sasl.SaslMechanism.XOAUTH2;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.sasl.SaslStep.Reason;

class OfferedTest {
    private final Credentials credentials = new Credentials();

    @BeforeEach
    void account() {
        credentials.setWithoutSecret("alice", "wonderland");
    }

    @Test
    void withoutTlsNoPasswordIsSentUnlessItMay() {
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1), offered(SaslCircumstances.withoutTls(false)));
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN), offered(SaslCircumstances.withoutTls(true)));
    }

    @Test
    void theChannelIsBoundWhereItCanBe() {
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN),
                offered(SaslCircumstances.withTls(null, null)));
        assertEquals(List.of(SCRAM_SHA_256_PLUS, SCRAM_SHA_256, SCRAM_SHA_1_PLUS, SCRAM_SHA_1, PLAIN, LOGIN),
                offered(SaslCircumstances.withTls(new byte[32], null)));
    }

    @Test
    void aClientWithACertificateMayUseIt() {
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, EXTERNAL, PLAIN, LOGIN),
                offered(SaslCircumstances.withTls(null, new X500Principal("CN=alice"))));
    }

    @Test
    void tokensAreTakenOnlyUnderTlsAndWhereThereAreAny() {
        credentials.setTokens("alice", Set.of("abc"));
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, OAUTHBEARER, XOAUTH2, PLAIN, LOGIN),
                offered(SaslCircumstances.withTls(null, null)));
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN), offered(SaslCircumstances.withoutTls(true)));
    }

    @Test
    void cramMd5NeedsAnAccountThatKeepsItsSecret() {
        credentials.set("bob", "builder");
        assertEquals(List.of(SCRAM_SHA_256, SCRAM_SHA_1, CRAM_MD5), offered(SaslCircumstances.withoutTls(false)));
    }

    @ParameterizedTest
    @EnumSource(SaslMechanism.class)
    void whatIsNotOfferedFails(SaslMechanism mechanism) {
        for (var circumstances : Stream.of(SaslCircumstances.withoutTls(false), SaslCircumstances.withTls(null, null))
                .toList()) {
            var offered = offered(circumstances).contains(mechanism);
            var exchange = SaslExchange.of(mechanism, circumstances, credentials);
            var reason = exchange.first(null) instanceof SaslStep.Failure(var why, var words, var user) ? why : null;
            var privacy = !circumstances.tls() && (mechanism.needsTls() || mechanism.sendsPassword());
            assertEquals(offered ? null : privacy ? Reason.PRIVACYREQUIRED : Reason.NOT_OFFERED, reason);
            assertEquals(!offered, exchange.isOver());
        }
    }

    @ParameterizedTest
    @EnumSource(SaslMechanism.class)
    void everyMechanismIsFoundByItsName(SaslMechanism mechanism) {
        assertEquals(Optional.of(mechanism), SaslMechanism.named(mechanism.wireName()));
        assertEquals(Optional.of(mechanism),
                SaslMechanism.named(mechanism.wireName().toLowerCase(Locale.ROOT)));
        assertEquals(mechanism == CRAM_MD5, mechanism.needsSharedSecret());
        assertEquals(Optional.empty(), SaslMechanism.named("GSSAPI"));
    }

    private List<SaslMechanism> offered(SaslCircumstances circumstances) {
        return SaslMechanism.offered(circumstances, credentials);
    }
}
