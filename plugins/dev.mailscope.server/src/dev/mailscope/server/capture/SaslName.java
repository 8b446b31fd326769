package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The user name in what a client sends by a SASL mechanism; the rest of it is a secret and is not kept. */
final class SaslName {
    // SCRAM's n=user (RFC 5802 section 5.1), XOAUTH2's user=user, OAUTHBEARER's a=user (RFC 7628 section 3.1).
    private static final Pattern ATTRIBUTE = Pattern.compile("(?s)^(?:n,,|y,,|p=[^,]*,,)?(?:.*?,)?n=([^,]+),r=.*"
            + "|^user=([^\u0001]+)\u0001.*|^n,a=([^,]+),.*");

    private final String mechanism;
    private String name = "";

    SaslName(String mechanism) {
        this.mechanism = mechanism.toUpperCase(Locale.ROOT);
    }

    /** The name as far as it is known; empty when it is not. */
    String name() {
        return name;
    }

    /** Takes a response in base64. */
    void take(byte[] line) {
        try {
            response(Base64.getDecoder().decode(new String(line, StandardCharsets.ISO_8859_1).strip()));
        } catch (IllegalArgumentException e) {
            // It is no base64, as when the client calls the exchange off: it names nobody.
        }
    }

    /** Takes a response. */
    void response(byte[] octets) {
        if (name.isEmpty()) {
            name = named(new String(octets, StandardCharsets.UTF_8)).orElse("");
        }
    }

    private Optional<String> named(String text) {
        return switch (mechanism) {
            case "PLAIN" -> {
                var words = text.split("\0", -1);
                yield words.length < 3 ? Optional.empty() : Optional.of(words[0].isEmpty() ? words[1] : words[0]);
            }
            case "LOGIN", "EXTERNAL" -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case "CRAM-MD5" -> text.indexOf(' ') < 0 ? Optional.empty()
                    : Optional.of(text.substring(0, text.lastIndexOf(' ')));
            default -> {
                var found = ATTRIBUTE.matcher(text);
                yield !found.matches() ? Optional.empty() : Optional.of(found.group(1) != null ? found.group(1)
                        : found.group(2) != null ? found.group(2) : found.group(3));
            }
        };
    }
}
