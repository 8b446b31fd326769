package dev.mailscope.server.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hash functions of certificates. */
final class Digests {
    private static final Pattern SIGNATURE = Pattern.compile("(?:(SHA3-\\d+|MD\\d)|SHA-?(\\d+(?:/\\d+)?))(?i:with).*");

    private Digests() {
    }

    static byte[] of(String digest, byte[] octets) {
        try {
            return MessageDigest.getInstance(digest).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the certificate was verified with " + digest + ", and now it is gone", e);
        }
    }

    /**
     * The hash function for {@code tls-server-end-point}: that of the certificate's signature, SHA-256 in place of MD5
     * and SHA-1; empty when the signature has none, or several (RFC 5929 section 4.1).
     *
     * @param signature  the name of the signature algorithm, such as SHA256withECDSA
     * @param parameters its parameters in DER; null for none
     */
    static Optional<String> ofSignature(String signature, byte[] parameters) {
        return (signature.equals("RSASSA-PSS") && parameters != null ? ofPss(parameters) : ofName(signature))
                .map(digest -> digest.equals("MD5") || digest.equals("SHA-1") ? "SHA-256" : digest);
    }

    private static Optional<String> ofName(String signature) {
        var found = SIGNATURE.matcher(signature);
        if (!found.matches()) {
            return Optional.empty();
        }
        return Optional.of(found.group(1) != null ? found.group(1) : "SHA-" + found.group(2));
    }

    private static Optional<String> ofPss(byte[] parameters) {
        try {
            var algorithm = AlgorithmParameters.getInstance("RSASSA-PSS");
            algorithm.init(parameters);
            var pss = algorithm.getParameterSpec(PSSParameterSpec.class);
            return pss.getMGFParameters() instanceof MGF1ParameterSpec mask
                    && mask.getDigestAlgorithm().equals(pss.getDigestAlgorithm())
                    ? Optional.of(pss.getDigestAlgorithm()) : Optional.empty();
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException | IOException e) {
            // A signature this Java does not understand: then no channel binding is offered.
            return Optional.empty();
        }
    }
}
