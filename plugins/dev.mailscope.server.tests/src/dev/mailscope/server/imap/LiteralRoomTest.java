package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.FailedLogins;
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

    /** What is told when a message cannot be written that came: the session goes on, and the next command is read. */
    @Test
    void aMessageThatFindsNoRoomOnTheDiskIsRefused() throws IOException {
        var lost = new Storage.Arrival() {
            private int came;
            private boolean closed;

            @Override
            public void write(byte[] octets, int offset, int length) {
                came += length;
            }

            @Override
            public Content soFar() {
                return content();
            }

            @Override
            public Content content() {
                return Content.stored("0".repeat(64), came, true, false, came + 2, () -> {
                    throw new UncheckedIOException(new IOException("it has gone"));
                });
            }

            @Override
            public Optional<String> failure() {
                return came > SIZE / 2 ? Optional.of("No space left on device") : Optional.empty();
            }

            @Override
            public void close() {
                closed = true;
            }
        };
        var full = new AtomicBoolean();
        var storage = (Storage) Proxy.newProxyInstance(Storage.class.getClassLoader(), new Class<?>[] {Storage.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("receive")) {
                        return method.invoke(Storage.MEMORY, arguments);
                    }
                    if (full.get()) {
                        throw new MailboxException(MailboxException.Reason.LIMIT, "The disk is full.");
                    }
                    return Optional.of(lost);
                });
        var talk = talk(1, new MailStore(server.recording(), Clock.systemUTC(), server.store().state(), storage),
                Limits.DEFAULT.withSpool(SIZE - 1));
        assertTrue(talk.ask("a APPEND INBOX {" + SIZE + "}\r\n").startsWith("+"));
        assertEquals(SIZE + SIZE / 2, room.left(), "what goes to the disk needs no room");
        assertEquals("a NO [LIMIT] The message cannot be written to the disk: No space left on device.\r\nb OK NOOP"
                + " completed.\r\n", talk.ask("x".repeat(SIZE) + "\r\nb NOOP\r\n"));
        assertTrue(lost.closed);
        full.set(true);
        assertEquals("c NO [LIMIT] The disk is full.\r\n", talk.ask("c APPEND INBOX {" + SIZE + "}\r\n"));
        talk.conversation().closed("gone");
    }

    private Talk talk(long number) throws IOException {
        return talk(number, server.store(), Limits.DEFAULT);
    }

    private Talk talk(long number, MailStore store, Limits limits) throws IOException {
        var context = new SessionContext(number, ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, store,
                credentials, limits, server.recording(), TlsPolicy.NONE, ImapOptions.DEFAULT,
                new Shared(room, new FailedLogins(Limits.DEFAULT.failedLogin())));
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
