package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.ImapIncoming.Asked;
import dev.mailscope.server.imap.ImapIncoming.Refusal;
import dev.mailscope.server.imap.command.CommandParser;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.Frame;
import dev.mailscope.server.imap.command.ImapFramer;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.Parsed;
import dev.mailscope.server.imap.command.RawCommand;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.trace.Octets;

/**
 * Makes commands of a client's octets: frames and parses them, takes or refuses literals before they are sent, and says
 * what of it the trace may show. Knows the session's phase only for that.
 */
final class ImapInput {
    // A larger command is not held for anybody to change it.
    private static final int MOST_HELD = 16 << 20;

    // Who sends more than this for nothing, beside twice what a message may have, has no message in mind.
    private static final int MOST_ELSE = 16_384;

    private final Limits limits;
    private final Literals literals;
    private final ImapFramer framer;
    private Dialect dialect = Dialect.REV1;
    private int shown;
    // Overheard: the phase is not known, and what the client says shows it.
    private boolean guesses;
    private ImapPhase guessed;
    // What was given last, and how much of it had been shown before.
    private Frame last;
    private int shownBefore;

    ImapInput(SessionContext context) {
        this(context.limits(), Literals.of(context));
    }

    private ImapInput(Limits limits, Literals literals) {
        this.limits = limits;
        this.literals = literals;
        // What APPEND needs at most: the message, and the folder's name as a literal too.
        this.framer = new ImapFramer(limits.imapLine(), ImapFramer.DEFAULT_LITERALS,
                (int) Math.min(Integer.MAX_VALUE, (long) limits.message() + limits.imapLine()));
    }

    /** What a client says to another server, which is not for this one to take or to refuse. */
    static ImapInput overheard(Limits limits) {
        return new ImapInput(limits, Literals.overheard(limits));
    }

    void feed(byte[] octets, int offset, int length) {
        framer.feed(octets, offset, length);
    }

    /** Makes the next line one that is no command. */
    void expectLine() {
        framer.expectLine();
    }

    /** True when a literal has begun, accepted or not, and is not whole. */
    boolean isAmidLiteral() {
        return framer.isAmidLiteral();
    }

    /** Nothing more is read. */
    void close() {
        literals.giveBack();
    }

    int discard() {
        literals.giveBack();
        shown = 0;
        return framer.discardBuffered();
    }

    /** What was given last as it came, without what was shown before; null for what is not read, or is too large. */
    byte[] original() {
        return switch (last) {
            case Frame.Command(var raw) -> held(raw);
            // What a client sends without waiting must not be parted from its announcement: it may be a password.
            case Frame.LiteralAnnounced(var soFar, var size, var nonSync, var overLimit) ->
                nonSync ? null : held(soFar);
            case Frame.Line line -> line.wire();
            case Frame.Discarded d -> null;
            case Frame.TooLong t -> null;
        };
    }

    private byte[] held(RawCommand raw) {
        return literals.haveFile() && raw.length() - shownBefore > MOST_HELD ? null
                : raw.octets(Range.between(shownBefore, raw.length()));
    }

    /** Forgets what was given last; gives what came after it, which is not here any more. */
    byte[] takeBack() {
        shown = shownBefore;
        literals.takeBack();
        return framer.takeBack();
    }

    /** Loses what was given last. A command that announces a literal is given up; a line is still expected. */
    void drop() {
        switch (last) {
            case Frame.LiteralAnnounced a -> abandon();
            case Frame.Line l -> framer.expectLine();
            case Frame.Command c -> {
                // it is whole, and nothing is kept of it
            }
            case Frame.Discarded d -> {
                // nothing is kept of it
            }
            case Frame.TooLong t -> {
                // what is left of it is thrown away
            }
        }
    }

    /** Gives up whatever of a command is in progress. */
    void abandon() {
        framer.abandon();
        literals.giveBack();
        shown = 0;
    }

