package dev.mailscope.server.pop3;

import java.util.List;

import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;

/** The forms of POP3's responses (RFC 1939 section 3), and what is counted in them in words. */
final class Answers {
    private Answers() {
    }

    /** A positive response of one line. */
    static Step ok(String text) {
        return Step.of(Octets.of("+OK " + text + "\r\n"));
    }

    /** A negative response; it begins with a response code (RFC 2449 section 8) where there is one. */
    static Step error(String text) {
        return Step.of(Octets.of("-ERR " + text + "\r\n"));
    }

    /** A positive response of several lines, none of which begins with a dot. */
    static Step listing(String first, List<String> lines) {
        var response = new Octets.Builder().text("+OK " + first + "\r\n");
        lines.forEach(line -> response.text(line + "\r\n"));
        return Step.of(response.text(".\r\n").toOctets());
    }

    /** A number of messages. */
    static String messages(int count) {
        return count == 1 ? "1 message" : count + " messages";
    }

    /** A number of octets. */
    static String octets(long count) {
        return count == 1 ? "1 octet" : count + " octets";
    }
}
