package dev.mailscope.lab.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.Octets;

/** Devices over the end of the workbench. */
class DevicesFileTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final MailAccount ACCOUNT = new MailAccount("localhost", 1, 2, "alice", "s3cret-word");

    @TempDir
    private Path folder;
    private Path file;
    private Path mail;
    private DevicesFile kept;
    private final Device phone = new ImapDevice("Phone", ACCOUNT,
            new ImapSettings(ImapSettings.Method.CONDSTORE, true), CLOCK);

    @BeforeEach
    void open() {
        file = folder.resolve("devices.json");
        mail = folder.resolve("devices.json.mail1");
        kept = new DevicesFile(file);
    }

    @Test
    void devicesAreThereAgainAsTheyWere() throws IOException {
        has(phone, message(1, "Subject: one"), message(2, ""));
        var laptop = new Pop3Device("Laptop", ACCOUNT,
                Pop3Settings.KEEP.leavingFor(Duration.ofDays(3)).deletingWhenDeleted(), CLOCK);
        has(laptop, message(1, "Subject: one"));
        var devices = List.of(laptop, new Pop3Device("Old", ACCOUNT, Pop3Settings.DELETE, CLOCK), phone);
        phone.setOnline(false);
        phone.perform(new Action.CreateFolder("Work"));
        kept.write(devices);
        for (var each : List.of(file, mail)) {
            assertFalse(Files.readString(each).contains("s3cret"), "no password is written");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
        }
        var again = read();
        assertEquals(devices.stream().map(Device::state).toList(), again.stream().map(Device::state).toList());
        assertEquals(devices.stream().map(Device::memory).toList(), again.stream().map(Device::memory).toList());
        assertEquals(List.of(new Action.CreateFolder("Work")), again.getLast().pending());
        assertEquals(ACCOUNT, again.getFirst().account());
    }

    @Test
    void onlyMailThatIsNewIsWritten() throws IOException {
        has(phone, message(1, "Subject: one"), message(2, "Subject: two"));
        kept.write(List.of(phone));
        var before = Files.readAllBytes(mail);
        assertEquals("Subject: oneSubject: two", new String(before));
        // Whoever reads them, and changes something, adds to the same file.
        kept = new DevicesFile(file);
        var read = kept.read(user -> ACCOUNT, CLOCK).getFirst();
        Files.setLastModifiedTime(mail, FileTime.fromMillis(1_000));
        var inbox = read.copy().folder("INBOX").orElseThrow().messages();
        has(read, inbox.get(1L).with(Flags.SEEN), inbox.get(2L));
        kept.write(List.of(read));
        assertEquals(1_000, Files.getLastModifiedTime(mail).toMillis(), "a flag is no mail");
        assertEquals(Flags.SEEN, read().getFirst().copy().message("INBOX", 1).orElseThrow().flags());
        has(read, inbox.get(1L), inbox.get(2L), message(3, "Subject: three"));
        kept.write(List.of(read));
        var after = Files.readAllBytes(mail);
        assertArrayEquals(before, Arrays.copyOf(after, before.length));
        assertEquals("Subject: three", new String(after, before.length, after.length - before.length));
        assertEquals(read.memory(), read().getFirst().memory());
    }

    @Test
    void whatAnEndInTheMiddleHasLeftIsGoneAfterTheNextStart() throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        Files.writeString(mail, "Subject: oneSubj");
        kept = new DevicesFile(file);
        var read = kept.read(user -> ACCOUNT, CLOCK).getFirst();
        has(read, read.copy().message("INBOX", 1).orElseThrow(), message(2, "Subject: two"));
        kept.write(List.of(read));
        assertEquals(List.of("devices.json", "devices.json.mail2"), names());
        assertEquals("Subject: oneSubject: two", Files.readString(folder.resolve("devices.json.mail2")));
        assertEquals(read.memory(), read().getFirst().memory());
    }

    @Test
    void nothingIsLeftOfDevicesWithoutMail() throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        has(phone);
        kept.write(List.of(phone));
        assertEquals(List.of("devices.json"), names());
        has(phone, message(2, "Subject: two"));
        kept.write(List.of(phone));
        kept.write(List.of());
        assertEquals(List.of("devices.json"), names());
        assertEquals(List.of(), read());
    }

    @Test
    void aLittleThatIsGoneGoesFromTheDiskAtTheNextStart() throws IOException {
        var two = message(2, "Subject: two");
        var three = message(3, "Subject: three");
        var copy = new LocalMessage(4, "", Flags.SEEN, two.fetched(), two.octets());
        has(phone, message(1, "Subject: one"), two, three, copy);
        kept.write(List.of(phone));
        has(phone, two, three, copy);
        kept.write(List.of(phone));
        assertEquals("Subject: oneSubject: twoSubject: three", Files.readString(mail));
        kept = new DevicesFile(file);
        var read = kept.read(user -> ACCOUNT, CLOCK).getFirst();
        var inbox = read.copy().folder("INBOX").orElseThrow().messages();
        kept.write(List.of(read));
        assertEquals(List.of("devices.json", "devices.json.mail2"), names());
        assertEquals("Subject: twoSubject: threeSubject: two", Files.readString(folder.resolve("devices.json.mail2")));
        assertEquals(read.memory(), read().getFirst().memory());
        // Once is enough: while the workbench runs, most must be of no more use.
        has(read, inbox.get(3L), inbox.get(4L));
        kept.write(List.of(read));
        assertEquals("Subject: twoSubject: threeSubject: two", Files.readString(folder.resolve("devices.json.mail2")));
    }

    @Test
    void mailThatIsGoneGoesFromTheDisk() throws IOException {
        var large = "x".repeat(1 << 20);
        has(phone, message(1, large), message(2, "Subject: two"));
        kept.write(List.of(phone));
        has(phone, message(2, "Subject: two"));
        kept.write(List.of(phone));
        assertFalse(Files.exists(mail));
        assertEquals("Subject: two", Files.readString(folder.resolve("devices.json.mail2")));
        assertEquals(phone.memory(), read().getFirst().memory());
    }

    @Test
    void whatCannotBeWrittenLeavesWhatWasThere() throws IOException {
        has(phone, message(1, "x".repeat(1 << 20)), message(2, "Subject: two"));
        kept.write(List.of(phone));
        var was = phone.memory();
        has(phone, message(2, "Subject: two"));
        var elsewhere = Files.move(file, folder.resolve("elsewhere"));
        Files.createDirectories(file.resolve("in the way"));
        assertThrows(IOException.class, () -> kept.write(List.of(phone)));
        assertFalse(Files.exists(folder.resolve("devices.json.mail2")), "nothing is left half done");
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.move(elsewhere, file);
        assertEquals(was, read().getFirst().memory());
        kept.write(List.of(phone));
        assertEquals(phone.memory(), read().getFirst().memory());
    }

    @Test
    void mailOfOneThatWasPutAsideStays() throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        var aside = Files.move(file, kept.aside(LocalDateTime.of(2026, 1, 2, 3, 4, 5)));
        assertEquals("devices.json-2026-01-02-030405", aside.getFileName().toString());
        Files.writeString(folder.resolve("devices.json.mail11"), "of nobody");
        var other = new DevicesFile(file);
        has(phone, message(1, "Subject: other"));
        other.write(List.of(phone));
        assertEquals(List.of("devices.json", aside.getFileName().toString(), "devices.json.mail1",
                "devices.json.mail2"), names());
        assertEquals("Subject: one", Files.readString(mail));
        Files.delete(aside);
        other.read(user -> ACCOUNT, CLOCK);
        other.write(List.of(phone));
        assertFalse(Files.exists(mail), "nobody names it any more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\u00ff{\"format\":2,\"mail\":\"devices.json.mail1\",\"dev"})
    void mailOfOneThatIsDamagedAndPutAsideStays(String json) throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        Files.delete(file);
        Files.writeString(kept.aside(LocalDateTime.now(CLOCK)), json, StandardCharsets.ISO_8859_1);
        new DevicesFile(file).write(List.of());
        assertEquals("Subject: one", Files.readString(mail));
    }

    @Test
    void mailThatAnEndHasLeftWithoutDevicesIsGoneAfterTheNextStart() throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        Files.writeString(folder.resolve("devices.json.mail2"), "replaced, or never named");
        for (var other : List.of("devices.json.mail", "devices.json.mail.mail4", "devices.json.mailbox",
                "other.json.mail2")) {
            Files.writeString(folder.resolve(other), "of others");
        }
        Files.createDirectories(folder.resolve("devices.json.mail3"));
        kept = new DevicesFile(file);
        var read = kept.read(user -> ACCOUNT, CLOCK);
        kept.write(read);
        assertEquals(List.of("devices.json", "devices.json.mail", "devices.json.mail.mail4", "devices.json.mail1",
                "devices.json.mail3", "devices.json.mailbox", "other.json.mail2"), names());
        assertEquals(phone.memory(), read().getFirst().memory());
    }

    @Test
    void oneWithTheMailInItIsReadAndWrittenAnew() throws IOException {
        Files.writeString(file, """
                {"format":1,"devices":[{"name":"Phone","user":"alice","protocol":"imap","method":"FULL","idle":false,
                "memory":{"online":true,"lastNumber":0,"folders":[{"name":"INBOX","uidValidity":1,"uidNext":2,
                "modSeq":3,"messages":[{"id":1,"uniqueId":"","flags":[],"fetched":"2026-01-02T03:04:05Z",
                "octets":"QTogYg=="}]}],"retrieved":[],"noted":[],"given":{}}}]}""");
        var read = kept.read(user -> ACCOUNT, CLOCK);
        assertEquals(Octets.of("A: b"), read.getFirst().copy().message("INBOX", 1).orElseThrow().octets());
        kept.write(read);
        assertEquals("A: b", Files.readString(mail));
        assertEquals(read.getFirst().memory(), read().getFirst().memory());
    }

    @Test
    void mailThatIsDamagedIsNamed() throws IOException {
        has(phone, message(1, "Subject: one"));
        kept.write(List.of(phone));
        for (var damaged : List.of("Subject: onE", "Subject: on", "")) {
            Files.writeString(mail, damaged);
            var why = assertThrows(IOException.class, this::read).getMessage();
            assertTrue(why.startsWith(mail + " is damaged"), why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"format\":1,\"devices\":[{\"name\":\"x\"}]}", "{\"format\":3}",
        "{\"format\":2,\"devices\":[]}", "{\"format\":2,\"mail\":\"../x.mail1\",\"devices\":[]}",
        "{\"format\":1,\"devices\":[{\"name\":\"x\",\"user\":\"a\",\"protocol\":\"uucp\"}]}"})
    void aFileThatIsDamagedIsNamed(String json) throws IOException {
        Files.writeString(file, json);
        assertTrue(assertThrows(IOException.class, this::read).getMessage().startsWith(file + " "));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private List<Device> read() throws IOException {
        return new DevicesFile(file).read(user -> user.equals("alice") ? ACCOUNT : null, CLOCK);
    }

    private static LocalMessage message(long id, String text) {
        return new LocalMessage(id, "", Flags.NONE, Instant.parse("2026-01-02T03:04:05Z"), Octets.of(text));
    }

    private static void has(Device device, LocalMessage... messages) {
        var inbox = LocalFolder.empty("INBOX");
        for (var message : messages) {
            inbox = inbox.with(message);
        }
        device.remember(new DeviceMemory(LocalCopy.NEW.with(inbox), true, List.of(), 0, Map.of()));
    }
}
