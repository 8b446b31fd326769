package dev.mailscope.server.capture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.mailscope.server.imap.ImapOverheard;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/** An IMAP session of a capture: commands with their answers, and the phases that follow from them. */
final class ImapTalk extends Talk {
    /** A command that has not been answered to its end. */
    static final class Pending {
        final String tag;
        final String name;
        final ImapVerb verb;
        final Optional<ImapCommand> command;
        final SaslName sasl;
        long event;
        boolean lineExpected;

        Pending(String tag, String name, Optional<ImapCommand> command, long event) {
            this.tag = tag;
            this.name = name;
            this.verb = ImapVerb.named(name);
            this.command = command;
            this.event = event;
            this.sasl = new SaslName(command.filter(ImapCommand.Authenticate.class::isInstance)
                    .map(c -> ((ImapCommand.Authenticate) c).mechanism()).orElse(""));
        }
    }

    /** What the client says next cannot be read before these are answered. */
    private static final Set<ImapVerb> DECISIVE = EnumSet.of(ImapVerb.LOGIN, ImapVerb.AUTHENTICATE, ImapVerb.SELECT,
            ImapVerb.EXAMINE, ImapVerb.CLOSE, ImapVerb.UNSELECT, ImapVerb.STARTTLS, ImapVerb.COMPRESS, ImapVerb.ENABLE,
            ImapVerb.IDLE);
    private static final int MOST_FILLED = 16 << 20;
    private static final int PIECE = 1 << 16;
    private static final String CHALLENGE = "+ ";
    private static final Limits LIMITS = Limits.DEFAULT.withMessage(ResponseFramer.MOST).withLines(1 << 20, 1 << 16);

    private final ImapOverheard client = new ImapOverheard(LIMITS);
    private final ResponseFramer server = new ResponseFramer();
    private final ImapInference mail;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private Dialect dialect = Dialect.REV1;
    private ImapPhase phase = ImapPhase.NOT_AUTHENTICATED;
    // The tag of a command of which a literal is still to come.
    private String announcing = "";
    private long firstResponse;
    private long lastResponse;
    private long responded;

    ImapTalk(Trail trail, Mailboxes mailboxes, String host, boolean whole) {
        super(trail, whole);
        this.mail = new ImapInference(mailboxes, trail, host);
    }

    @Override
    void plain(boolean fromClient, byte[] octets) {
        if (fromClient) {
            client.feed(octets);
            held += octets.length;
            hear();
        } else {
            for (var response : server.take(octets)) {
                respond(response);
                if (isOpaque()) {
                    break;
                }
            }
            sent();
        }
    }

    @Override
    void lost(boolean fromClient, long octets) {
        if (fromClient) {
            tear();
            if (octets <= MOST_FILLED) {
                // As many octets as were there, so that a literal ends where it did.
                fill(octets, piece -> client.feed(piece));
                hear();
            } else {
                client.lose();
            }
        } else {
            if (server.isWithinLiteral(octets)) {
                fill(octets, piece -> server.take(piece).forEach(this::respond));
            } else {
                var rest = server.rest();
                if (rest != null) {
                    respond(rest);
                }
            }
            uncertain = true;
            pending.clear();
            hear();
        }
    }

    private interface Taking {
        void take(byte[] piece);
    }

    private static void fill(long octets, Taking taking) {
        for (var left = octets; left > 0; left -= PIECE) {
            var piece = new byte[(int) Math.min(left, PIECE)];
            Arrays.fill(piece, (byte) '?');
            taking.take(piece);
        }
    }

    @Override
    void end() {
        pending.clear();
        hear();
        unfinished(client.unfinished(phase, dialect));
        var answer = server.rest();
        if (answer != null) {
            record(answer.wire(), 0);
            sent();
        }
        mail.end();
    }

    private boolean waits() {
        for (var each : pending.values()) {
            if (each.lineExpected) {
                return false;
            }
        }
        return held < MOST_HELD && pending.values().stream().anyMatch(each -> DECISIVE.contains(each.verb));
    }

    private void hear() {
        while (!isOpaque() && !waits()) {
            var heard = client.next(phase, dialect, uncertain);
            if (heard == null) {
                held = 0;
                return;
            }
            heard(heard);
        }
    }

    private void heard(ImapOverheard.Heard heard) {
        var incoming = heard.incoming();
        var hides = hides(incoming, incoming.problem() == null);
        if (uncertain && heard.phase() != phase) {
            assume(heard.phase());
        }
        var received = received(incoming.octets(), hides);
        announcing = incoming.complete() ? "" : incoming.tag();
        if (!incoming.complete()) {
            return;
        }
        if (hides) {
            trail.record(received, new What.Rejected("", NOT_WHOLE, -1));
            return;
        }
        var event = trail.record(received, incoming.problem() == null ? new What.Command(incoming.tag())
                : new What.Rejected(incoming.tag(), incoming.problem(), incoming.offset()));
        if (heard.line().isPresent()) {
            var waiting = pending.get(incoming.tag());
            if (waiting != null) {
                waiting.event = event;
                waiting.lineExpected = false;
                waiting.sasl.take(heard.line().get());
            }
            return;
        }
        if (!incoming.tag().isEmpty()) {
            var now = new Pending(incoming.tag(), incoming.command(), heard.command(), event);
            heard.command().ifPresent(command -> {
                if (command instanceof ImapCommand.Authenticate a && a.initialResponse() != null) {
                    now.sasl.response(a.initialResponse());
                }
            });
            pending.put(incoming.tag(), now);
        }
    }

