package dev.mailscope.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Memory;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What a session has of the server's is the others' again when it ends, however it ends. */
class ClosedSessionTest {
    /** A mail that comes into a file, which nobody can read. */
    private static final class Unreadable implements Storage.Arrival {
        private boolean closed;

        @Override
        public void write(byte[] octets, int offset, int length) {
            // it is written
        }

        @Override
        public Content soFar() {
            throw new UncheckedIOException(new IOException("Input/output error"));
        }

        @Override
        public Content content() {
            throw new UncheckedIOException(new IOException("Input/output error"));
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Memory, into which large mail comes by that file. */
    private record WithFile(Unreadable file) implements Storage {
        @Override
        public Optional<Arrival> receive(long octets) {
            return Optional.of(file);
        }

        @Override
        public Hold hold(Content content) {
            return MEMORY.hold(content);
        }

        @Override
        public void admit(Commit commit) {
            // there is room
        }

        @Override
        public void committed(Commit commit) {
            // in memory
        }

        @Override
        public void awaitKept(long version) {
            // it is
        }
    }

    private static final Limits LIMITS = Limits.DEFAULT.withSpool(100);

    private final Unreadable file = new Unreadable();
    private final Recording trace = Recording.inMemory();
    private final MailStore store = new MailStore(trace, Clock.systemUTC(), ServerState.EMPTY, new WithFile(file));
    private final Credentials credentials = new Credentials();
    private final Shared shared = new Shared(Memory.OF_JVM, Room.ofMemory(), new FailedLogins(LIMITS.failedLogin()),
            new Arrivals(LIMITS.arrivals()), new AccountSessions(1));

    @BeforeEach
    void anAccount() {
        credentials.set("alice", "secret");
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            return null;
        });
    }

    @Test
    void theLastOctetsCannotBeRead() throws IOException {
        var context = context();
        var conversation = new Conversation<>(context, new ImapSession(context), new Conversation.Sink() {
            @Override
            public void write(Octets octets) {
                // nobody listens
            }

            @Override
            public void flush() {
                // nobody listens
            }
        });
        conversation.connected("peer", "local");
        conversation.greet();
        var octets = ("a LOGIN alice secret\r\nb APPEND INBOX {1000+}\r\n" + "x".repeat(500))
                .getBytes(StandardCharsets.US_ASCII);
        conversation.receive(octets, 0, octets.length);
        assertFalse(shared.sessions().enter("alice"));
        conversation.closed("client closed the connection");
        assertTrue(file.closed);
        assertTrue(shared.sessions().enter("alice"), "the account's only session is free again");
        assertEquals(List.of(
                new What.Remark("what came last, and was not whole, cannot be read any more: Input/output error"),
                new What.Closed("client closed the connection")),
                trace.events(1, 100).stream().map(TraceEvent::what)
                        .filter(what -> what instanceof What.Remark || what instanceof What.Closed).toList());
    }

    @Test
    void whoIsAdmittedTwiceLeavesOnce() {
        var context = context();
        assertTrue(context.admit("alice"));
        assertTrue(context.admit("alice"));
        assertFalse(shared.sessions().enter("alice"));
        assertTrue(context.admit("bob"));
        assertTrue(shared.sessions().enter("alice"));
        context.leave();
        assertTrue(shared.sessions().enter("bob"));
    }

    private SessionContext context() {
        return new SessionContext(1, "imap", ImapSession.FIRST_PHASE, store, credentials, LIMITS, trace,
                TlsPolicy.NONE, ImapOptions.DEFAULT, shared);
    }
}
