package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.RecordedTranscripts;

/** Whatever the server answers in any transcript is what the grammar of IMAP allows, octet by octet. */
class ResponseGrammarTest {
    private int read;

    @Test
    void allThatTheServerSaysIsInTheGrammar() throws IOException {
        RecordedTranscripts.each("imap", this::read);
        assertTrue(read > 4_000, read + " responses");
    }

    private void read(String name, Recording recording) {
        var sessions = new HashMap<Long, ResponseGrammar>();
        for (var number = recording.first(); number <= recording.last(); number++) {
            var event = recording.event(number);
            // A challenge is hidden: it has no octets to read.
            if (event.what() instanceof What.Response(var octets) && event.protocol().equals("imap")
                    && !octets.hasSecret()) {
                var grammar = sessions.computeIfAbsent(event.session(), session -> new ResponseGrammar());
                try {
                    grammar.read(octets.toBytes());
                    while (!grammar.isAtEnd()) {
                        grammar.next();
                        read++;
                    }
                } catch (AssertionError e) {
                    throw new AssertionError(name + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK\r\n", "* OK  two spaces\r\n", "a OK [UIDNEXT 0] x\r\n", "* OK [UNKNOWN] x\r\n",
            "a BYE x\r\n", "* 0 EXPUNGE\r\n", "* 1 EXPUNGE \r\n", "* FLAGS (\\Recent)\r\n", "* SEARCH  1\r\n",
            "* SEARCH 0\r\n", "* SEARCH (MODSEQ 1)\r\n", "* LIST () / INBOX\r\n", "* LIST () \"//\" INBOX\r\n",
            "* LIST (\\Marked \\Noselect) \"/\" INBOX\r\n", "* LIST () \"/\" \"&AOQ\"\r\n",
            "* LIST () \"/\" \"&AGE-\"\r\n", "* LIST () \"/\" &AOQ-&AOQ-\r\n", "* LIST () \"/\" {3}\r\nab\r\n",
            "* LIST () \"/\" \"\u00e4\"\r\n", "* 1 FETCH ()\r\n", "* 1 FETCH (FLAGS NIL)\r\n",
            "* 1 FETCH (UID 1 UID 1)\r\n", "* 1 FETCH (INTERNALDATE \"1-Jan-2026 12:00:00 +0000\")\r\n",
            "* 1 FETCH (BODY[1.] NIL)\r\n", "* 1 FETCH (BODY[] abc)\r\n", "* 1 FETCH (MODSEQ 1)\r\n",
            "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n",
            "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))\r\n",
            "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1))\r\n",
            "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1 NIL))\r\n",
            "* 1 FETCH (BODY (\"IMAGE\" \"PNG\" () NIL NIL \"7BIT\" 1))\r\n",
            "* ESEARCH (TAG a) COUNT 1\r\n", "* ESEARCH ALL NIL\r\n", "* STATUS INBOX (MESSAGES)\r\n",
            "* THREAD (1 (2))\r\n", "* THREAD ((1))\r\n", "* VANISHED 1:*\r\n", "* NAMESPACE NIL NIL\r\n",
            "* ID (\"name\")\r\n", "+\r\n"})
    void whatDoesNotFitIsNotTakenForAResponse(String response) {
        var grammar = new ResponseGrammar();
        grammar.read(response.getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(AssertionError.class, grammar::next);
    }
}
