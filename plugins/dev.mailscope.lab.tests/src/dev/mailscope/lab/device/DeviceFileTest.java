package dev.mailscope.lab.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcollections.HashTreePSet;

import com.google.gson.JsonParser;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.Octets;

class DeviceFileTest {
    @Test
    void aDeviceRemembersEverything() throws IOException {
        var message = new LocalMessage(-3, "u\u00FC1", Flags.of("\\Seen", "$Label"), Instant.parse("2026-01-02T03:04:05.006Z"),
                Octets.of("Subject: \u00FC\r\n\r\n\u0000"));
        var copy = LocalCopy.NEW.with(new LocalFolder("Work/2026", 7, 8, 9, LocalFolder.empty("x").with(message).messages()))
                .withRetrieved(HashTreePSet.singleton("u1"));
        var memory = new DeviceMemory(copy, false, List.of(
                new Noted(new Action.SetFlag("INBOX", 1, "\\Seen", true), -1, 5, Flags.NONE),
                new Noted(new Action.SetFlag("INBOX", 1, "\\Seen", false), -1, 5, Flags.SEEN),
                new Noted(new Action.Delete("INBOX", 2), -2, 5, Flags.FLAGGED),
                new Noted(new Action.Move("INBOX", 3, "Work"), -3, 5, Flags.NONE),
                new Noted(new Action.CreateFolder("New"), -4, 0, null),
                new Noted(new Action.RenameFolder("New", "Newer"), -5, 0, null)), 12, Map.of(-3L, 44L));
        assertEquals(memory, DeviceFile.read(JsonParser.parseString(DeviceFile.json(memory).toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "3", "{\"folders\":[{}],\"noted\":[],\"given\":{},\"retrieved\":[]}",
        "{\"folders\":[],\"noted\":[{\"folder\":\"a\",\"action\":\"run\"}],\"given\":{},\"retrieved\":[]}",
        "{\"folders\":[],\"noted\":[],\"given\":{\"x\":1},\"retrieved\":[]}"})
    void whatIsDamagedIsRefused(String json) {
        assertThrows(IOException.class, () -> DeviceFile.read(JsonParser.parseString(json)));
    }
}
