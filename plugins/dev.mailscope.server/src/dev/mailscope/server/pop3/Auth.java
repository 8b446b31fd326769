package dev.mailscope.server.pop3;

import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.sasl.SaslStep;
import dev.mailscope.server.session.SaslDialogue;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;

/** AUTH (RFC 5034): the exchange that is going on, the lines it takes, and how it ends. */
final class Auth {
    // A response has no limit of its own (RFC 5034 section 4), but no mechanism here needs more.
    private static final int MOST_RESPONSE = 65_536;

    private final SessionContext context;
    private final Pop3Framer framer;
    private SaslDialogue asking;
    private SaslDialogue answered;

    Auth(SessionContext context, Pop3Framer framer) {
        this.context = context;
        this.framer = framer;
    }

    /** True when the client's next line answers a challenge. */
    boolean isAsking() {
        return asking != null;
    }

    /** The line that answers the challenge. */
    Pop3Incoming response(byte[] line) {
        var end = line.length - 1;
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        return new Pop3Incoming(hidden(line.length), Pop3Verb.AUTH.name(),
                new Pop3Command.SaslResponse(Arrays.copyOf(line, end)), null, -1, true);
    }

    /** The beginning of a line that answers the challenge and is too long. */
    Pop3Incoming responseTooLong(byte[] head) {
        return new Pop3Incoming(hidden(head.length), Pop3Verb.AUTH.name(), null, "The response is longer than "
                + head.length + " octets, its end included: it is not read, and AUTH is over.", head.length, true);
    }

    /** A line has come: no challenge is to be answered any more, but by {@link #answer} with that line. */
    void lineHasCome() {
        answered = asking;
        if (asking != null) {
            asking = null;
            framer.limit(context.limits().pop3Line());
        }
    }

    /** Begins an exchange; {@code login} takes the account at its good end. */
    Step begin(Pop3Command.Auth command, Function<String, Step> login) {
        var mechanism = SaslMechanism.named(command.mechanism());
        if (mechanism.isEmpty()) {
            return Answers.error("The server does not know this SASL mechanism; what it offers now: "
                    + SaslDialogue.offered(context) + ".");
        }
        var dialogue = SaslDialogue.of(mechanism.get(), context);
        return step(dialogue, dialogue.first(command.initialResponse()), login);
    }

    /** Takes the line that answers the challenge. */
    Step answer(Pop3Command.SaslResponse response, Function<String, Step> login) {
        return switch (answered.take(response.line())) {
            case SaslDialogue.Answer.Goes(var step) -> step(answered, step, login);
            case SaslDialogue.Answer.CalledOff c -> Answers.error("AUTH is called off.");
            case SaslDialogue.Answer.NotBase64 n -> Answers.error(
                    "The response to a challenge is a line in base64, and this one is not: AUTH is over.");
        };
    }

    private Step step(SaslDialogue dialogue, SaslStep step, Function<String, Step> login) {
        return switch (step) {
            case SaslStep.Challenge(var octets) -> {
                asking = dialogue;
                framer.limit(Math.max(MOST_RESPONSE, context.limits().pop3Line()));
                yield Step.of(Octets.of("+ " + Base64.getEncoder().encodeToString(octets) + "\r\n")).hidden();
            }
            case SaslStep.Success(var account) -> login.apply(account);
            case SaslStep.Failure(var reason, var words, var user) -> switch (reason) {
                case AUTHENTICATIONFAILED, AUTHORIZATIONFAILED, CHANNEL_BINDING -> context.loginFailed(user)
                        ? Answers.error("[AUTH] " + words + " That was one failed login too many: goodbye.")
                                .then(Step.After.CLOSE)
                        : Answers.error("[AUTH] " + words);
                // None of these concerns the client's credentials (RFC 3206 section 4).
                case PRIVACYREQUIRED, NOT_OFFERED, MALFORMED -> Answers.error(words);
            };
        };
    }

    private static Octets hidden(int octets) {
        return new Octets.Builder().hidden(octets).toOctets();
    }
}
