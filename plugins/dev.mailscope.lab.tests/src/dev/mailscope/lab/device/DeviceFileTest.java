package dev.mailscope.lab.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void devicesAreThereAgainAsTheyWere(@TempDir Path folder) throws IOException {
        var file = folder.resolve("devices.json");
        var account = new MailAccount("localhost", 1, 2, "alice", "s3cret-word");
        var clock = Clock.systemUTC();
        var devices = List.of(new Pop3Device("Laptop", account, Pop3Settings.KEEP.leavingFor(Duration.ofDays(3))
                .deletingWhenDeleted(), clock), new Pop3Device("Old", account, Pop3Settings.DELETE, clock),
                new ImapDevice("Phone", account, new ImapSettings(ImapSettings.Method.CONDSTORE, true), clock));
        devices.getLast().setOnline(false);
        devices.getLast().perform(new Action.CreateFolder("Work"));
        DevicesFile.write(devices, file);
        assertFalse(Files.readString(file).contains("s3cret"), "no password is written");
        var again = DevicesFile.read(file, user -> user.equals("alice") ? account : null, clock);
        assertEquals(devices.stream().map(Device::state).toList(), again.stream().map(Device::state).toList());
        assertEquals(devices.stream().map(Device::memory).toList(), again.stream().map(Device::memory).toList());
        assertEquals(List.of(new Action.CreateFolder("Work")), again.getLast().pending());
        assertEquals(account, again.getFirst().account());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"format\":1,\"devices\":[{\"name\":\"x\"}]}", "{\"format\":2}",
        "{\"format\":1,\"devices\":[{\"name\":\"x\",\"user\":\"a\",\"protocol\":\"uucp\"}]}"})
    void aFileThatIsDamagedIsNamed(String json, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("devices.json"), json);
        assertTrue(assertThrows(IOException.class, () -> DevicesFile.read(file, user -> null, Clock.systemUTC()))
                .getMessage().startsWith(file + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "3", "{\"folders\":[{}],\"noted\":[],\"given\":{},\"retrieved\":[]}",
        "{\"folders\":[],\"noted\":[{\"folder\":\"a\",\"action\":\"run\"}],\"given\":{},\"retrieved\":[]}",
        "{\"folders\":[],\"noted\":[],\"given\":{\"x\":1},\"retrieved\":[]}"})
    void whatIsDamagedIsRefused(String json) {
        assertThrows(IOException.class, () -> DeviceFile.read(JsonParser.parseString(json)));
    }
}
