package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
import dev.mailscope.server.session.Room;
import dev.mailscope.server.trace.Octets;

/**
 * Makes commands of a client's octets: frames and parses them, takes or refuses literals before they are sent, and says
 * what of it the trace may show. Knows the session's phase only for that.
 */
final class ImapInput {
    // A user name or a password may be a literal; neither is long.
    private static final int MOST_BEFORE_LOGIN = 4096;

    // What LITERAL- lets a client send without waiting (RFC 7888 section 5).
    private static final int MOST_UNASKED = 4096;

    // Who sends more than this for nothing, beside twice what a message may have, has no message in mind.
    private static final int MOST_ELSE = 16_384;

    private final Limits limits;
    private final boolean literalMinus;
    // Another server answers: it takes and refuses literals, and what phase it is in can only be inferred.
    private final boolean overheard;
    private final Room room;
    private final ImapFramer framer;
    private Dialect dialect = Dialect.REV1;
    private int shown;
    // Overheard: the phase is not known, and what the client says shows it.
    private boolean guesses;
    private ImapPhase guessed;
    // What was given last, and how much of it had been shown before.
    private Frame last;
    private int shownBefore;
    // What is taken of the room for the literals of the command in progress.
    private long taken;
    private long takenBefore;

    ImapInput(Limits limits, boolean literalMinus, Room room) {
        this(limits, literalMinus, room, false);
    }

    private ImapInput(Limits limits, boolean literalMinus, Room room, boolean overheard) {
        this.limits = limits;
        this.literalMinus = literalMinus;
        this.room = room;
        this.overheard = overheard;
        // What APPEND needs at most: the message, and the folder's name as a literal too.
        this.framer = new ImapFramer(limits.imapLine(), ImapFramer.DEFAULT_LITERALS,
                (int) Math.min(Integer.MAX_VALUE, (long) limits.message() + limits.imapLine()));
    }

    /** What a client says to another server, which is not for this one to take or to refuse. */
    static ImapInput overheard(Limits limits) {
        return new ImapInput(limits, false, Room.ofMemory(), true);
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
        giveBack();
    }

    int discard() {
        giveBack();
        shown = 0;
        return framer.discardBuffered();
    }

    /** What was given last as it came, without what was shown before; null for what is not read. */
    byte[] original() {
        return switch (last) {
            case Frame.Command(var raw) -> raw.octets(Range.between(shownBefore, raw.length()));
            // What a client sends without waiting must not be parted from its announcement: it may be a password.
            case Frame.LiteralAnnounced(var soFar, var size, var nonSync, var overLimit) ->
                nonSync ? null : soFar.octets(Range.between(shownBefore, soFar.length()));
            case Frame.Line line -> line.wire();
            case Frame.Discarded d -> null;
            case Frame.TooLong t -> null;
        };
    }

    /** Forgets what was given last; gives what came after it, which is not here any more. */
    byte[] takeBack() {
        shown = shownBefore;
        room.giveBack(taken - takenBefore);
        taken = takenBefore;
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
        giveBack();
        shown = 0;
    }

    /** What the client sends next; null when more octets are needed. */
    ImapIncoming next(ImapPhase phase, Waiting waiting, Dialect dialect) {
        this.dialect = dialect;
        if (last instanceof Frame.Command) {
            giveBack(); // it has been handled
        }
        var frame = framer.next();
        guessed = phase;
        if (frame == null && framer.thrownAway() > 2L * limits.message() + MOST_ELSE) {
            return new ImapIncoming(hidden(0), "", "", "What is thrown away unread has no end: goodbye.", -1, true,
                    new Asked.Refuse(Refusal.ENDLESS));
        }
        if (frame != null) {
            last = frame;
            shownBefore = shown;
            takenBefore = taken;
        }
        return switch (frame) {
            case null -> null;
            case Frame.Command(var raw) -> command(raw, phase);
            case Frame.LiteralAnnounced announced -> announced(announced, phase);
            case Frame.Discarded(var soFar, var octets) -> new ImapIncoming(hidden(octets), "", "", null, -1, false,
                    new Asked.Nothing());
            case Frame.Line line -> line(line, waiting);
            case Frame.TooLong(var limit, var prefix) -> tooLong(limit, prefix, phase, waiting);
        };
    }

