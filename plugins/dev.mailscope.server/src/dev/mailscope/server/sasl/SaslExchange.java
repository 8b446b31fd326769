package dev.mailscope.server.sasl;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.ScramHash;
import dev.mailscope.server.sasl.SaslStep.Reason;

/**
 * One exchange of a SASL mechanism (RFC 4422 section 3), from the command that begins it to success or failure. Octets
 * in, octets out: the protocol carries them in its Base64, and calls an exchange off by dropping it. Whatever a client
 * sends is answered by a step; a mechanism that is not offered fails.
 */
public final class SaslExchange {
    private final SaslMechanism mechanism;
    private Turn turn;

    private SaslExchange(SaslMechanism mechanism, Turn turn) {
        this.mechanism = mechanism;
        this.turn = turn;
    }

    /** An exchange that is about to begin. */
    public static SaslExchange of(SaslMechanism mechanism, SaslCircumstances circumstances, Credentials credentials) {
        return new SaslExchange(mechanism, opening(mechanism, circumstances, credentials));
    }

    /** The mechanism. */
    public SaslMechanism mechanism() {
        return mechanism;
    }

    /**
     * The first step.
     *
     * @param initialResponse what came with the command, which may be no octets; null when nothing did
     */
    public SaslStep first(byte[] initialResponse) {
        if (initialResponse == null || turn.next() == null) {
            return turn.step();
        }
        // LOGIN's first question is always the same, and clients answer it unasked.
        if (!mechanism.clientFirst() && mechanism != SaslMechanism.LOGIN) {
            turn = Turn.malformed("The server speaks first in " + mechanism.wireName()
                    + ": there can be no initial response.");
            return turn.step();
        }
        return next(initialResponse);
    }

    /** The step after the client's response to a challenge. Once the exchange is over it stays so. */
    public SaslStep next(byte[] response) {
        turn = turn.next() == null ? Turn.malformed("The exchange is over.") : turn.next().take(response);
        return turn.step();
    }

    /** True after success or failure. */
    public boolean isOver() {
        return turn.next() == null;
    }

    @Override
    public String toString() {
        return "SaslExchange[" + mechanism.wireName() + "]";
    }

    private static Turn opening(SaslMechanism mechanism, SaslCircumstances circumstances, Credentials credentials) {
        if (mechanism.isMissingPrivacyIn(circumstances)) {
            return Turn.failed(Reason.PRIVACYREQUIRED, mechanism.wireName() + " needs TLS.");
        }
        if (!mechanism.isOfferedIn(circumstances, credentials)) {
            return Turn.failed(Reason.NOT_OFFERED, mechanism.wireName() + " is not offered on this connection.");
        }
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> clientFirst(scram(ScramHash.SHA_256, true, circumstances, credentials));
            case SCRAM_SHA_256 -> clientFirst(scram(ScramHash.SHA_256, false, circumstances, credentials));
            case SCRAM_SHA_1_PLUS -> clientFirst(scram(ScramHash.SHA_1, true, circumstances, credentials));
            case SCRAM_SHA_1 -> clientFirst(scram(ScramHash.SHA_1, false, circumstances, credentials));
            case EXTERNAL -> clientFirst(new External(circumstances, credentials));
            case OAUTHBEARER -> clientFirst(response -> Bearer.oauthBearer(credentials, response));
            case XOAUTH2 -> clientFirst(response -> Bearer.xoauth2(credentials, response));
            case CRAM_MD5 -> CramMd5.begin(credentials, CramMd5.challenge());
            case PLAIN -> clientFirst(new Plain(credentials));
            case LOGIN -> Login.begin(credentials);
        };
    }

    private static Turn clientFirst(Turn.Stage stage) {
        return Turn.ask("", stage);
    }

    private static Scram scram(ScramHash hash, boolean plus, SaslCircumstances circumstances,
            Credentials credentials) {
        return new Scram(hash, plus, circumstances, credentials, Nonce::next);
    }
}
