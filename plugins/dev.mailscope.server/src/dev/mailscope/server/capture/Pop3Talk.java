package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;

import dev.mailscope.server.pop3.Pop3Command;
import dev.mailscope.server.pop3.Pop3Incoming;
import dev.mailscope.server.pop3.Pop3Overheard;
import dev.mailscope.server.pop3.Pop3Phase;
import dev.mailscope.server.pop3.Pop3Verb;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/** A POP3 session of a capture: commands with their answers, and the phases that follow from them. */
final class Pop3Talk extends Talk {
    /** A command that has not been answered. */
    record Pending(String name, Pop3Command command, long event) {
        boolean isMultiLine() {
            return switch (command) {
                case null -> false;
                case Pop3Command.Capa c -> true;
                case Pop3Command.Mechanisms m -> true;
                case Pop3Command.Retr r -> true;
                case Pop3Command.Top t -> true;
                case Pop3Command.List(var message) -> message.isEmpty();
                case Pop3Command.Uidl(var message) -> message.isEmpty();
                case Pop3Command.Lang(var range) -> range.isEmpty();
                case Pop3Command.User u -> false;
                case Pop3Command.Pass p -> false;
                case Pop3Command.Apop a -> false;
                case Pop3Command.Auth a -> false;
                case Pop3Command.SaslResponse s -> false;
                case Pop3Command.Stls s -> false;
                case Pop3Command.Utf8 u -> false;
                case Pop3Command.Quit q -> false;
                case Pop3Command.Stat s -> false;
                case Pop3Command.Dele d -> false;
                case Pop3Command.Noop n -> false;
                case Pop3Command.Rset r -> false;
            };
        }
    }

    /** What the client says next cannot be read before these are answered. */
    private static final Set<Pop3Verb> DECISIVE = EnumSet.of(Pop3Verb.PASS, Pop3Verb.APOP, Pop3Verb.AUTH, Pop3Verb.STLS,
            Pop3Verb.QUIT);
    private static final int LINE = 1 << 16;

    private final Pop3Overheard client = new Pop3Overheard(LINE);
    private final Pop3Answers server = new Pop3Answers();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Pop3Inference mail;
    private Pop3Phase.Kind phase = Pop3Phase.Kind.CONNECT;
    private boolean responseExpected;
    private boolean serverLost;
    private long lastCommand;

    Pop3Talk(Trail trail, Mailboxes mailboxes, String host, boolean whole) {
        super(trail, whole);
        this.mail = new Pop3Inference(mailboxes, trail, host);
        if (!whole) {
            enter(Pop3Phase.Kind.AUTHORIZATION, 0);
        }
    }

    @Override
    void plain(boolean fromClient, byte[] octets) {
        if (fromClient) {
            client.feed(octets);
            held += octets.length;
            hear();
        } else {
            server.feed(octets);
            answers();
        }
    }

    @Override
    void lost(boolean fromClient, long octets) {
        if (fromClient) {
            tear();
            client.feed("?".getBytes(StandardCharsets.US_ASCII)); // what is left of the line is no line of its own
        } else {
            var rest = server.rest();
            if (rest.length > 0) {
                record(Octets.of(rest), lastCommand);
            }
            pending.clear();
            serverLost = true;
            uncertain = true;
            hear();
        }
    }

    @Override
    void end() {
        pending.clear();
        hear();
        unfinished(client.unfinished(phase));
        var answer = server.rest();
        if (answer.length > 0) {
            record(Octets.of(answer), lastCommand);
        }
        mail.leave();
    }

    private void hear() {
        while (!isOpaque() && (responseExpected || held >= MOST_HELD
                || pending.stream().noneMatch(each -> each.command != null
                        && DECISIVE.contains(each.command.verb())))) {
            var incoming = client.next(phase);
            if (incoming == null) {
                held = 0;
                return;
            }
            heard(incoming);
        }
    }