    /** What has come of a command that is not complete, secrets hidden. */
    Octets unfinished(ImapPhase phase, Waiting waiting, Dialect dialect) {
        this.dialect = dialect;
        var pending = framer.pending();
        if (waiting instanceof Waiting.SaslResponse) {
            return hidden(pending.length());
        }
        return visible(pending, secrets(parse(pending), pending, phase));
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
        var octets = visible(raw, secrets(parsed, raw, phase));
        shown = 0;
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
        var octets = visible(raw, secrets(parsed, raw, phase));
        var tag = tag(parsed);
        var verb = verb(parsed);
        var refusal = refusal(literal, verb, phase);
        if (refusal == null) {
            framer.accept();
            shown = raw.length();
            return new ImapIncoming(octets, tag, verb == null ? "" : verb.wireName(), null, -1, false,
                    new Asked.Literal(literal.size(), !literal.nonSync()));
        }
        framer.refuse();
        giveBack();
        shown = 0;
        var problem = switch (refusal) {
            case NOT_UNDERSTOOD -> parsed instanceof Parsed.Bad bad ? problem(bad, raw, phase) : "";
            case WRONG_PHASE -> wrongPhase(verb, phase);
            case NOT_SYNCHRONIZED -> "A literal of more than " + MOST_UNASKED
                    + " octets has to be announced without a plus sign here (LITERAL-).";
            case NO_ROOM -> "The server's sessions have too much on its way in together: try again later.";
            case TOO_MUCH, ENDLESS, EXCHANGE_BROKEN -> tooMuch(literal, verb, phase);
        };
        return refused(octets, tag, verb, problem, raw.length(), refusal);
    }

    private Refusal refusal(Frame.LiteralAnnounced literal, ImapVerb verb, ImapPhase phase) {
        if (overheard) {
            return literal.overLimit() == null ? null : Refusal.TOO_MUCH;
        }
        if (verb == null) {
            return Refusal.NOT_UNDERSTOOD;
        }
        if (!verb.legalIn(phase)) {
            return Refusal.WRONG_PHASE;
        }
        if (literalMinus && literal.nonSync() && literal.size() > MOST_UNASKED) {
            return Refusal.NOT_SYNCHRONIZED;
        }
        if (literal.overLimit() != null || literal.size() > most(verb, phase)) {
            return Refusal.TOO_MUCH;
        }
        return literal.size() <= Room.SMALL || take(literal.size()) ? null : Refusal.NO_ROOM;
    }

    private boolean take(long octets) {
        if (!room.take(octets)) {
            return false;
        }
        taken += octets;
        return true;
    }

    private void giveBack() {
        room.giveBack(taken);
        taken = 0;
    }

    private int most(ImapVerb verb, ImapPhase phase) {
        if (phase == ImapPhase.NOT_AUTHENTICATED) {
            return MOST_BEFORE_LOGIN;
        }
        return verb.bringsMessage() ? limits.message() : limits.imapLine();
    }

    private String tooMuch(Frame.LiteralAnnounced literal, ImapVerb verb, ImapPhase phase) {
        if (overheard) {
            return "Too much to be kept: " + literal.overLimit() + ".";
        }
        var most = most(verb, phase);
        if (literal.size() <= most) {
            return "Too much at once: " + literal.overLimit() + ".";
        }
        return verb.bringsMessage()
                ? "A message has at most " + most + " octets here, and the one announced is larger."
                : "A literal of " + verb + " has at most " + most + " octets here.";
    }

