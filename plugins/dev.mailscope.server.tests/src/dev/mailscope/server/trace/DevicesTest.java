package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.TreePMap;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.Expression;

/** What devices say of themselves, in a recording and in expressions about it. */
class DevicesTest {
    private static What.Device phone(int held, String... peers) {
        return new What.Device("Phone", "imap", "full", true, List.of(peers), TreePMap.from(Map.of("INBOX", held)));
    }

    private static long record(Recording recording, long session, What what) {
        return recording.record(session, session == 0 ? "" : "imap", 0, "", "", "", what);
    }

    private static boolean holds(Recording recording, long event, String text) {
        return assertInstanceOf(Expression.Right.class, Expression.parse(text), text).expression().on(recording)
                .test(recording.event(event));
    }

    @Test
    void aRecordingKnowsWhoseASessionIs(@TempDir Path folder) throws IOException {
        var file = folder.resolve("a.mailtrace");
        try (var recording = Recording.create(file, RecordingLimits.DEFAULT)) {
            record(recording, 0, phone(0));
            record(recording, 1, new What.Connected("127.0.0.1:1", "l"));
            record(recording, 0, phone(0, "127.0.0.1:1"));
            record(recording, 1, new What.Closed(""));
            record(recording, 0, phone(2, "127.0.0.1:2"));
            record(recording, 2, new What.Connected("127.0.0.1:2", "l"));
            record(recording, 0, phone(3));
            record(recording, 3, new What.Connected("127.0.0.1:2", "l"));
            check(recording);
        }
        try (var recording = Recording.open(file)) {
            check(recording);
            assertEquals("device Phone: INBOX 2", EventText.what(recording.event(5)));
        }
        var moment = new Moment[1];
        try (var recording = Recording.open(file)) {
            moment[0] = recording.live();
        }
        assertEquals(moment[0],
                MomentCodec.decode(new MomentEncoder().encode(moment[0], content -> { }), (id, size) -> null));
    }

    private static void check(Recording recording) {
        assertTrue(holds(recording, 4, "held('Phone', 'INBOX') == 0 && size(sessions('Phone')) == 1"));
        assertTrue(holds(recording, 5, "held('Phone', 'inbox') == 2 && held('Phone', 'Sent') == 0"));
        assertTrue(holds(recording, 8, "held('Phone', 'INBOX') == 3 && held('Laptop', 'INBOX') == 0"));
        // Its first event belongs to the device even though the device says so only in the next one.
        assertTrue(holds(recording, 2, "session =~ sessions('Phone')"));
        assertTrue(holds(recording, 6, "session =~ sessions('Phone')"));
        assertFalse(holds(recording, 8, "session =~ sessions('Phone')"));
        assertFalse(holds(recording, 2, "session =~ sessions('Laptop')"));
    }

    @Test
    void aCheckpointWithoutDevicesIsReadAsBefore() throws IOException {
        var now = new MomentEncoder().encode(Moment.START, content -> { });
        var before = new BinaryOutput();
        before.octet(4);
        // All but the version, and the number of devices at the end, which is 0.
        for (var i = BinaryOutput.SEAL + 1; i < now.length - 1; i++) {
            before.octet(now[i]);
        }
        assertEquals(Moment.START, MomentCodec.decode(before.seal(), (id, size) -> null));
    }

    @Test
    void theServerRecordsWhatADeviceSaysOnce() throws IOException {
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            server.record(phone(1));
            var last = server.trace().last();
            server.record(phone(1));
            assertEquals(last, server.trace().last());
            server.record(phone(2));
            assertEquals(2, server.trace().live().devices().get("Phone").held("INBOX"));
        }
    }
}
