package dev.mailscope.server.sasl;

import java.nio.charset.StandardCharsets;

/** What tests look at in the steps of an exchange. */
final class Steps {
    private Steps() {
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The challenge as text. ClassCastException when the step is none. */
    static String challenge(SaslStep step) {
        return new String(((SaslStep.Challenge) step).octets(), StandardCharsets.UTF_8);
    }

    /** Why the exchange failed. ClassCastException when it did not. */
    static SaslStep.Reason reason(SaslStep step) {
        return ((SaslStep.Failure) step).reason();
    }
}
