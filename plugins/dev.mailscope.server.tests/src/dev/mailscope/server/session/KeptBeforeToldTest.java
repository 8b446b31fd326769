package dev.mailscope.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.imap.ImapSession;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.mailbox.StorageException;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.pop3.MaildropLocks;
import dev.mailscope.server.pop3.Pop3Session;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;

/** What is not on the disk yet is told to nobody. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeptBeforeToldTest {
    /** Keeps everything in memory, and says so when it is told to. */
    private static final class SlowStorage implements Storage {
        private volatile CountDownLatch kept = new CountDownLatch(0);
        private volatile CountDownLatch waiting = new CountDownLatch(1);
        private volatile boolean fails;

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
            waiting.countDown();
            try {
                kept.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (fails) {
                throw new StorageException("The store cannot be written: Input/output error.");
            }
        }
    }

    /** Collects what a client is sent. */
    private static final class Client implements Conversation.Sink {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private Conversation<?> conversation;

        @Override
        public synchronized void write(Octets octets) throws IOException {
            octets.writeTo(sent);
        }

        @Override
        public void flush() {
            // it has it
        }

        Step.After say(String lines) throws IOException {
            var octets = lines.getBytes(StandardCharsets.US_ASCII);
            return conversation.receive(octets, 0, octets.length);
        }

        synchronized String heard() {
            var heard = sent.toString(StandardCharsets.US_ASCII);
            sent.reset();
            return heard;
        }
    }

    private final SlowStorage storage = new SlowStorage();
    private final Recording trace = Recording.inMemory();
    private final MailStore store = new MailStore(trace, Clock.systemUTC(), ServerState.EMPTY, storage);
    private final Credentials credentials = new Credentials();
    private long sessions;

    @BeforeEach
    void anAccountWithAMail() {
        credentials.set("alice", "secret");
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            return t.append("alice", t.folder("alice", "INBOX").id(), Flags.NONE, OffsetDateTime.now(),
                    Content.of("Subject: one\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        });
    }

    private Client client(String protocol, String phase, BiFunction<SessionContext, Client, Conversation<?>> conversation)
            throws IOException {
        var client = new Client();
        client.conversation = conversation.apply(new SessionContext(++sessions, protocol, phase, store, credentials,
                Limits.DEFAULT, trace), client);
        client.conversation.connected("peer", "local");
        client.conversation.greet();
        return client;
    }

    private Client imap() throws IOException {
        var client = client("imap", ImapSession.FIRST_PHASE, (context, sink) ->
                new Conversation<>(context, new ImapSession(context), sink));
        client.say("a LOGIN alice secret\r\nb SELECT INBOX\r\n");
        assertTrue(client.heard().contains("b OK"));
        return client;
    }

    private Client pop3() throws IOException {
        var client = client("pop3", Pop3Session.FIRST_PHASE, (context, sink) ->
                new Conversation<>(context, new Pop3Session(context, new MaildropLocks()), sink));
        client.say("USER alice\r\nPASS secret\r\nDELE 1\r\n");
        client.heard();
        return client;
    }

    @Test
    void neitherWhoAskedNorWhoIdlesIsToldBeforeItIsKept() throws Exception {
        var asking = imap();
        var idling = imap();
        idling.say("c IDLE\r\n");
        idling.heard();
        var pushed = new FutureTask<>(idling.conversation::push);
        idling.conversation.onWake(() -> Thread.ofVirtual().start(pushed));
        storage.kept = new CountDownLatch(1);
        storage.waiting = new CountDownLatch(2);
        var answered = new FutureTask<>(() -> asking.say("d STORE 1 +FLAGS (\\Seen)\r\n"));
        Thread.ofVirtual().start(answered);
        assertTrue(storage.waiting.await(20, TimeUnit.SECONDS), "nobody waits");
        assertTrue(store.state().account("alice").orElseThrow().inbox().message(1).flags().seen());
        assertEquals("", asking.heard());
        assertEquals("", idling.heard());
        // The store's lock is free meanwhile.
        store.transact(Cause.SERVER, t -> t.createFolder("alice", "Meanwhile"));
        assertFalse(answered.isDone() || pushed.isDone());
        storage.kept.countDown();
        assertEquals(Step.After.CONTINUE, answered.get(20, TimeUnit.SECONDS));
        pushed.get(20, TimeUnit.SECONDS);
        assertTrue(asking.heard().contains("d OK"));
        assertTrue(idling.heard().contains("\\Seen"));
    }

    @Test
    void whereItCannotBeKeptNobodyHearsOk() throws IOException {
        var imap = imap();
        var idling = imap();
        idling.say("c IDLE\r\n");
        idling.heard();
        var pop3 = pop3();
        storage.fails = true;
        assertEquals(Step.After.CLOSE, imap.say("d STORE 1 +FLAGS (\\Seen)\r\n"));
        assertTrue(imap.heard().matches("\\* BYE \\[UNAVAILABLE\\] The server cannot write to its disk[^\r\n]*\r\n"));
        assertEquals(Step.After.CLOSE, idling.conversation.push());
        assertTrue(idling.heard().startsWith("* BYE [UNAVAILABLE]"));
        assertEquals(Step.After.CLOSE, pop3.say("QUIT\r\n"));
        assertTrue(pop3.heard().matches("-ERR \\[SYS/TEMP\\] The server cannot write to its disk[^\r\n]*\r\n"));
    }
}
