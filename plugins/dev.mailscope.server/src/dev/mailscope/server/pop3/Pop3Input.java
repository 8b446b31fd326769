package dev.mailscope.server.pop3;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.mailscope.server.pop3.Parsed.NotUnderstood;
import dev.mailscope.server.pop3.Parsed.Understood;
import dev.mailscope.server.trace.Octets;

/** What a client sends, line by line: commands, responses to challenges, lines that are too long; secrets hidden. */
final class Pop3Input {
    // What is thrown away of a line that is too long before the client is sent away.
    private static final int MOST_REST = 1 << 20;

    private final Pop3Framer framer;
    private final Auth auth;
    private final Supplier<Pop3Phase.Kind> phase;
    private boolean restIsSecret;
    private long restOctets;
    private byte[] original;

    /** Input of a session that is in that phase; a line is for {@code auth} while it asks. */
    Pop3Input(Pop3Framer framer, Auth auth, Supplier<Pop3Phase.Kind> phase) {
        this.framer = framer;
        this.auth = auth;
        this.phase = phase;
    }

    void feed(byte[] octets, int offset, int length) {
        framer.feed(octets, offset, length);
    }

    Pop3Incoming next() {
        var piece = framer.next();
        if (piece == null) {
            return null;
        }
        restOctets = piece.part() == Pop3Framer.Part.REST ? restOctets + piece.octets().length : 0;
        original = piece.part() == Pop3Framer.Part.LINE ? piece.octets() : null;
        return switch (piece.part()) {
            case LINE -> auth.isAsking() ? auth.response(piece.octets()) : line(piece.octets());
            case TOO_LONG -> tooLong(piece.octets());
            case REST -> restOctets > MOST_REST
                    ? new Pop3Incoming(rest(piece.octets()), "", null, "That line has no end: goodbye.", -1, true)
                    : new Pop3Incoming(rest(piece.octets()), "", null, null, -1, false);
        };
    }

    byte[] original() {
        return original;
    }

    byte[] takeBack() {
        return framer.takeRest();
    }

    /** True when the last line has had no end for so long that the client is to be sent away. */
    boolean isEndless() {
        return restOctets > MOST_REST;
    }

    int discard() {
        return framer.discard();
    }

    Octets unfinished() {
        var waiting = framer.waiting();
        if (framer.isInRest()) {
            return rest(waiting);
        }
        if (auth.isAsking()) {
            return new Octets.Builder().hidden(waiting.length).toOctets();
        }
        // After QUIT whole lines may be left that nobody reads.
        var octets = new Octets.Builder();
        for (int from = 0, i = 0; i < waiting.length; i++) {
            if (waiting[i] == '\n' || i == waiting.length - 1) {
                var line = Arrays.copyOfRange(waiting, from, i + 1);
                Pop3Parser.hidden(line, isLoggedIn()).hide(line, octets);
                from = i + 1;
            }
        }
        return octets.toOctets();
    }

    private Pop3Incoming line(byte[] line) {
        return switch (Pop3Parser.parse(line, isLoggedIn())) {
            case Understood(var command, var secret) -> {
                var legal = command.verb().isLegalIn(phase.get());
                yield new Pop3Incoming(secret.hide(line), command.verb().name(), command,
                        legal ? null : wrongPhase(command.verb()), legal ? -1 : 0, true);
            }
            case NotUnderstood(var verb, var problem, var offset, var secret) -> new Pop3Incoming(secret.hide(line),
                    verb == null ? "" : verb.name(), null,
                    verb == null ? problem + " " + whatIsLegal() : problem, offset, true);
        };
    }

    private Pop3Incoming tooLong(byte[] head) {
        if (auth.isAsking()) {
            restIsSecret = true;
            return auth.responseTooLong(head);
        }
        var secret = Pop3Parser.hidden(head, isLoggedIn());
        restIsSecret = secret.to() > secret.from();
        var isAuth = Pop3Parser.begins(head, Pop3Verb.AUTH);
        var problem = isAuth
                ? "An AUTH command is longer than " + head.length + " octets, its end included: send the response after"
                        + " the challenge (RFC 5034 section 4)."
                : "The line is longer than " + head.length + " octets, its end included: it is not read.";
        return new Pop3Incoming(secret.hide(head), isAuth ? Pop3Verb.AUTH.name() : "", null, problem, head.length,
                true);
    }

    private Octets rest(byte[] octets) {
        return restIsSecret ? new Octets.Builder().hidden(octets.length).toOctets() : Octets.of(octets);
    }

    private String wrongPhase(Pop3Verb verb) {
        return isLoggedIn() ? verb + " belongs to the Authorization phase, and you are logged in already."
                : verb + " belongs to the Transaction phase: log in first, with USER and PASS or with APOP.";
    }

    private String whatIsLegal() {
        return Pop3Verb.legalIn(phase.get()).stream().map(Pop3Verb::name)
                .collect(Collectors.joining(", ", "In the " + phase.get().label() + " phase there are ", "."));
    }

    private boolean isLoggedIn() {
        return phase.get() == Pop3Phase.Kind.TRANSACTION;
    }
}
