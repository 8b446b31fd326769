package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.Recording;

class RecordingSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatIsInARecording() throws IOException {
        var file = folder.resolve("lab.mailtrace");
        long last;
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withRecording(file))) {
            server.start();
            server.trace().note(1, "");
            var live = RecordingSummary.of(server.trace());
            assertTrue(live.servers().matches("imap 127\\.0\\.0\\.1:\\d+, .*pop3 127\\.0\\.0\\.1:\\d+.*"),
                    live.servers());
            server.stop();
            last = server.trace().last();
        }
        try (var recording = Recording.open(file)) {
            var summary = RecordingSummary.of(recording);
            assertEquals(recording.last(), summary.events());
            assertTrue(summary.events() >= last);
            assertEquals(1, summary.notes());
            assertEquals(1, summary.accounts());
            assertEquals("", summary.problem());
            assertEquals(Duration.between(recording.event(1).instant(), recording.event(recording.last()).instant()),
                    summary.length());
        }
    }

    @Test
    void anEmptyOneHasNoTimes() {
        try (var recording = Recording.inMemory()) {
            var summary = RecordingSummary.of(recording);
            assertEquals(0, summary.events());
            assertNull(summary.begun());
            assertEquals(Duration.ZERO, summary.length());
        }
    }
}
