package dev.mailscope.server.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import dev.mailscope.server.mailbox.ScramHash;

/** A SCRAM client, which Java has none of. */
public final class ScramClient {
    private final ScramHash hash;
    private final String header;
    private final byte[] binding;
    private final String user;
    private final String nonce;
    private String serverSignature;

    /** A client of that user; the binding follows the header in its last message. */
    public ScramClient(ScramHash hash, String header, byte[] binding, String user, String nonce) {
        this.hash = hash;
        this.header = header;
        this.binding = binding;
        this.user = user;
        this.nonce = nonce;
    }

    /** Its first message. */
    public byte[] first() {
        return octets(header + bare());
    }

    /** Its last message. */
    public byte[] last(byte[] challenge, String password) throws Exception {
        var serverFirst = new String(challenge, StandardCharsets.UTF_8);
        var attributes = serverFirst.split(",");
        var salt = Base64.getDecoder().decode(attributes[1].substring(2));
        var iterations = Integer.parseInt(attributes[2].substring(2));
        var salted = SecretKeyFactory.getInstance(hash == ScramHash.SHA_1 ? "PBKDF2WithHmacSHA1"
                : "PBKDF2WithHmacSHA256").generateSecret(
                        new PBEKeySpec(password.toCharArray(), salt, iterations, hash.size() * 8)).getEncoded();
        var start = octets(header);
        var bound = Arrays.copyOf(start, start.length + binding.length);
        System.arraycopy(binding, 0, bound, start.length, binding.length);
        var withoutProof = "c=" + base64(bound) + "," + attributes[0];
        var message = bare() + "," + serverFirst + "," + withoutProof;
        var proof = hash.hmac(salted, "Client Key");
        var signature = hash.hmac(hash.hash(proof), message);
        for (var i = 0; i < proof.length; i++) {
            proof[i] ^= signature[i];
        }
        serverSignature = base64(hash.hmac(hash.hmac(salted, "Server Key"), message));
        return octets(withoutProof + ",p=" + base64(proof));
    }

    /** True when the server has proved that it knows the verifier. */
    public boolean accepts(byte[] serverFinal) {
        return Arrays.equals(octets("v=" + serverSignature), serverFinal);
    }

    private String bare() {
        return "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
