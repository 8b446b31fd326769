package dev.mailscope.server.hook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.trace.Octets;

/**
 * A session that is held, and what of it. The true octets are kept within, and shown nowhere.
 */
public final class Held {
    private final Passing passing;
    private final String why;
    private final long cause;
    private final Instant since;
    private final List<Octets> secrets;

    /**
     * What is held.
     *
     * @param why    what it is held by, in words
     * @param cause  the number of the event that it comes from
     * @param octets the true octets, as long as those of {@code passing}
     */
    public Held(Passing passing, String why, long cause, Octets octets) {
        this.passing = passing;
        this.why = why;
        this.cause = cause;
        this.since = Instant.now();
        this.secrets = passing.octets().hasSecret() ? secrets(passing.octets(), octets.toBytes()) : List.of();
    }

    /** What is held, secrets hidden. */
    public Passing passing() {
        return passing;
    }

    /** The session's number. */
    public long session() {
        return passing.session();
    }

    /** Where it is held. */
    public Stop stop() {
        return passing.stop();
    }

    /** What it is held by, in words. */
    public String why() {
        return why;
    }

    /** The number of the event that it comes from: what was received, understood or answered. */
    public long cause() {
        return cause;
    }

    /** Since when it has been held. */
    public Instant since() {
        return since;
    }

    /**
     * The decision with the secrets in it, for the session alone. IllegalArgumentException when it cannot be decided
     * here.
     */
    Decision complete(Decision decision) {
        if (!decision.fits(stop())) {
            throw new IllegalArgumentException("what is held " + stop().words() + " cannot be: " + decision.words());
        }
        if (!(decision instanceof Decision.Replace(var octets)) || !octets.hasSecret()) {
            return decision;
        }
        var pieces = new ArrayList<Octets.Piece>();
        var next = 0;
        for (var piece : octets.pieces()) {
            if (!(piece instanceof Octets.Hidden)) {
                pieces.add(piece);
            } else if (next < secrets.size()) {
                pieces.addAll(secrets.get(next++).pieces());
            } else {
                throw new IllegalArgumentException("only " + secrets.size()
                        + " secrets are held, and more are asked for");
            }
        }
        return new Decision.Replace(Octets.of(pieces));
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Held[session " + session() + " " + stop().words() + ", " + passing.octets() + "]";
    }

    private static List<Octets> secrets(Octets shown, byte[] octets) {
        var found = new ArrayList<Octets>();
        var at = 0;
        for (var piece : shown.pieces()) {
            if (piece instanceof Octets.Hidden) {
                found.add(Octets.of(Arrays.copyOfRange(octets, at, at + piece.size())));
            }
            at += piece.size();
        }
        return found;
    }
}
