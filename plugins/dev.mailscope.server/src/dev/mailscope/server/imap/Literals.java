package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

import dev.mailscope.server.imap.ImapIncoming.Refusal;
import dev.mailscope.server.imap.command.Frame;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Room;
import dev.mailscope.server.session.SessionContext;

/**
 * Takes or refuses the literals of the command in progress, and has room for them until that has been handled: in
 * memory, or for a large message in a file of the store.
 */
final class Literals {
    // A user name or a password may be a literal; neither is long.
    private static final int MOST_BEFORE_LOGIN = 4096;

    // What LITERAL- lets a client send without waiting (RFC 7888 section 5).
    private static final int MOST_UNASKED = 4096;

    private final Limits limits;
    private final boolean literalMinus;
    // Another server answers: it takes and refuses literals, and what phase it is in can only be inferred.
    private final boolean overheard;
    private final Room room;
    private final LongFunction<Optional<Storage.Arrival>> files;
    private final Runnable recorded;
    private final List<Storage.Arrival> arrivals = new ArrayList<>();
    // How many octets of the room are taken.
    private long taken;
    // The same, and how many files there were, before what was given last.
    private long takenBefore;
    private int arrivalsBefore;
    private Storage.Arrival arrival;
    private String noRoom;

    private Literals(Limits limits, boolean literalMinus, boolean overheard, Room room,
            LongFunction<Optional<Storage.Arrival>> files, Runnable recorded) {
        this.limits = limits;
        this.literalMinus = literalMinus;
        this.overheard = overheard;
        this.room = room;
        this.files = files;
        this.recorded = recorded;
    }

    /** Those of a session. */
    static Literals of(SessionContext context) {
        return new Literals(context.limits(), context.literalMinus(), false, context.room(),
                context.store()::receive, context::awaitWritten);
    }

    /** Those a client sends to another server. */
    static Literals overheard(Limits limits) {
        return new Literals(limits, false, true, Room.ofMemory(), octets -> Optional.empty(), () -> { });
    }

    /** How a literal that was announced is refused; null when there is room for it from now on. */
    Refusal refusal(Frame.LiteralAnnounced literal, ImapVerb verb, ImapPhase phase) {
        arrival = null;
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
        return (verb.bringsMessage() && literal.size() > limits.spool() ? takeFile(literal.size())
                : takeMemory(literal.size())) ? null : Refusal.NO_ROOM;
    }

    private boolean takeFile(long octets) {
        Optional<Storage.Arrival> file;
        try {
            file = files.apply(octets);
        } catch (MailboxException e) {
            noRoom = e.getMessage();
            return false;
        }
        if (file.isEmpty()) {
            return takeMemory(octets);
        }
        arrival = file.get();
        arrivals.add(arrival);
        return true;
    }

    private boolean takeMemory(long octets) {
        if (octets <= Room.SMALL) {
            return true;
        }
        if (!room.take(octets)) {
            noRoom = "The server's sessions have too much on its way in together: try again later.";
            return false;
        }
        taken += octets;
        return true;
    }

    /** Where the literal goes for which there was room last; null for memory. */
    Storage.Arrival arrival() {
        return arrival;
    }

    /** True when one of them is in a file. */
    boolean haveFile() {
        return !arrivals.isEmpty();
    }

    /** Why one of them could not be written where it belongs, in a sentence; empty when all are there. */
    Optional<String> failure() {
        return arrivals.stream().flatMap(each -> each.failure().stream()).findFirst()
                .map(why -> "The message cannot be written to the disk: " + why + ".");
    }

    /** Something is about to be given that may be {@linkplain #takeBack taken back}. */
    void mark() {
        takenBefore = taken;
        arrivalsBefore = arrivals.size();
    }

    /** What was given last has never come. */
    void takeBack() {
        room.giveBack(taken - takenBefore);
        taken = takenBefore;
        while (arrivals.size() > arrivalsBefore) {
            arrivals.removeLast().close();
        }
    }

    /** The command in progress is over, or has been handled. */
    void giveBack() {
        room.giveBack(taken);
        taken = 0;
        if (arrivals.isEmpty()) {
            return;
        }
        // The trace has been told of them, and reads them when it writes that.
        recorded.run();
        arrivals.forEach(Storage.Arrival::close);
        arrivals.clear();
    }

    /** What is wrong with a literal that is refused so, in words. */
    String problem(Refusal refusal, Frame.LiteralAnnounced literal, ImapVerb verb, ImapPhase phase) {
        return switch (refusal) {
            case NOT_SYNCHRONIZED -> "A literal of more than " + MOST_UNASKED
                    + " octets has to be announced without a plus sign here (LITERAL-).";
            case NO_ROOM -> noRoom;
            case TOO_MUCH, NOT_UNDERSTOOD, WRONG_PHASE, ENDLESS, EXCHANGE_BROKEN -> tooMuch(literal, verb, phase);
        };
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
}
