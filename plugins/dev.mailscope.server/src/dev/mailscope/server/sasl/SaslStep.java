package dev.mailscope.server.sasl;

/** What the server does next in an exchange. */
public sealed interface SaslStep {
    /** It sends these octets, which may be none, and waits for the client's response. */
    record Challenge(byte[] octets) implements SaslStep {
        @Override
        public String toString() {
            return "Challenge[" + octets.length + " octets]";
        }
    }

    /**
     * The client is who it says it is, and the exchange is over.
     *
     * @param user the account, by its own name
     */
    record Success(String user) implements SaslStep {
    }

    /**
     * The exchange is over; the client may begin another.
     *
     * @param words why, for the client's user; quotes nothing the client sent
     * @param user  the user the client has named, empty where it has named none
     */
    record Failure(Reason reason, String words, String user) implements SaslStep {
    }

    /** Why an exchange failed. */
    enum Reason {
        /** The user is unknown, or the password, digest, proof, token or certificate is wrong; RFC 5530 calls it so. */
        AUTHENTICATIONFAILED,
        /** The user has proved who it is, and may not act for the one it named; RFC 5530 calls it so. */
        AUTHORIZATIONFAILED,
        /** The mechanism needs TLS first; RFC 5530 calls it so. */
        PRIVACYREQUIRED,
        /** The mechanism is not offered now. */
        NOT_OFFERED,
        /** The client's octets are not what the mechanism's RFC describes. */
        MALFORMED,
        /** The channel is not bound as it must be: somebody may stand between client and server. */
        CHANNEL_BINDING
    }
}
