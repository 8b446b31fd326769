package dev.mailscope.server.imap.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.mailscope.server.message.Range;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.session.SaslDialogue;

/**
 * LOGIN and AUTHENTICATE (RFC 3501 section 6.2). What is secret is hidden before it is looked at, so that it stays so
 * when the command turns out to be malformed. None of the messages here may say anything of what was found.
 */
final class LoginSyntax {
    private static final int LONGEST_MECHANISM = 20;

    private LoginSyntax() {
    }

    // login = "LOGIN" SP userid SP password
    static ImapCommand login(CommandReader in) {
        in.hideFromHere();
        in.space("a user name and a password");
        var user = utf8(in, in.astring("a user name"));
        in.hideFromHere();
        in.space("a password");
        var password = utf8(in, in.astring("a password"));
        var secret = in.lastToken();
        requireEnd(in, "the end of the command behind the password (use quotes when it has spaces in it)");
        in.hideOnly(secret);
        return new ImapCommand.Login(user, password);
    }

    // authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]
    static ImapCommand authenticate(CommandReader in) {
        in.hideFromHere();
        in.space("the name of a SASL mechanism such as PLAIN");
        var start = in.offset();
        var mechanism = mechanism(in);
        // What is no mechanism may be a password that was typed in its place.
        var isKnown = SaslMechanism.named(mechanism).isPresent();
        if (isKnown) {
            in.hideFromHere();
        }
        if (in.atLineEnd()) {
            in.hideOnly(Range.between(start, isKnown ? start : in.offset()));
            return new ImapCommand.Authenticate(mechanism, null);
        }
        in.space("an initial response in base64");
        var from = in.offset();
        var response = in.base64();
        var secret = Range.between(isKnown ? from : start, in.offset());
        requireEnd(in, "an initial response in base64 and nothing else");
        in.hideOnly(secret);
        return new ImapCommand.Authenticate(mechanism, initialResponse(in, response, from));
    }

    private static String mechanism(CommandReader in) {
        var from = in.offset();
        var mechanism = in.atom("the name of a SASL mechanism such as PLAIN").toUpperCase(Locale.ROOT);
        if (mechanism.length() > LONGEST_MECHANISM || !mechanism.chars().allMatch(LoginSyntax::isMechanismChar)) {
            throw new SyntaxError("expected the name of a SASL mechanism, which has at most " + LONGEST_MECHANISM
                    + " letters, digits, hyphens and underscores, found something else", from, 0);
        }
        return mechanism;
    }

    private static byte[] initialResponse(CommandReader in, byte[] response, int from) {
        if (response.length == 0) {
            throw new SyntaxError("expected an initial response in base64, or = for an empty one, found none", from, 0);
        }
        // Nothing of it may be quoted: it may be a secret.
        return SaslDialogue.initialResponse(response).orElseThrow(() -> new SyntaxError(
                "expected an initial response in base64, found something that is not", from, 0));
    }

    private static String utf8(CommandReader in, byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxError("expected text in UTF-8, found octets that are not", in.lastToken().offset(), 0);
        }
    }

    private static void requireEnd(CommandReader in, String expected) {
        if (!in.atLineEnd()) {
            throw new SyntaxError("expected " + expected + ", found more", in.offset(), 0);
        }
    }

    private static boolean isMechanismChar(int c) {
        return c == '-' || c == '_' || OctetClass.isDigit(c) || c >= 'A' && c <= 'Z';
    }
}
