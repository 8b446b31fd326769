package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.ImapOptions;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.session.TlsPolicy;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;

class ShortMemoryTest {
    private static final String REFUSAL = " NO [LIMIT] The server is short of memory, and this may take much of it:"
            + " nothing is done. Try again later.\r\n";

    private final Recording recording = Recording.inMemory();
    private final MailStore store = new MailStore(recording, Clock.systemUTC());
    private final StringBuilder said = new StringBuilder();
    private Conversation<?> talk;
    private volatile boolean isShort;

    @BeforeEach
    void connect() throws IOException {
        var credentials = new Credentials();
        credentials.set("alice", "secret");
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            var few = t.createFolder("alice", "Few").id();
            var mail = Content.of("Subject: one of many\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var now = OffsetDateTime.ofInstant(store.clock().instant(), ZoneOffset.UTC);
            for (var i = 0; i < 1_001; i++) {
                t.append("alice", t.state().account("alice").orElseThrow().folder(Folder.INBOX).orElseThrow().id(),
                        Flags.NONE, now, mail);
            }
            t.append("alice", few, Flags.NONE, now, mail);
            return null;
        });
        var context = new SessionContext(1, ImapSession.PROTOCOL, ImapSession.FIRST_PHASE, store, credentials,
                Limits.DEFAULT, recording, TlsPolicy.NONE, ImapOptions.DEFAULT,
                Shared.of(Limits.DEFAULT).withMemory(() -> isShort));
        talk = new Conversation<>(context, new ImapSession(context), new Conversation.Sink() {
            @Override
            public void write(Octets octets) {
                said.append(new String(octets.toBytes(), StandardCharsets.US_ASCII));
            }

            @Override
            public void flush() {
                // it is there already
            }
        });
        talk.connected("a:1", "b:2");
        talk.greet();
        assertTrue(ask("l LOGIN alice secret").startsWith("l OK"));
    }

    @AfterEach
    void close() {
        talk.closed("gone");
        recording.close();
    }

    @Test
    void longWorkOnALargeFolderIsRefusedAndChangesNothing() throws IOException {
        ask("s SELECT INBOX");
        isShort = true;
        var before = store.state();
        for (var command : new String[] {"STORE 1:* +FLAGS (\\Seen)", "COPY 1:* Few", "MOVE 1:* Few", "SEARCH ALL",
            "SORT (SUBJECT) UTF-8 ALL", "THREAD REFERENCES UTF-8 ALL"}) {
            assertEquals("a" + REFUSAL, ask("a " + command), command);
        }
        assertEquals(before, store.state());
        assertEquals("f OK NOOP completed.\r\n", ask("f NOOP"));
        isShort = false;
        assertTrue(ask("g SEARCH ALL").contains("\r\ng OK "));
        assertTrue(ask("h STORE 1 +FLAGS (\\Seen)").endsWith("h OK STORE completed.\r\n"));
    }

    @Test
    void aSmallFolderGoesOn() throws IOException {
        ask("s SELECT Few");
        isShort = true;
        assertTrue(ask("a STORE 1 +FLAGS (\\Seen)").endsWith("a OK STORE completed.\r\n"));
        assertTrue(ask("b SEARCH ALL").contains("\r\nb OK "));
    }

    private String ask(String command) throws IOException {
        said.setLength(0);
        var octets = (command + "\r\n").getBytes(StandardCharsets.US_ASCII);
        talk.receive(octets, 0, octets.length);
        return said.toString();
    }
}