    /** What the client sends next; null when more octets are needed. */
    ImapIncoming next(ImapPhase phase, Waiting waiting, Dialect dialect) {
        this.dialect = dialect;
        if (last instanceof Frame.Command) {
            literals.giveBack(); // it has been handled
        }
        var frame = framer.next();
        guessed = phase;
        if (frame == null && framer.thrownAway() > 2L * limits.message() + MOST_ELSE) {
            return new ImapIncoming(Shown.hidden(0), "", "", "What is thrown away unread has no end: goodbye.", -1,
                    true, new Asked.Refuse(Refusal.ENDLESS));
        }
        if (frame != null) {
            last = frame;
            shownBefore = shown;
            literals.mark();
        }
        return switch (frame) {
            case null -> null;
            case Frame.Command(var raw) -> command(raw, phase);
            case Frame.LiteralAnnounced announced -> announced(announced, phase);
            case Frame.Discarded(var soFar, var octets) -> new ImapIncoming(Shown.hidden(octets), "", "", null, -1,
                    false, new Asked.Nothing());
            case Frame.Line line -> line(line, waiting);
            case Frame.TooLong(var limit, var prefix) -> tooLong(limit, prefix, phase, waiting);
        };
    }

    /** What has come of a command that is not complete, secrets hidden. */
    Octets unfinished(ImapPhase phase, Waiting waiting, Dialect dialect) {
        this.dialect = dialect;
        var pending = framer.pending();
        if (waiting instanceof Waiting.SaslResponse) {
            return Shown.hidden(pending.length());
        }
        return shown(pending, parse(pending), phase);
    }

    private Octets shown(RawCommand raw, Parsed parsed, ImapPhase phase) {
        return Shown.octets(raw, shown, Shown.secrets(parsed, raw, phase));
    }

    /** The phase is uncertain for what is given next: one in which that is legal is taken for it. */
    void guess(boolean uncertain) {
        guesses = uncertain;
    }

    /** The phase that what was given last belongs to. */
    ImapPhase guessed() {
        return guessed;
    }

    private ImapPhase phaseOf(Parsed parsed, ImapPhase given) {
        var verb = guesses ? verb(parsed) : null;
        guessed = verb == null || verb.legalIn(given) ? given
                : verb.legalIn(ImapPhase.AUTHENTICATED) ? ImapPhase.AUTHENTICATED
                : verb.legalIn(ImapPhase.SELECTED) ? ImapPhase.SELECTED : ImapPhase.NOT_AUTHENTICATED;
        return guessed;
    }

    private ImapIncoming command(RawCommand raw, ImapPhase given) {
        var parsed = parse(raw);
        var phase = phaseOf(parsed, given);
        var octets = shown(raw, parsed, phase);
        shown = 0;
        var lost = literals.failure();
        if (lost.isPresent()) {
            return refused(octets, tag(parsed), verb(parsed), lost.get(), -1, Refusal.NO_ROOM);
        }
        return switch (parsed) {
            case Parsed.Ok(var tag, var command, var secrets) -> {
                var verb = command.verb();
                yield verb.legalIn(phase)
                        ? new ImapIncoming(octets, tag.text(), verb.wireName(), null, -1, true,
                                new Asked.Execute(command))
                        : refused(octets, tag.text(), verb, wrongPhase(verb, phase), 0, Refusal.WRONG_PHASE);
            }
            case Parsed.Bad bad -> refused(octets, tag(bad), verb(bad), problem(bad, raw, phase), bad.offset(),
                    Refusal.NOT_UNDERSTOOD);
        };
    }

    private ImapIncoming announced(Frame.LiteralAnnounced literal, ImapPhase given) {
        var raw = literal.soFar();
        var parsed = parse(raw);
        var phase = phaseOf(parsed, given);
        var octets = shown(raw, parsed, phase);
        var tag = tag(parsed);
        var verb = verb(parsed);
        var refusal = literals.refusal(literal, verb, phase);
        if (refusal == null) {
            framer.accept(literals.arrival());
            shown = raw.length();
            return new ImapIncoming(octets, tag, verb == null ? "" : verb.wireName(), null, -1, false,
                    new Asked.Literal(literal.size(), !literal.nonSync()));
        }
        framer.refuse();
        literals.giveBack();
        shown = 0;
        var problem = switch (refusal) {
            case NOT_UNDERSTOOD -> parsed instanceof Parsed.Bad bad ? problem(bad, raw, phase) : "";
            case WRONG_PHASE -> wrongPhase(verb, phase);
            case NOT_SYNCHRONIZED, NO_ROOM, TOO_MUCH, ENDLESS, EXCHANGE_BROKEN ->
                literals.problem(refusal, literal, verb, phase);
        };
        return refused(octets, tag, verb, problem, raw.length(), refusal);
    }

