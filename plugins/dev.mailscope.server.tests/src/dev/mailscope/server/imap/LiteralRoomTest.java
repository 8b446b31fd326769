package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.ImapOptions;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Room;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.transcript.TestServer;

/** The sessions of a server share the room for what is on its way in; whatever becomes of that, it is given back. */
class LiteralRoomTest {
    private static final int SIZE = 150_000;

    private final TestServer server = new TestServer();
    private final Room room = new Room(SIZE + SIZE / 2);
    private final Credentials credentials = new Credentials();

    private record Talk(Conversation<ImapIncoming> conversation, StringBuilder said) {
        String ask(String text) throws IOException {
            said.setLength(0);
            var octets = text.getBytes(StandardCharsets.US_ASCII);
            conversation.receive(octets, 0, octets.length);
            return said.toString();
        }
    }

    @BeforeEach
    void begin() {
        server.account("alice", "secret");
        credentials.set("alice", "secret");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void oneSessionsLiteralLeavesNoRoomForAnothers() throws IOException {
        var one = talk(1);
        var other = talk(2);
        assertTrue(one.ask("a APPEND INBOX {" + SIZE + "}\r\n").startsWith("+"));
        assertEquals("a NO [LIMIT] The server's sessions have too much on its way in together: try again later.\r\n",
                other.ask("a APPEND INBOX {" + SIZE + "}\r\n"));
        assertTrue(other.ask("b APPEND INBOX {" + Room.SMALL + "}\r\n").startsWith("+"), "small ones need no room");
        other.conversation().closed("gone");
        assertTrue(one.ask("x".repeat(SIZE) + "\r\n").contains("a OK"));
        assertTrue(one.ask("b APPEND INBOX {" + SIZE + "}\r\n").startsWith("+"), "it was given back");
        one.conversation().closed("gone");
        assertEquals(SIZE + SIZE / 2, room.left());
    }

    @Test
    void aRefusedCommandGivesBackWhatItHad() throws IOException {
        var one = talk(1);
        assertTrue(one.ask("a APPEND INBOX {" + SIZE + "}\r\n").startsWith("+"));
        assertTrue(one.ask("x".repeat(SIZE) + " {" + SIZE + "}\r\n").startsWith("a NO [LIMIT]"));
        assertEquals(SIZE + SIZE / 2, room.left());
        one.conversation().closed("gone");
        assertEquals(SIZE + SIZE / 2, room.left());
    }

    private Talk talk(long number) throws IOException {
        var context = new SessionContext(number, ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, server.store(),
                credentials, Limits.DEFAULT, server.recording(), TlsPolicy.NONE, ImapOptions.DEFAULT,
                Shared.of(Limits.DEFAULT).withRoom(room));
        var said = new StringBuilder();
        var conversation = new Conversation<>(context, new ImapSession(context), new Conversation.Sink() {
            @Override
            public void write(Octets octets) {
                said.append(new String(octets.toBytes(), StandardCharsets.US_ASCII));
            }

            @Override
            public void flush() {
                // it is there already
            }
        });
        conversation.connected("a:1", "b:2");
        conversation.greet();
        var talk = new Talk(conversation, said);
        assertTrue(talk.ask("l LOGIN alice secret\r\n").startsWith("l OK"));
        return talk;
    }
}
