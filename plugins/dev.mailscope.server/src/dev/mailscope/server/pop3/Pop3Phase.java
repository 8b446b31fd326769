package dev.mailscope.server.pop3;

import java.util.Arrays;
import java.util.Optional;

import org.pcollections.TreePSet;

/** Where a POP3 session stands, with what it knows there (RFC 1939 section 3 calls it a state). */
public sealed interface Pop3Phase {
    /** The phases as such, in the order in which a session goes through them. */
    enum Kind {
        /** Connected, not greeted yet. */
        CONNECT("Connect"),
        /** The client says who it is (RFC 1939 section 4). */
        AUTHORIZATION("Authorization"),
        /** The client reads and marks its mail (RFC 1939 section 5). */
        TRANSACTION("Transaction"),
        /** What is marked is removed (RFC 1939 section 6). */
        UPDATE("Update");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name used in the trace, in the views and in teaching. */
        public String label() {
            return label;
        }

        /** The phase of that name. */
        public static Optional<Kind> labelled(String label) {
            return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
        }
    }

    /** Which phase it is. */
    Kind kind();

    /** Connected, not greeted yet. */
    record Connect() implements Pop3Phase {
        @Override
        public Kind kind() {
            return Kind.CONNECT;
        }
    }

    /**
     * The client says who it is.
     *
     * @param timestamp the greeting's timestamp in angle brackets, which APOP's digest is made with; empty when there
     *                  is no APOP
     * @param user      the name that USER gave, until a PASS has failed with it
     */
    record Authorization(Optional<String> timestamp, Optional<String> user) implements Pop3Phase {
        @Override
        public Kind kind() {
            return Kind.AUTHORIZATION;
        }

        /** The same with the name that USER gave. */
        Authorization withUser(String name) {
            return new Authorization(timestamp, Optional.of(name));
        }

        /** The same without a name. */
        Authorization withoutUser() {
            return new Authorization(timestamp, Optional.empty());
        }
    }

    /**
     * The client reads and marks its mail.
     *
     * @param maildrop  the mail as it was at login
     * @param marks     the numbers of the messages marked as deleted
     * @param retrieved the numbers of the messages sent by RETR
     */
    record Transaction(Maildrop maildrop, TreePSet<Integer> marks, TreePSet<Integer> retrieved)
            implements Pop3Phase {
        @Override
        public Kind kind() {
            return Kind.TRANSACTION;
        }

        /** True when there is a message with that number that is not marked. */
        boolean has(int number) {
            return number <= maildrop.highest() && !marks.contains(number);
        }

        /** How many messages are not marked. */
        int left() {
            return maildrop.highest() - marks.size();
        }

        /** Their number and their octets in words. */
        String summary() {
            return Answers.messages(left()) + " (" + Answers.octets(maildrop.octetsWithout(marks)) + ")";
        }

        /** The same with one more message marked. */
        Transaction marking(int number) {
            return new Transaction(maildrop, marks.plus(number), retrieved);
        }

        /** The same with one more message sent by RETR, if it is there. */
        Transaction retrieving(int number) {
            return has(number) ? new Transaction(maildrop, marks, retrieved.plus(number)) : this;
        }

        /** The same with no message marked. */
        Transaction unmarked() {
            return new Transaction(maildrop, TreePSet.empty(), retrieved);
        }
    }

    /**
     * What is marked is removed, and the session ends.
     *
     * @param maildrop the mail as it was at login
     * @param marks    the numbers of the messages to remove
     */
    record Update(Maildrop maildrop, TreePSet<Integer> marks) implements Pop3Phase {
        @Override
        public Kind kind() {
            return Kind.UPDATE;
        }
    }
}
