package dev.mailscope.server.sasl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.mailbox.Credentials;

/** The SASL mechanisms the server knows, the strongest first. */
public enum SaslMechanism {
    /** RFC 7677, bound to the TLS channel. */
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", Needs.TLS),
    /** RFC 7677. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** RFC 5802, bound to the TLS channel. */
    SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS", Needs.TLS),
    /** RFC 5802. */
    SCRAM_SHA_1("SCRAM-SHA-1"),
    /** RFC 4422 appendix A: the certificate a client showed when TLS began. */
    EXTERNAL("EXTERNAL", Needs.TLS),
    /** RFC 7628: a bearer token. */
    OAUTHBEARER("OAUTHBEARER", Needs.TLS),
    /** A bearer token in the form Google published before RFC 7628. */
    XOAUTH2("XOAUTH2", Needs.TLS),
    /** RFC 2195. */
    CRAM_MD5("CRAM-MD5", Needs.SHARED_SECRET, Needs.SERVER_FIRST),
    /** RFC 4616. */
    PLAIN("PLAIN", Needs.PRIVACY),
    /** Not in any RFC, obsolete, and still used: user name and password, asked for one by one. */
    LOGIN("LOGIN", Needs.PRIVACY, Needs.SERVER_FIRST);

    private enum Needs {
        TLS, PRIVACY, SHARED_SECRET, SERVER_FIRST
    }

    private final String wireName;
    private final List<Needs> needs;

    SaslMechanism(String wireName, Needs... needs) {
        this.wireName = wireName;
        this.needs = List.of(needs);
    }

    /** The mechanism of that name, in any case. */
    public static Optional<SaslMechanism> named(String wireName) {
        return Arrays.stream(values()).filter(mechanism -> mechanism.wireName.equalsIgnoreCase(wireName)).findFirst();
    }

    /** The mechanisms a client can use under these circumstances with these accounts, the strongest first. */
    public static List<SaslMechanism> offered(SaslCircumstances circumstances, Credentials credentials) {
        return Arrays.stream(values()).filter(mechanism -> mechanism.isOfferedIn(circumstances, credentials)).toList();
    }

    /** Its name on the wire (RFC 4422 section 3.1). */
    public String wireName() {
        return wireName;
    }

    /** True when it is not possible without TLS at all. */
    public boolean needsTls() {
        return needs.contains(Needs.TLS);
    }

    /** True when it sends the password itself, so that it needs TLS unless the server allows it in the clear. */
    public boolean sendsPassword() {
        return needs.contains(Needs.PRIVACY);
    }

    /** True when the server must keep the password itself. */
    public boolean needsSharedSecret() {
        return needs.contains(Needs.SHARED_SECRET);
    }

    /** True when the client speaks first; then an AUTHENTICATE or AUTH command may carry its first response. */
    public boolean clientFirst() {
        return !needs.contains(Needs.SERVER_FIRST);
    }

    boolean isOfferedIn(SaslCircumstances circumstances, Credentials credentials) {
        if (isMissingPrivacyIn(circumstances)) {
            return false;
        }
        return switch (this) {
            case SCRAM_SHA_256_PLUS, SCRAM_SHA_1_PLUS -> circumstances.endPoint().isPresent();
            case EXTERNAL -> circumstances.clientCertificate().isPresent();
            case OAUTHBEARER, XOAUTH2 -> credentials.hasTokens();
            case CRAM_MD5 -> credentials.keepsSharedSecrets();
            case SCRAM_SHA_256, SCRAM_SHA_1, PLAIN, LOGIN -> true;
        };
    }

    boolean isMissingPrivacyIn(SaslCircumstances circumstances) {
        return needsTls() && !circumstances.tls() || sendsPassword() && !circumstances.passwordsAllowed();
    }
}
