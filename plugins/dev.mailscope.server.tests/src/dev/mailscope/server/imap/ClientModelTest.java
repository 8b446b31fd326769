package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.RecordingLimits;

/**
 * Clients over real sockets, of IMAP4rev1 and IMAP4rev2, with CONDSTORE, QRESYNC, UTF8=ACCEPT, NOTIFY and compression
 * mixed, on the same folders: whatever they are told is in the grammar and may be told then, and what they are told is
 * what there is.
 */
@Timeout(60)
class ClientModelTest {
    private static final int ROUNDS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneAfterTheOtherTheyKnowWhatThereIs(long seed) throws IOException {
        try (var server = server(); var sessions = new ModelSessions(server.address("imap"), seed)) {
            sessions.run(ROUNDS);
            assertEquals(ROUNDS, sessions.commands());
        }
    }

    @Test
    void atTheSameTimeTheyAreToldNothingThatCannotBe() throws Exception {
        try (var server = server(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var world = new MailboxModel.World();
            var tasks = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < 4; i++) {
                var sessions = new ModelSessions(server.address("imap"), 100 + i, world, false, 1);
                tasks.add(() -> {
                    try (sessions) {
                        sessions.run(ROUNDS);
                        return sessions.commands();
                    }
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                try {
                    assertEquals(ROUNDS, done.get());
                } catch (ExecutionException e) {
                    throw new AssertionError(e.getCause().getMessage(), e.getCause());
                }
            }
        }
    }

    private static MailServer server() throws IOException {
        var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withUtf8(true)
                .withRecordingLimits(RecordingLimits.NOTHING));
        server.createFolder("alice", "Other");
        server.start();
        return server;
    }
}
