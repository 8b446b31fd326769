package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.sasl.SaslStep;
import dev.mailscope.server.session.SaslDialogue;
import dev.mailscope.server.session.Step;

/** STARTTLS, LOGIN and AUTHENTICATE (RFC 3501 section 6.2, RFC 4959). */
final class Login {
    private Login() {
    }

    static Reply startTls(Turn turn) {
        if (turn.context().circumstances().tls()) {
            return turn.say(Reply.bad(turn.phase(), "TLS is active already."));
        }
        return turn.say(turn.context().canStartTls()
                ? Reply.ok(turn.phase(), "Begin the TLS negotiation now.").then(Step.After.START_TLS)
                : Reply.bad(turn.phase(), "This server does not offer TLS."));
    }

    static Reply login(Turn turn, ImapCommand.Login command) {
        if (!turn.context().circumstances().passwordsAllowed()) {
            return turn.say(Reply.no(turn.phase(), ResponseCode.Simple.PRIVACYREQUIRED,
                    "LOGIN is disabled without TLS: say STARTTLS first."));
        }
        return turn.say(turn.context().credentials().authenticate(command.user(), command.password())
                .map(account -> enter(turn, account)).orElseGet(() -> wrongPassword(turn, command.user())));
    }

    static Reply authenticate(Turn turn, ImapCommand.Authenticate command) {
        var mechanism = SaslMechanism.named(command.mechanism());
        if (mechanism.isEmpty()) {
            return turn.say(Reply.no(turn.phase(), ResponseCode.Simple.CANNOT, "The server does not know this SASL"
                    + " mechanism; what it offers now: " + SaslDialogue.offered(turn.context()) + "."));
        }
        var dialogue = SaslDialogue.of(mechanism.get(), turn.context());
        return turn.say(reply(turn, dialogue, dialogue.first(command.initialResponse())));
    }

    /** The line that answers a challenge. */
    static Reply saslResponse(Turn turn, SaslDialogue dialogue, byte[] line) {
        return turn.say(switch (dialogue.take(line)) {
            case SaslDialogue.Answer.Goes(var step) -> reply(turn, dialogue, step);
            case SaslDialogue.Answer.CalledOff c -> Reply.bad(turn.phase(), "AUTHENTICATE is called off.");
            case SaslDialogue.Answer.NotBase64 n -> Reply.bad(turn.phase(),
                    "The response to a challenge is a line in base64, and this one is not: AUTHENTICATE is over.");
        });
    }

    private static Reply reply(Turn turn, SaslDialogue dialogue, SaslStep step) {
        return switch (step) {
            case SaslStep.Challenge(var octets) -> Reply.continuing(turn.phase(),
                    new Waiting.SaslResponse(turn.tag(), dialogue), new Response.Challenge(octets));
            case SaslStep.Success(var account) -> enter(turn, account);
            case SaslStep.Failure(var reason, var words, var user) -> switch (reason) {
                case AUTHENTICATIONFAILED, CHANNEL_BINDING ->
                    failed(turn, user, ResponseCode.Simple.AUTHENTICATIONFAILED, words);
                case AUTHORIZATIONFAILED -> failed(turn, user, ResponseCode.Simple.AUTHORIZATIONFAILED, words);
                case PRIVACYREQUIRED -> no(turn, ResponseCode.Simple.PRIVACYREQUIRED, words);
                case NOT_OFFERED -> no(turn, ResponseCode.Simple.CANNOT, words);
                case MALFORMED -> Reply.bad(turn.phase(), words);
            };
        };
    }

    private static Reply enter(Turn turn, String account) {
        if (turn.context().store().state().account(account).isEmpty()) {
            return wrongPassword(turn, account);
        }
        if (!turn.context().admit(account)) {
            return Reply.no(turn.phase(), ResponseCode.Simple.LIMIT, "This account has as many sessions as it may have"
                    + " at once: end one of them.");
        }
        var next = new Phase.Authenticated(account);
        return Reply.ok(next, "Logged in as " + account + ".")
                .with(new ResponseCode.Capability(Capabilities.in(next, turn.context())));
    }

    /** One text for an unknown user and a wrong password: nobody learns which users there are. */
    private static Reply wrongPassword(Turn turn, String user) {
        return failed(turn, user, ResponseCode.Simple.AUTHENTICATIONFAILED, "The user name or the password is wrong.");
    }

    private static Reply failed(Turn turn, String user, ResponseCode code, String words) {
        return !turn.context().loginFailed(user) ? no(turn, code, words)
                : Reply.no(new Phase.Logout(), code, words).saying(Response.Status.untagged(Response.Condition.BYE,
                        "That was one failed login too many: goodbye.")).then(Step.After.CLOSE);
    }

    private static Reply no(Turn turn, ResponseCode code, String words) {
        return Reply.no(turn.phase(), code, words);
    }
}
