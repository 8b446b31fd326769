package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.pop3.Pop3Session;

/** A protocol that is read from captures, and how it is known. */
enum Protocol {
    IMAP(ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, "\\* (OK|PREAUTH|BYE)[ \\r\\[]", 143, 993, 1143, 1993),
    POP3(Pop3Session.PROTOCOL, Pop3Session.FIRST_PHASE, "(\\+OK|-ERR)[ \\r]", 110, 995, 1110, 1995);

    private static final int SHOWN = 16;

    private final String wireName;
    private final String firstPhase;
    private final Pattern greeting;
    private final Set<Integer> ports;

    Protocol(String wireName, String firstPhase, String greeting, Integer... ports) {
        this.wireName = wireName;
        this.firstPhase = firstPhase;
        this.greeting = Pattern.compile(greeting, Pattern.CASE_INSENSITIVE);
        this.ports = Set.of(ports);
    }

    /** Its name in the trace. */
    String wireName() {
        return wireName;
    }

    /** The phase a session begins in. */
    String firstPhase() {
        return firstPhase;
    }

    /** The protocol that servers speak on that port: the standard one, or Mailscope's own. */
    static Optional<Protocol> onPort(int port) {
        for (var each : values()) {
            if (each.ports.contains(port)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The protocol whose servers begin so. */
    static Optional<Protocol> greetingWith(byte[] octets) {
        var text = new String(octets, 0, Math.min(octets.length, SHOWN), StandardCharsets.ISO_8859_1);
        for (var each : values()) {
            if (each.greeting.matcher(text).lookingAt()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The talk of a session. */
    Talk talk(Trail trail, Mailboxes mailboxes, String host, boolean whole) {
        return switch (this) {
            case IMAP -> new ImapTalk(trail, mailboxes, host, whole);
            case POP3 -> new Pop3Talk(trail, mailboxes, host, whole);
        };
    }
}