    /** What the client says, or is told, belongs to a phase that nobody saw it enter. */
    private void assume(ImapPhase next) {
        if (next == ImapPhase.NOT_AUTHENTICATED || phase == next) {
            return;
        }
        phase = next;
        trail.enters(next.label(), 0);
        if (next == ImapPhase.AUTHENTICATED) {
            mail.leave(0);
        }
        mail.assumeLogin();
        if (next == ImapPhase.SELECTED) {
            mail.assumeFolder();
        }
    }

    private void respond(ServerResponse response) {
        var first = response.word(0);
        var line = response.line();
        if (first.equals("+") || line.startsWith("+")) {
            continuation(response);
            return;
        }
        if (first.equals("*")) {
            var cause = pending.isEmpty() ? null : pending.values().iterator().next();
            trail.of(cause == null ? "" : cause.name);
            untagged(response, cause);
            return;
        }
        var tag = line.indexOf(' ') < 0 ? line : line.substring(0, line.indexOf(' '));
        var of = pending.get(tag);
        if (of == null) {
            trail.of("");
            record(response.wire(), 0);
            if (tag.equals(announcing)) {
                client.abandon(); // the server has refused the literal
                announcing = "";
                hear();
            }
            return;
        }
        if (waitsForLine(of)) {
            // The server has read a line that nothing in the capture asks for.
            expectLine(of);
            hear();
        }
        pending.remove(tag);
        if (of.lineExpected) {
            client.abandon();
        }
        trail.of(of.name);
        tagged(response, of);
        hear();
    }

    private boolean waitsForLine(Pending of) {
        return held > 0 && !of.lineExpected && (of.verb == ImapVerb.AUTHENTICATE || of.verb == ImapVerb.IDLE);
    }

    private void expectLine(Pending of) {
        of.lineExpected = true;
        if (of.verb == ImapVerb.IDLE) {
            client.expectDone(of.tag);
        } else {
            client.expectResponse(of.tag);
        }
    }

    private void continuation(ServerResponse response) {
        Pending of = null;
        for (var each : pending.values()) {
            if (each.verb == ImapVerb.AUTHENTICATE || each.verb == ImapVerb.IDLE) {
                of = each;
            }
        }
        trail.of(of == null ? "" : of.name);
        var wire = response.wire();
        if (of != null && of.verb == ImapVerb.AUTHENTICATE || phase == ImapPhase.NOT_AUTHENTICATED && uncertain) {
            var secret = wire.size() - CHALLENGE.length() - 2;
            wire = secret <= 0 ? wire : new Octets.Builder().text(CHALLENGE).hidden(secret).text("\r\n").toOctets();
        }
        record(wire, of == null ? 0 : of.event);
        if (of != null && !of.lineExpected) {
            expectLine(of);
            hear();
        }
    }

    private void untagged(ServerResponse response, Pending cause) {
        var event = cause == null ? 0 : cause.event;
        if (!greeted) {
            greeted = true;
            if (response.word(1).equals("PREAUTH")) {
                phase = ImapPhase.AUTHENTICATED;
                trail.enters(phase.label(), event);
                mail.assumeLogin();
            }
        } else if (uncertain && mail.belongsToFolder(response)) {
            assume(ImapPhase.SELECTED);
        }
        if (response.word(1).equals("BYE")) {
            mail.leave(event);
            phase = ImapPhase.LOGOUT;
            trail.enters(phase.label(), event);
        }
        if (response.word(1).equals("ENABLED")) {
            enabled(response);
        }
        mail.untagged(response, cause);
        record(response.wire(), event);
    }

    private void enabled(ServerResponse response) {
        for (var i = 2; i < response.values().size(); i++) {
            switch (response.word(i)) {
                case "IMAP4REV2" -> dialect = Dialect.REV2;
                case "UTF8=ACCEPT" -> dialect = dialect == Dialect.REV1 ? Dialect.UTF8 : dialect;
                default -> {
                    // it changes nothing of how octets are read
                }
            }
        }
        mail.dialect(dialect);
    }

    private void tagged(ServerResponse response, Pending of) {
        var ok = response.word(1).equals("OK");
        var next = phase;
        if (of.verb != null && ok) {
            next = switch (of.verb) {
                case LOGIN, AUTHENTICATE -> ImapPhase.AUTHENTICATED;
                case SELECT, EXAMINE -> ImapPhase.SELECTED;
                case CLOSE, UNSELECT -> ImapPhase.AUTHENTICATED;
                case LOGOUT -> ImapPhase.LOGOUT;
                default -> phase;
            };
        } else if (of.verb == ImapVerb.SELECT || of.verb == ImapVerb.EXAMINE) {
            next = phase == ImapPhase.SELECTED && !response.word(1).equals("BAD") ? ImapPhase.AUTHENTICATED : phase;
        }
        mail.before(response, of, ok);
        if (next != phase) {
            phase = next;
            trail.enters(phase.label(), of.event);
        }
        mail.after(response, of, ok);
        record(response.wire(), of.event);
        if (ok && of.verb == ImapVerb.STARTTLS) {
            sent();
            becomesOpaque("TLS began (STARTTLS), and what is encrypted cannot be read");
        } else if (ok && of.verb == ImapVerb.COMPRESS) {
            sent();
            compresses(of.event);
        }
    }

    private void record(Octets wire, long cause) {
        lastResponse = trail.record(cause, new What.Response(wire));
        firstResponse = firstResponse == 0 ? lastResponse : firstResponse;
        responded += wire.size();
    }

    private void sent() {
        if (firstResponse != 0) {
            trail.record(0, new What.Sent(responded, firstResponse, lastResponse));
            firstResponse = 0;
            responded = 0;
        }
    }
}
