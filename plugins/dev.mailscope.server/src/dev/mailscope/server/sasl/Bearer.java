package dev.mailscope.server.sasl;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.sasl.SaslStep.Reason;

/**
 * OAUTHBEARER (RFC 7628) and XOAUTH2: a bearer token that was set in the account. An OAUTHBEARER client's {@code host}
 * and {@code port} are not compared with anything: the server cannot know by which name it was reached.
 */
final class Bearer {
    // kvpair = 1*ALPHA "=" *(VCHAR / SP / HTAB / CR / LF) %x01
    private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)=([\\x20-\\x7E\\t\\r\\n]*)\\x01");
    // credentials = "Bearer" 1*SP b64token (RFC 6750 section 2.1)
    private static final Pattern TOKEN = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");
    // "user=" user %x01 "auth=Bearer " token %x01 %x01
    private static final Pattern XOAUTH2 = Pattern.compile("user=([^\\x00\\x01]+)\\x01auth=([^\\x00\\x01]*)\\x01\\x01");

    private Bearer() {
    }

    // client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
    static Turn oauthBearer(Credentials credentials, byte[] response) {
        var text = Text.of(response).orElse("");
        var header = Gs2Header.at(text).filter(gs2 -> !gs2.flag().startsWith("p=")).orElse(null);
        var pairs = header == null ? null : pairs(text.substring(header.text().length())).orElse(null);
        if (pairs == null) {
            return Turn.malformed("OAUTHBEARER takes a GS2 header without channel binding and key=value pairs"
                    + " (RFC 7628 section 3.1).");
        }
        var authorization = pairs.get("auth");
        return authorization == null ? refused("{\"status\":\"invalid_request\"}")
                : account(credentials, header.actFor(), authorization)
                        .orElseGet(() -> refused("{\"status\":\"invalid_token\"}"));
    }

    static Turn xoauth2(Credentials credentials, byte[] response) {
        var parts = XOAUTH2.matcher(Text.of(response).orElse(""));
        if (!parts.matches()) {
            return Turn.malformed("XOAUTH2 takes user=, the user name, %x01, auth=Bearer, a space, the token, and"
                    + " %x01 twice.");
        }
        return account(credentials, parts.group(1), parts.group(2))
                .orElseGet(() -> refused("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}"));
    }

    private static Optional<Turn> account(Credentials credentials, String user, String authorization) {
        var token = TOKEN.matcher(authorization);
        return token.matches() ? credentials.bearer(user, token.group(1)).map(Turn::success) : Optional.empty();
    }

    /** The reason as a challenge, which the client answers with anything; only then has the exchange failed. */
    private static Turn refused(String json) {
        return Turn.ask(json, anything -> Turn.failed(Reason.AUTHENTICATIONFAILED,
                "The token does not open the account, or there is no such account."));
    }

    private static Optional<Map<String, String>> pairs(String text) {
        if (text.length() < 2 || text.charAt(0) != 1 || text.charAt(text.length() - 1) != 1) {
            return Optional.empty();
        }
        var pairs = new HashMap<String, String>();
        var found = PAIR.matcher(text).region(1, text.length() - 1);
        var end = 1;
        while (found.lookingAt()) {
            if (pairs.put(found.group(1), found.group(2)) != null) {
                return Optional.empty();
            }
            end = found.end();
            found.region(end, text.length() - 1);
        }
        return end == text.length() - 1 ? Optional.of(pairs) : Optional.empty();
    }
}
