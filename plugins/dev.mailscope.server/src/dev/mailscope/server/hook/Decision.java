package dev.mailscope.server.hook;

import java.time.Duration;
import java.util.Objects;

import dev.mailscope.server.trace.Octets;

/** What is done with that which passes a stop. */
public sealed interface Decision {
    /** It passes as it is. */
    Decision GO_ON = new GoOn();

    /** What it does, in words for the trace. */
    String words();

    /** True when it can be decided at that stop. */
    default boolean fits(Stop stop) {
        return switch (this) {
            case GoOn g -> true;
            case Replace r -> true;
            case Delay d -> true;
            case Drop d -> true;
            case Answer a -> true;
            case Cut(var after) -> after == 0 || stop == Stop.BEFORE_SENDING;
            case Split s -> stop == Stop.BEFORE_SENDING;
            case Trickle t -> stop == Stop.BEFORE_SENDING;
        };
    }

    /** It passes as it is. */
    record GoOn() implements Decision {
        @Override
        public String words() {
            return "goes on";
        }
    }

    /**
     * Other octets take its place. What stands for the client's octets is framed again: it may be several commands, or
     * the beginning of one, which the client's next octets then complete. What stands for the server's octets is sent
     * as it is, whatever the client makes of it.
     *
     * @param octets the octets; a hidden piece stands for a secret of what was held, in order
     */
    record Replace(Octets octets) implements Decision {
        @Override
        public String words() {
            return "replaced by " + octets.size() + (octets.size() == 1 ? " octet" : " octets");
        }
    }

    /** It passes as it is, after that time. */
    record Delay(Duration time) implements Decision {
        /** Refuses what is no time. */
        public Delay {
            notNegative(time);
        }

        @Override
        public String words() {
            return "delayed by " + text(time);
        }
    }

    /**
     * It is lost. A command is neither executed nor answered (with its literals, if it is only announcing one), and an
     * answer is not sent; what was to follow the answer follows.
     */
    record Drop() implements Decision {
        @Override
        public String words() {
            return "dropped";
        }
    }

    /**
     * The connection is cut without a word.
     *
     * @param after how many octets of an answer are sent before that
     */
    record Cut(int after) implements Decision {
        /** Refuses a number below 0. */
        public Cut {
            if (after < 0) {
                throw new IllegalArgumentException("the line cannot be cut after " + after + " octets");
            }
        }

        /** Cut at once. */
        public Cut() {
            this(0);
        }

        @Override
        public String words() {
            return after == 0 ? "the line is cut" : "the line is cut after " + after + " octets";
        }
    }

    /**
     * The client is answered NO with the command's tag (untagged where there is none), or -ERR, and that text. A
     * command is not executed; whatever of it is still in progress ends. Instead of an answer it hides what was done.
     *
     * @param text one line of printable US-ASCII; it may begin with a response code in brackets
     */
    record Answer(String text) implements Decision {
        /** Refuses a text that is no line. */
        public Answer {
            if (text.isBlank() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
                throw new IllegalArgumentException("an answer is one line of printable US-ASCII");
            }
        }

        @Override
        public String words() {
            return "answered with a refusal: " + text;
        }
    }

    /**
     * An answer is sent in two pieces.
     *
     * @param at    how many octets the first piece has; {@link #IN_LITERAL} for half of the first literal. Where an
     *              answer has no literal, it is split in its middle
     * @param pause the time between the pieces
     */
    record Split(int at, Duration pause) implements Decision {
        /** In the middle of the first literal. */
        public static final int IN_LITERAL = -1;

        /** Refuses what is neither a place nor a time. */
        public Split {
            if (at < IN_LITERAL) {
                throw new IllegalArgumentException("an answer cannot be split after " + at + " octets");
            }
            notNegative(pause);
        }

        @Override
        public String words() {
            return (at == IN_LITERAL ? "split in its literal" : "split after " + at + " octets") + ", "
                    + text(pause) + " between";
        }
    }

    /**
     * An answer is sent in pieces of a few octets, as over a very slow line.
     *
     * @param size  how many octets a piece has, at least 1
     * @param pause the time between two pieces
     */
    record Trickle(int size, Duration pause) implements Decision {
        /** Refuses what is neither a size nor a time. */
        public Trickle {
            if (size < 1) {
                throw new IllegalArgumentException("an answer cannot be sent in pieces of " + size + " octets");
            }
            notNegative(pause);
        }

        @Override
        public String words() {
            return "sent in pieces of " + size + (size == 1 ? " octet, " : " octets, ") + text(pause) + " between";
        }
    }

    private static void notNegative(Duration time) {
        if (Objects.requireNonNull(time).isNegative()) {
            throw new IllegalArgumentException("a time cannot be less than nothing");
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
