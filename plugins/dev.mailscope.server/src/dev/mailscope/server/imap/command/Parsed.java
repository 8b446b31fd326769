package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.mailscope.server.message.Range;

/** What the parser makes of a raw command. */
public sealed interface Parsed {
    /** The octets of the raw command that no trace, log or screen may ever show. */
    List<Range> secrets();

    /** A command that is well-formed. */
    record Ok(Tag tag, ImapCommand command, List<Range> secrets) implements Parsed {
        /** Keeps its own copy of the ranges. */
        public Ok {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * A command that is not.
     *
     * @param tag     the client's tag; null when there is none
     * @param verb    the command's name in capitals when it is a known one; else null
     * @param message what was expected and what was found, quoting nothing of what the client sent
     * @param offset  at which octet; the command's length when something is missing at its end
     * @param secrets what must be hidden in any phase
     * @param rest    what else must be hidden before login: all behind the verb, or all from the verb on when that is
     *                not a known one, or everything when there is not even a tag
     * @param found   the octets the message is about; may be empty
     */
    record Bad(String tag, String verb, String message, int offset, List<Range> secrets, Range rest, Range found)
            implements Parsed {
        private static final int MOST_QUOTED = 40;

        /** Keeps its own copy of the ranges. */
        public Bad {
            secrets = List.copyOf(secrets);
        }

        /**
         * The message with the words it is about: for a client that has logged in. Secrets, long words and words that
         * are not printable stay out.
         */
        public String messageQuoting(RawCommand raw) {
            if (found.length() == 0 || found.length() > MOST_QUOTED || found.end() > raw.length() || touchesSecret()) {
                return message;
            }
            var octets = raw.octets(found);
            for (var octet : octets) {
                if (octet <= ' ' || octet > '~') {
                    return message;
                }
            }
            return message + ": " + new String(octets, StandardCharsets.US_ASCII);
        }

        private boolean touchesSecret() {
            return ImapVerb.LOGIN.wireName().equals(verb) || ImapVerb.AUTHENTICATE.wireName().equals(verb)
                    || secrets.stream().anyMatch(s -> s.offset() < found.end() && found.offset() < s.end());
        }
    }
}
