package dev.mailscope.server.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.SaslPrep;
import dev.mailscope.server.mailbox.ScramAccount;
import dev.mailscope.server.mailbox.ScramHash;
import dev.mailscope.server.sasl.SaslStep.Reason;

/**
 * SCRAM (RFC 5802, RFC 7677), which ends with a challenge: the server's own proof, to which the client answers nothing,
 * since neither IMAP nor POP3 can carry it in a success (RFC 4422 section 3.6).
 *
 * @param plus true for the variant that is bound to the TLS channel
 */
record Scram(ScramHash hash, boolean plus, SaslCircumstances circumstances, Credentials credentials,
        Supplier<String> nonce) implements Turn.Stage {
    private static final String END_POINT = "p=tls-server-end-point";
    private static final Pattern NONCE = Pattern.compile("r=[\\x21-\\x2B\\x2D-\\x7E]+");
    // attr-val = ALPHA "=" value; "m" announces an extension that must be understood.
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-ln-z]=[^\\x00,]+", Pattern.DOTALL);

    // client-first-message = gs2-header [reserved-mext ","] username "," nonce ["," extensions]
    @Override
    public Turn take(byte[] response) {
        var text = Text.of(response).orElse("");
        var header = Gs2Header.at(text).orElse(null);
        if (header == null) {
            return malformed();
        }
        var problem = unbound(header.flag());
        if (problem != null) {
            return Turn.failed(Reason.CHANNEL_BINDING, problem);
        }
        var bare = text.substring(header.text().length());
        var attributes = List.of(bare.split(",", -1));
        if (attributes.size() < 2 || !attributes.getFirst().startsWith("n=")
                || !NONCE.matcher(attributes.get(1)).matches() || !areExtensions(attributes, 2, attributes.size())) {
            return malformed();
        }
        var user = Gs2Header.name(attributes.getFirst().substring(2)).filter(n -> SaslPrep.prepare(n).isPresent());
        if (user.isEmpty()) {
            return malformed();
        }
        var account = credentials.scram(hash, user.get());
        var bothNonces = attributes.get(1) + nonce.get();
        var serverFirst = bothNonces + ",s=" + base64(account.salt()) + ",i=" + account.iterations();
        return Turn.ask(serverFirst, last -> last(header, account, bothNonces, bare + "," + serverFirst, last));
    }

    // client-final-message = channel-binding "," nonce ["," extensions] "," proof
    private Turn last(Gs2Header header, ScramAccount account, String nonces, String before, byte[] response) {
        var text = Text.of(response).orElse("");
        var attributes = List.of(text.split(",", -1));
        var end = attributes.size() - 1;
        if (end < 2 || !attributes.getFirst().startsWith("c=") || !attributes.get(end).startsWith("p=")
                || !areExtensions(attributes, 2, end)) {
            return malformed();
        }
        if (!attributes.getFirst().equals("c=" + base64(binding(header)))) {
            return Turn.failed(Reason.CHANNEL_BINDING, "The client is bound to another channel than this one.");
        }
        if (!attributes.get(1).equals(nonces)) {
            return malformed();
        }
        var authMessage = before + "," + text.substring(0, text.lastIndexOf(','));
        var verifier = account.verifier();
        var right = verifier.accepts(octets(attributes.get(end).substring(2)), authMessage);
        if (!right || account.account().isEmpty()) {
            return Turn.wrongPassword(account.account().orElse(""));
        }
        var name = account.account().get();
        return Turn.mayActFor(credentials, name, header.actFor())
                ? Turn.ask("v=" + base64(verifier.serverSignature(authMessage)), nothing -> acknowledged(name, nothing))
                : Turn.notAuthorized();
    }

    private static Turn acknowledged(String account, byte[] response) {
        return response.length == 0 ? Turn.success(account)
                : Turn.malformed("SCRAM ends with an empty response to the server's proof.");
    }

    /** What is wrong with a client that binds, or does not, in this way; null when nothing is. */
    private String unbound(String flag) {
        var binds = flag.startsWith("p=");
        if (binds && !flag.equals(END_POINT)) {
            return "The only channel binding here is tls-server-end-point.";
        }
        if (binds != plus) {
            return plus ? "The -PLUS variant is for a client that binds the channel, and this one does not."
                    : "Binding the channel needs the -PLUS variant.";
        }
        return flag.equals("y") && circumstances.endPoint().isPresent()
                ? "The client believes that the server cannot bind the channel, but it can: somebody may have changed"
                        + " what the server offers."
                : null;
    }

    private byte[] binding(Gs2Header header) {
        var start = header.text().getBytes(StandardCharsets.UTF_8);
        if (!plus) {
            return start;
        }
        var endPoint = circumstances.endPoint().orElseThrow();
        var all = Arrays.copyOf(start, start.length + endPoint.length);
        System.arraycopy(endPoint, 0, all, start.length, endPoint.length);
        return all;
    }

    private static boolean areExtensions(List<String> attributes, int from, int to) {
        return attributes.subList(from, to).stream().allMatch(text -> EXTENSION.matcher(text).matches());
    }

    private static Turn malformed() {
        return Turn.malformed("That is not a SCRAM message this server understands (RFC 5802 section 7).");
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** The octets of that base64; none, which is no proof, when it is wrong. */
    private static byte[] octets(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "Scram[" + hash + "]";
    }
}
