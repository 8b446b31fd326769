package dev.mailscope.server.sasl;

import java.nio.charset.StandardCharsets;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.sasl.SaslStep.Reason;

/**
 * One turn of the server in an exchange.
 *
 * @param step what it does
 * @param next what takes the client's response to it; null when the exchange is over
 */
record Turn(SaslStep step, Stage next) {
    /** Where an exchange stands: what it makes of the client's next response. Never throws, whatever comes. */
    interface Stage {
        Turn take(byte[] response);
    }

    static Turn ask(String challenge, Stage next) {
        return new Turn(new SaslStep.Challenge(challenge.getBytes(StandardCharsets.UTF_8)), next);
    }

    static Turn failed(Reason reason, String words) {
        return new Turn(new SaslStep.Failure(reason, words, ""), null);
    }

    /** One text for an unknown user and a wrong password: nobody learns which users there are. */
    static Turn wrongPassword(String user) {
        return new Turn(new SaslStep.Failure(Reason.AUTHENTICATIONFAILED, "The user name or the password is wrong.",
                user), null);
    }

    static Turn malformed(String words) {
        return failed(Reason.MALFORMED, words);
    }

    static Turn success(String account) {
        return new Turn(new SaslStep.Success(account), null);
    }

    /**
     * The end of an exchange in which the client has proved to be that account.
     *
     * @param actFor the user to act for, empty for the account itself
     */
    static Turn success(Credentials credentials, String account, String actFor) {
        return mayActFor(credentials, account, actFor) ? success(account) : notAuthorized();
    }

    static boolean mayActFor(Credentials credentials, String account, String actFor) {
        return actFor.isEmpty() || credentials.account(actFor).filter(account::equals).isPresent();
    }

    static Turn notAuthorized() {
        return failed(Reason.AUTHORIZATIONFAILED, "No user can act for another one here.");
    }

    @Override
    public String toString() {
        return "Turn[" + step + "]";
    }
}
