package dev.mailscope.server.session;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.mailscope.server.sasl.SaslExchange;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.sasl.SaslStep;

/**
 * A SASL exchange as IMAP (RFC 3501 section 6.2.2) and POP3 (RFC 5034) carry it: a response is a line of Base64, and an
 * asterisk alone calls the exchange off. What comes to an end gives {@link SaslStep}; the words are the protocol's own.
 */
public final class SaslDialogue {
    /** What the client wants by a line. */
    public sealed interface Answer {
        /** The exchange goes on with this step. */
        record Goes(SaslStep step) implements Answer {
        }

        /** The client has called it off. */
        record CalledOff() implements Answer {
        }

        /** The line is no Base64, and the exchange is over. */
        record NotBase64() implements Answer {
        }
    }

    private final SaslExchange exchange;

    private SaslDialogue(SaslExchange exchange) {
        this.exchange = exchange;
    }

    /** A dialogue by that mechanism that is about to begin. */
    public static SaslDialogue of(SaslMechanism mechanism, SessionContext context) {
        return new SaslDialogue(SaslExchange.of(mechanism, context.circumstances(), context.credentials()));
    }

    /** The names of the mechanisms the client can use now, a space between them; empty for none. */
    public static String offered(SessionContext context) {
        return SaslMechanism.offered(context.circumstances(), context.credentials()).stream()
                .map(SaslMechanism::wireName).collect(Collectors.joining(" "));
    }

    /**
     * The octets of an initial response.
     *
     * @param text in Base64, or {@code =} for no octets; empty when that is what neither is
     */
    public static Optional<byte[]> initialResponse(byte[] text) {
        if (text.length == 1 && text[0] == '=') {
            return Optional.of(new byte[0]);
        }
        return text.length == 0 ? Optional.empty() : decode(text);
    }

    /**
     * The first step.
     *
     * @param initialResponse what came with the command, decoded; null when nothing did
     */
    public SaslStep first(byte[] initialResponse) {
        return exchange.first(initialResponse);
    }

    /** What comes of the client's line, which is given without its end. */
    public Answer take(byte[] line) {
        if (line.length == 1 && line[0] == '*') {
            return new Answer.CalledOff();
        }
        return decode(line).<Answer>map(octets -> new Answer.Goes(exchange.next(octets)))
                .orElseGet(Answer.NotBase64::new);
    }

    @Override
    public String toString() {
        return "SaslDialogue[" + exchange.mechanism().wireName() + "]";
    }

    // base64 = *(4base64-char) [base64-terminal]
    private static Optional<byte[]> decode(byte[] text) {
        if (text.length % 4 != 0) {
            return Optional.empty(); // Java would forgive that padding is missing
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            // The exception's text may show part of the secret: it goes no further.
            return Optional.empty();
        }
    }
}
