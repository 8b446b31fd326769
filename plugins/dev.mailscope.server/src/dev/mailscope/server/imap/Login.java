package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.session.SessionContext;

/** LOGIN and AUTHENTICATE PLAIN (RFC 3501 section 6.2, RFC 4616, RFC 4959). */
final class Login {
    private static final String PLAIN = "PLAIN";

    private Login() {
    }

    static Reply login(Turn turn, ImapCommand.Login command) {
        return turn.say(enter(turn, command.user(), command.password()));
    }

    static Reply authenticate(Turn turn, ImapCommand.Authenticate command) {
        if (!command.mechanism().equals(PLAIN)) {
            return turn.say(Reply.no(turn.phase(), ResponseCode.Simple.CANNOT,
                    "The server knows the SASL mechanism PLAIN only."));
        }
        return command.initialResponse() == null
                ? turn.say(Reply.continuing(turn.phase(), new Waiting.SaslResponse(turn.tag()),
                        new Response.Challenge(new byte[0])))
                : turn.say(plain(turn, command.initialResponse()));
    }

    /** The line that answers the empty challenge of PLAIN. */
    static Reply saslResponse(Turn turn, byte[] line) {
        if (new String(line, StandardCharsets.ISO_8859_1).equals("*")) {
            return turn.say(Reply.bad(turn.phase(), "AUTHENTICATE is called off."));
        }
        return turn.say(plain(turn, line));
    }

    private static Reply plain(Turn turn, byte[] base64) {
        var message = SaslPlain.parse(base64);
        if (message.isEmpty()) {
            return Reply.bad(turn.phase(), "AUTHENTICATE PLAIN takes the base64 of a user to act for, which may be"
                    + " empty, NUL, the user name, NUL and the password.");
        }
        var plain = message.get();
        if (!plain.actFor().isEmpty() && !plain.actFor().equals(plain.user())
                && verify(turn.context(), plain.user(), plain.password())) {
            return Reply.no(turn.phase(), ResponseCode.Simple.AUTHORIZATIONFAILED,
                    "No user can act for another one here.");
        }
        return enter(turn, plain.user(), plain.password());
    }

    /** One text for an unknown user and a wrong password: nobody learns which users there are. */
    private static Reply enter(Turn turn, String user, String password) {
        if (!verify(turn.context(), user, password)) {
            return Reply.no(turn.phase(), ResponseCode.Simple.AUTHENTICATIONFAILED,
                    "The user name or the password is wrong.");
        }
        return Reply.ok(new Phase.Authenticated(user), "Logged in as " + user + ".")
                .with(new ResponseCode.Capability(Capabilities.AFTER_LOGIN));
    }

    private static boolean verify(SessionContext context, String user, String password) {
        return context.credentials().verify(user, password) && context.store().state().account(user).isPresent();
    }
}