    private void heard(Pop3Incoming incoming) {
        var hides = hides(incoming, incoming.request() != null);
        var assumed = uncertain && incoming.request() != null && incoming.problem() != null;
        if (assumed && !hides) {
            assume(incoming.request());
        }
        var received = received(incoming.octets(), hides);
        if (!incoming.complete()) {
            return;
        }
        if (hides) {
            pending.add(new Pending("", null, trail.record(received, new What.Rejected("", NOT_WHOLE, -1))));
            return;
        }
        var problem = assumed ? null : incoming.problem();
        var event = trail.record(received, problem == null ? new What.Command("")
                : new What.Rejected("", problem, incoming.offset()));
        lastCommand = event;
        if (responseExpected && incoming.request() instanceof Pop3Command.SaslResponse) {
            responseExpected = false;
            mail.response(incoming.request());
        }
        mail.asked(incoming.request());
        pending.add(new Pending(incoming.command(), incoming.request(), event));
    }

    private void assume(Pop3Command command) {
        if (phase != Pop3Phase.Kind.TRANSACTION && command.verb().isLegalIn(Pop3Phase.Kind.TRANSACTION)) {
            enter(Pop3Phase.Kind.TRANSACTION, 0);
            mail.login(0);
        }
    }

    private void answers() {
        while (!isOpaque()) {
            var first = pending.peekFirst();
            var answer = server.next(first != null && first.isMultiLine());
            if (answer == null) {
                return;
            }
            if (serverLost) {
                // Which command a line belongs to cannot be told before the client has waited for an answer again.
                serverLost = first == null;
            }
            answered(answer, greeted ? pending.pollFirst() : null);
            hear();
        }
    }

    private void answered(byte[] answer, Pending of) {
        trail.of(of == null ? "" : of.name);
        var cause = of == null ? 0 : of.event;
        var ok = answer.length > 0 && answer[0] == '+';
        if (!greeted) {
            greeted = true;
            if (ok) {
                enter(Pop3Phase.Kind.AUTHORIZATION, 0);
            }
        } else if (of != null) {
            var isChallenge = ok && of.command != null && of.command.verb() == Pop3Verb.AUTH
                    && answer.length > 1 && answer[1] == ' ';
            if (isChallenge) {
                responseExpected = true;
                client.expectResponse();
                record(challenge(answer), cause);
                return;
            }
            effect(of, answer, ok);
        }
        record(Octets.of(answer), cause);
        if (of != null && ok && of.command instanceof Pop3Command.Stls) {
            becomesOpaque("TLS began (STLS), and what is encrypted cannot be read");
        }
    }

    private static Octets challenge(byte[] answer) {
        var end = answer.length;
        while (end > 2 && (answer[end - 1] == '\n' || answer[end - 1] == '\r')) {
            end--;
        }
        var out = new Octets.Builder();
        out.write(answer, 0, 2);
        out.hidden(end - 2);
        out.write(answer, end, answer.length - end);
        return out.toOctets();
    }

    private void effect(Pending of, byte[] answer, boolean ok) {
        if (!ok || of.command == null) {
            return;
        }
        switch (of.command.verb()) {
            case PASS, APOP, AUTH -> {
                if (!(of.command instanceof Pop3Command.Mechanisms)) {
                    enter(Pop3Phase.Kind.TRANSACTION, of.event);
                    mail.login(of.event);
                }
            }
            case QUIT -> {
                if (phase == Pop3Phase.Kind.TRANSACTION) {
                    enter(Pop3Phase.Kind.UPDATE, of.event);
                    mail.update(of.event);
                }
            }
            default -> {
                if (phase == Pop3Phase.Kind.TRANSACTION) {
                    mail.answered(of, answer);
                }
            }
        }
    }

    private void enter(Pop3Phase.Kind next, long cause) {
        phase = next;
        trail.enters(next.label(), cause);
    }

    private void record(Octets wire, long cause) {
        var event = trail.record(cause, new What.Response(wire));
        trail.record(cause, new What.Sent(wire.size(), event, event));
    }
}
