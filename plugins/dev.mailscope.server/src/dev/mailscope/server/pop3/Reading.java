package dev.mailscope.server.pop3;

import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.mailscope.server.session.Step;

/** The commands that read the maildrop and change nothing (RFC 1939 sections 5 and 7). */
final class Reading {
    private Reading() {
    }

    /** STAT: how many messages and octets there are without the marked ones. */
    static Step stat(Pop3Phase.Transaction drop) {
        return Answers.ok(drop.left() + " " + drop.maildrop().octetsWithout(drop.marks()));
    }

    /** LIST: the size of each message, or of one. */
    static Step list(Pop3Phase.Transaction drop, OptionalInt message) {
        return scan(drop, message, drop.maildrop()::size, drop.summary() + ":");
    }

    /** UIDL: the unique-id of each message, or of one. */
    static Step uidl(Pop3Phase.Transaction drop, OptionalInt message) {
        return scan(drop, message, drop.maildrop()::uniqueId, "Unique-id listing follows:");
    }

    /** RETR: a message. */
    static Step retr(Pop3Phase.Transaction drop, int number) {
        return where(drop, number, maildrop -> Step.of(MultiLine.message(
                "+OK " + Answers.octets(maildrop.size(number)), maildrop.content(number))));
    }

    /** TOP: a message's header and that many lines of its body. */
    static Step top(Pop3Phase.Transaction drop, int number, int lines) {
        return where(drop, number, maildrop -> Step.of(MultiLine.top(
                "+OK Top of message " + number + " follows:", maildrop.content(number), lines)));
    }

    /** The answer where there is such a message, and an error where there is none or it is marked. */
    static Step where(Pop3Phase.Transaction drop, int number, Function<Maildrop, Step> answer) {
        if (drop.has(number)) {
            return answer.apply(drop.maildrop());
        }
        return Answers.error(number > drop.maildrop().highest()
                ? "There is no message " + number + ": the maildrop has "
                        + Answers.messages(drop.maildrop().highest()) + "."
                : "Message " + number + " is marked as deleted; RSET takes all marks back.");
    }

    private static Step scan(Pop3Phase.Transaction drop, OptionalInt message, IntFunction<Object> column,
            String first) {
        if (message.isPresent()) {
            var number = message.getAsInt();
            return where(drop, number, maildrop -> Answers.ok(number + " " + column.apply(number)));
        }
        var lines = new ArrayList<String>();
        for (var number = 1; number <= drop.maildrop().highest(); number++) {
            if (drop.has(number)) {
                lines.add(number + " " + column.apply(number));
            }
        }
        return Answers.listing(first, lines);
    }
}
