package dev.mailscope.server.smtp;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.mailscope.server.sasl.SaslCircumstances;
import dev.mailscope.server.sasl.SaslExchange;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.sasl.SaslStep;
import dev.mailscope.server.session.FailedLogins;
import dev.mailscope.server.trace.What;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.AuthenticationHandlerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/**
 * AUTH (RFC 4954): carries the server's own SASL exchanges. Offers nothing while there is no account.
 *
 * @param failedLogins     how long the answer to a failed one waits
 * @param closing          counted down when the server stops, for which nobody waits
 * @param plaintextAllowed true when a password may be sent without TLS
 */
record Auth(Deliveries deliveries, FailedLogins failedLogins, CountDownLatch closing, boolean plaintextAllowed) implements AuthenticationHandlerFactory {
    /** All that might be offered; the exchange itself refuses what is not offered on its connection. */
    @Override
    public List<String> getAuthenticationMechanisms() {
        return Arrays.stream(SaslMechanism.values()).map(SaslMechanism::wireName).toList();
    }

    /** The names of the mechanisms that are offered on a connection, with TLS or without. */
    List<String> offered(boolean tls) {
        return !deliveries.hasAccounts() ? List.of()
                : SaslMechanism.offered(circumstances(tls), deliveries.credentials()).stream()
                        .map(SaslMechanism::wireName).toList();
    }

    /** Neither the channel binding nor the client's certificate can be had from the library. */
    private SaslCircumstances circumstances(boolean tls) {
        return tls ? SaslCircumstances.withTls(null, null) : SaslCircumstances.withoutTls(plaintextAllowed);
    }

    @Override
    public AuthenticationHandler create() {
        return new Exchange();
    }

    /** One exchange; the library has checked that the mechanism is offered, and takes a cancelling asterisk itself. */
    private final class Exchange implements AuthenticationHandler {
        private SaslExchange exchange;
        private Session session;
        private String account;

        @Override
        public Optional<String> auth(String line, MessageContext context) throws RejectException {
            if (exchange != null) {
                return answer(exchange.next(decoded(line)));
            }
            var words = line.split(" ");
            var mechanism = SaslMechanism.named(words[1])
                    .orElseThrow(() -> new RejectException(504, "5.5.4 There is no such SASL mechanism."));
            session = (Session) context;
            exchange = SaslExchange.of(mechanism, circumstances(session.isTLSStarted()),
                    deliveries.credentials());
            var initial = words.length < 3 ? null : words[2].equals("=") ? new byte[0] : decoded(words[2]);
            return answer(exchange.first(initial));
        }

        @Override
        public Object getIdentity() {
            return account;
        }

        private Optional<String> answer(SaslStep step) throws RejectException {
            return switch (step) {
                case SaslStep.Challenge(var octets) ->
                    Optional.of("334 " + Base64.getEncoder().encodeToString(octets));
                case SaslStep.Success(var user) -> {
                    account = user;
                    yield Optional.empty();
                }
                case SaslStep.Failure(var reason, var words, var user) -> throw refused(reason, user,
                        new RejectException(switch (reason) {
                    case AUTHENTICATIONFAILED, AUTHORIZATIONFAILED, CHANNEL_BINDING -> 535;
                    case PRIVACYREQUIRED -> 538;
                    case NOT_OFFERED -> 504;
                    case MALFORMED -> 501;
                }, switch (reason) {
                    case AUTHENTICATIONFAILED, AUTHORIZATIONFAILED, CHANNEL_BINDING -> "5.7.8 ";
                    case PRIVACYREQUIRED -> "5.7.11 ";
                    case NOT_OFFERED -> "5.5.4 ";
                    case MALFORMED -> "5.5.2 ";
                } + words));
            };
        }

        /** A failed login is recorded, and its answer waits. */
        private RejectException refused(SaslStep.Failure.Reason reason, String user, RejectException answer) {
            switch (reason) {
                case AUTHENTICATIONFAILED, AUTHORIZATIONFAILED, CHANNEL_BINDING -> {
                    var delay = failedLogins.count(session.getRemoteAddress().getAddress().getHostAddress());
                    deliveries.trace().record(0, SmtpListener.PROTOCOL, 0, "", "", "AUTH",
                            new What.Remark(FailedLogins.words(delay,
                                    deliveries.credentials().account(user).orElse(""))));
                    await(delay);
                }
                case PRIVACYREQUIRED, NOT_OFFERED, MALFORMED -> {
                    // nothing has been guessed
                }
            }
            return answer;
        }

        private void await(Duration delay) {
            try {
                closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static byte[] decoded(String text) throws RejectException {
            try {
                // Java would forgive that padding is missing.
                if (text.length() % 4 == 0) {
                    return Base64.getDecoder().decode(text);
                }
            } catch (IllegalArgumentException e) {
                // Its text may show part of the secret: it goes no further.
            }
            throw new RejectException(501, "5.5.2 The response is not base64.");
        }
    }
}