    private static ImapIncoming line(Frame.Line line, Waiting waiting) {
        return switch (waiting) {
            case Waiting.SaslResponse(var tag, var dialogue) -> new ImapIncoming(Shown.hidden(line.wire().length), tag,
                    ImapVerb.AUTHENTICATE.wireName(), null, -1, true, new Asked.Line(line.text()));
            // Whatever is not DONE may be meant as a command of its own, LOGIN among them.
            case Waiting.Done(var tag, var watch) -> {
                var done = new String(line.text(), StandardCharsets.ISO_8859_1).equalsIgnoreCase("DONE");
                yield new ImapIncoming(done ? Octets.of(line.wire()) : Shown.hidden(line.wire().length), tag,
                        ImapVerb.IDLE.wireName(), null, -1, true, new Asked.Line(line.text()));
            }
            case Waiting.Search s -> throw new IllegalStateException("no line was expected");
            case Waiting.Nothing n -> throw new IllegalStateException("no line was expected");
        };
    }

    private ImapIncoming tooLong(int limit, RawCommand prefix, ImapPhase phase, Waiting waiting) {
        var problem = "The command has more than " + limit + " octets outside its literals: it is not read.";
        literals.giveBack();
        var refusal = Refusal.EXCHANGE_BROKEN;
        switch (waiting) {
            case Waiting.SaslResponse(var tag, var dialogue) -> {
                return new ImapIncoming(Shown.hidden(prefix.length()), tag, ImapVerb.AUTHENTICATE.wireName(), problem,
                        limit, true, new Asked.Refuse(refusal));
            }
            case Waiting.Done(var tag, var watch) -> {
                return new ImapIncoming(Shown.hidden(prefix.length()), tag, ImapVerb.IDLE.wireName(), problem, limit,
                        true, new Asked.Refuse(refusal));
            }
            case Waiting.Search s -> throw new IllegalStateException("nothing is read during a search");
            case Waiting.Nothing n -> {
                var parsed = parse(prefix);
                var octets = shown(prefix, parsed, phase);
                shown = 0;
                return refused(octets, tag(parsed), verb(parsed), problem, prefix.length(), Refusal.NOT_UNDERSTOOD);
            }
        }
    }

    private static ImapIncoming refused(Octets octets, String tag, ImapVerb verb, String problem, int offset,
            Refusal refusal) {
        return new ImapIncoming(octets, tag, verb == null ? "" : verb.wireName(), problem, offset, true,
                new Asked.Refuse(refusal));
    }

    private static String wrongPhase(ImapVerb verb, ImapPhase phase) {
        var legal = verb.phases().stream().map(ImapPhase::label).collect(Collectors.joining(" or "));
        var reason = phase == ImapPhase.NOT_AUTHENTICATED ? "nobody has logged in yet"
                : verb.legalIn(ImapPhase.NOT_AUTHENTICATED) ? "somebody has logged in already" : "no folder is open";
        return verb + " belongs to the phase " + legal + ", and this is " + phase.label() + ": " + reason + ".";
    }

    private static String problem(Parsed.Bad bad, RawCommand raw, ImapPhase phase) {
        var message = phase == ImapPhase.NOT_AUTHENTICATED ? bad.message() : bad.messageQuoting(raw);
        return "Not understood at octet " + bad.offset() + (bad.verb() == null ? "" : " of " + bad.verb()) + ": "
                + message + ".";
    }

    private static String tag(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Ok ok -> ok.tag().text();
            case Parsed.Bad bad -> bad.tag() == null ? "" : bad.tag();
        };
    }

    /** The verb, null when it is not known. */
    private static ImapVerb verb(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Ok ok -> ok.command().verb();
            case Parsed.Bad bad -> ImapVerb.named(bad.verb());
        };
    }

    private Parsed parse(RawCommand raw) {
        return CommandParser.parse(raw, dialect);
    }
}