    private static ImapIncoming line(Frame.Line line, Waiting waiting) {
        return switch (waiting) {
            case Waiting.SaslResponse(var tag, var dialogue) -> new ImapIncoming(hidden(line.wire().length), tag,
                    ImapVerb.AUTHENTICATE.wireName(), null, -1, true, new Asked.Line(line.text()));
            // Whatever is not DONE may be meant as a command of its own, LOGIN among them.
            case Waiting.Done(var tag, var watch) -> {
                var done = new String(line.text(), StandardCharsets.ISO_8859_1).equalsIgnoreCase("DONE");
                yield new ImapIncoming(done ? Octets.of(line.wire()) : hidden(line.wire().length), tag,
                        ImapVerb.IDLE.wireName(), null, -1, true, new Asked.Line(line.text()));
            }
            case Waiting.Search s -> throw new IllegalStateException("no line was expected");
            case Waiting.Nothing n -> throw new IllegalStateException("no line was expected");
        };
    }

    private ImapIncoming tooLong(int limit, RawCommand prefix, ImapPhase phase, Waiting waiting) {
        var problem = "The command has more than " + limit + " octets outside its literals: it is not read.";
        giveBack();
        var refusal = Refusal.EXCHANGE_BROKEN;
        switch (waiting) {
            case Waiting.SaslResponse(var tag, var dialogue) -> {
                return new ImapIncoming(hidden(prefix.length()), tag, ImapVerb.AUTHENTICATE.wireName(), problem, limit,
                        true, new Asked.Refuse(refusal));
            }
            case Waiting.Done(var tag, var watch) -> {
                return new ImapIncoming(hidden(prefix.length()), tag, ImapVerb.IDLE.wireName(), problem, limit, true,
                        new Asked.Refuse(refusal));
            }
            case Waiting.Search s -> throw new IllegalStateException("nothing is read during a search");
            case Waiting.Nothing n -> {
                var parsed = parse(prefix);
                var octets = visible(prefix, secrets(parsed, prefix, phase));
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

    /**
     * What of a command the trace must not show. Before login, and behind a verb that is none, a password may stand
     * where none belongs: then all behind the verb is hidden, unless the command can be executed. After LOGOUT nobody
     * may ever have logged in.
     */
    private static List<Range> secrets(Parsed parsed, RawCommand raw, ImapPhase phase) {
        if (phase == ImapPhase.AUTHENTICATED || phase == ImapPhase.SELECTED) {
            // Where no verb is recognised it may be a LOGIN without its tag, or a SASL response nobody waits for.
            return parsed instanceof Parsed.Bad bad && ImapVerb.named(bad.verb()) == null
                    ? Stream.concat(bad.secrets().stream(), Stream.of(bad.rest())).toList() : parsed.secrets();
        }
        var all = new ArrayList<>(parsed.secrets());
        switch (parsed) {
            case Parsed.Bad bad -> all.add(bad.rest());
            case Parsed.Ok(var tag, var command, var secrets) -> {
                var verb = command.verb();
                if (!verb.legalIn(phase)) {
                    var arguments = tag.text().length() + 1 + verb.wireName().length();
                    all.add(Range.between(arguments, Math.max(arguments, contentEnd(raw))));
                }
            }
        }
        return all;
    }

    private static int contentEnd(RawCommand raw) {
        var end = raw.length();
        while (end > 0 && (raw.at(end - 1) == '\n' || raw.at(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** The octets from those on that have not been shown, with holes for the secrets. */
    private Octets visible(RawCommand raw, List<Range> secrets) {
        var out = new Octets.Builder();
        for (var part : raw.parts()) {
            var from = Math.max(part.offset(), shown);
            var to = part.offset() + part.length();
            while (from < to) {
                var at = from;
                var secret = secrets.stream().filter(s -> s.offset() <= at && at < s.end()).findFirst();
                var end = secret.isPresent() ? Math.min(to, secret.get().end())
                        : secrets.stream().mapToInt(Range::offset).filter(o -> o > at).min().orElse(to);
                end = Math.min(end, to);
                if (secret.isPresent()) {
                    out.hidden(end - at);
                } else if (part instanceof RawCommand.Literal literal && literal.stored() != null) {
                    out.slice(literal.stored(), at - part.offset(), end - at);
                } else {
                    out.write(part.octets(), at - part.offset(), end - at);
                }
                from = end;
            }
        }
        return out.toOctets();
    }

    private static Octets hidden(long octets) {
        return new Octets.Builder().hidden((int) Math.min(Integer.MAX_VALUE, octets)).toOctets();
    }
}
