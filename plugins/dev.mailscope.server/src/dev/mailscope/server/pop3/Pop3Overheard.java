package dev.mailscope.server.pop3;

import dev.mailscope.server.pop3.Parsed.NotUnderstood;
import dev.mailscope.server.pop3.Parsed.Understood;
import dev.mailscope.server.trace.Octets;

/**
 * Makes commands of what a client said to another server, with the framer, the parser and the hiding of secrets that a
 * session has. The other server's answers decide what a line is.
 */
public final class Pop3Overheard {
    private final Pop3Framer framer;
    private boolean asking;
    private boolean restIsSecret;

    /** Of lines of at most that many octets, their end included. */
    public Pop3Overheard(int line) {
        framer = new Pop3Framer(line);
    }

    /** Takes octets of the client. */
    public void feed(byte[] octets) {
        framer.feed(octets, 0, octets.length);
    }

    /** The next line answers a challenge of AUTH. */
    public void expectResponse() {
        asking = true;
    }

    /** Loses whatever is not whole. */
    public void lose() {
        asking = false;
        framer.discard();
    }

    /** What the client says next; null when there are not octets enough. */
    public Pop3Incoming next(Pop3Phase.Kind phase) {
        var piece = framer.next();
        if (piece == null) {
            return null;
        }
        var octets = piece.octets();
        var loggedIn = phase == Pop3Phase.Kind.TRANSACTION;
        return switch (piece.part()) {
            case LINE -> asking ? response(octets) : line(octets, phase, loggedIn);
            case TOO_LONG -> {
                var secret = Pop3Parser.hidden(octets, loggedIn);
                restIsSecret = asking || secret.to() > secret.from();
                yield new Pop3Incoming(asking ? hidden(octets.length) : secret.hide(octets), "", null,
                        "The line is longer than " + octets.length + " octets, its end included: it is not read.",
                        octets.length, true);
            }
            case REST -> new Pop3Incoming(restIsSecret ? hidden(octets.length) : Octets.of(octets), "", null, null, -1,
                    false);
        };
    }

    /** What has come of a line that is not whole, secrets hidden. */
    public Octets unfinished(Pop3Phase.Kind phase) {
        var octets = framer.waiting();
        if (asking || framer.isInRest() && restIsSecret) {
            return hidden(octets.length);
        }
        return Pop3Parser.hidden(octets, phase == Pop3Phase.Kind.TRANSACTION).hide(octets);
    }

    private Pop3Incoming response(byte[] line) {
        asking = false;
        return new Pop3Incoming(hidden(line.length), Pop3Verb.AUTH.name(), new Pop3Command.SaslResponse(line), null, -1,
                true);
    }

    private static Pop3Incoming line(byte[] line, Pop3Phase.Kind phase, boolean loggedIn) {
        return switch (Pop3Parser.parse(line, loggedIn)) {
            case Understood(var command, var secret) -> {
                var legal = command.verb().isLegalIn(phase);
                yield new Pop3Incoming(secret.hide(line), command.verb().name(), command, legal ? null
                        : command.verb() + " does not belong to the " + phase.label() + " phase.", legal ? -1 : 0, true);
            }
            case NotUnderstood(var verb, var problem, var offset, var secret) -> new Pop3Incoming(
                    secret.hide(line), verb == null ? "" : verb.name(), null, problem, offset, true);
        };
    }

    private static Octets hidden(int octets) {
        return new Octets.Builder().hidden(octets).toOctets();
    }
}
