package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.server.Untold.Count;

class UntoldTest {
    private static final long SESSION = 7;

    private final Recording recording = Recording.inMemory();
    private final MailStore store = new MailStore(recording, Clock.systemUTC());
    private final AtomicInteger arrived = new AtomicInteger();
    private final Untold untold = Robot.ask(() -> new Untold(arrived::incrementAndGet));

    @BeforeEach
    void account() {
        store.transact(Cause.SERVER, t -> {
            t.createAccount("alice");
            return null;
        });
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    void inASmallFolderItIsKnownAtOnce() {
        append(3);
        open();
        assertEquals(Optional.of(Untold.NONE), of(false));
        append(2);
        expunge(1);
        assertEquals(Optional.of(new Count(1, 2)), of(false));
    }

    @Test
    void inALargeOneItIsUnknownUntilItIsCounted() {
        append(600);
        open();
        append(1);
        expunge(1);
        expunge(2);
        assertEquals(Optional.empty(), of(false));
        Robot.until("it is counted", () -> arrived.get() == 1);
        assertEquals(Optional.of(new Count(2, 1)), of(false));
    }

    @Test
    void whatWasCountedLastIsNearEnoughForThePresentAlone() {
        append(600);
        open();
        append(1);
        assertEquals(Optional.empty(), of(true));
        Robot.until("it is counted", () -> arrived.get() == 1);
        append(1);
        assertEquals(Optional.of(new Count(0, 1)), of(true));
        Robot.until("it is counted again", () -> arrived.get() == 2);
        assertEquals(Optional.of(new Count(0, 2)), of(true));
        expunge(3);
        assertEquals(Optional.empty(), of(false), "of a moment in the past");
        Robot.until("that is counted", () -> arrived.get() == 3);
        append(1);
        assertEquals(Optional.empty(), of(true), "the past is not near enough");
        Robot.until("it is counted", () -> arrived.get() == 4);
    }

    private Optional<Count> of(boolean live) {
        var moment = recording.live();
        var session = moment.sessions().get(SESSION);
        var inbox = moment.server().folder("alice", session.folderId()).orElseThrow();
        return Robot.ask(() -> untold.of(session, inbox, live));
    }

    private void open() {
        recording.record(SESSION, "imap", 0, "Selected", "", "", new What.Connected("127.0.0.1:9", "127.0.0.1:1143"));
        var inbox = recording.live().server().account("alice").orElseThrow().inbox().id();
        recording.record(SESSION, "imap", 0, "Selected", "INBOX", "SELECT",
                new What.ViewOpened("alice", inbox, "INBOX", false));
    }

    private void append(int count) {
        store.transact(Cause.SERVER, t -> {
            for (var i = 0; i < count; i++) {
                t.append("alice", 1, Flags.NONE, OffsetDateTime.now(store.clock()), Content.of(new byte[10]));
            }
            return null;
        });
    }

    private void expunge(long uid) {
        store.transact(Cause.SERVER, t -> t.expunge("alice", 1, uid));
    }
}
