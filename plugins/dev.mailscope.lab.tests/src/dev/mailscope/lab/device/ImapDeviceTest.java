package dev.mailscope.lab.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImapDeviceTest {
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDoneOnOneDeviceIsDoneOnAll(ImapSettings.Method method) throws IOException {
        var laptop = bench.imap("Laptop", method);
        var phone = bench.imap("Phone", method);
        laptop.synchronise();
        phone.synchronise();
        assertInStep(laptop);
        assertInStep(phone);
        assertEquals(bench.alice().folders().keySet(), phone.copy().folders().keySet());
        laptop.perform(new Action.Delete("INBOX", Bench.id(laptop, "INBOX", "Meeting")));
        laptop.perform(new Action.SetFlag("INBOX", Bench.id(laptop, "INBOX", "Meme"), "\\Flagged", true));
        laptop.perform(new Action.CreateFolder("Brands"));
        laptop.perform(new Action.Move("INBOX", Bench.id(laptop, "INBOX", "Advertisement"), "Brands"));
        laptop.perform(new Action.RenameFolder("Projects", "Plans"));
        assertInStep(laptop);
        assertFalse(OutOfStep.of(phone, bench.alice()).isEmpty());
        phone.synchronise();
        assertInStep(phone);
        assertEquals(List.of("Meme"), Bench.subjects(phone, "INBOX"));
        assertEquals(List.of("Advertisement"), Bench.subjects(phone, "Brands"));
        bench.deliver("Dinner");
        phone.synchronise();
        laptop.synchronise();
        assertInStep(phone);
        assertInStep(laptop);
        assertEquals(List.of(), laptop.conflicts());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDoneOfflineIsPlayedBack(ImapSettings.Method method) throws IOException {
        var laptop = bench.imap("Laptop", method);
        var phone = bench.imap("Phone", method);
        laptop.synchronise();
        phone.synchronise();
        phone.setOnline(false);
        phone.perform(new Action.CreateFolder("Train"));
        phone.perform(new Action.Move("INBOX", Bench.id(phone, "INBOX", "Meeting"), "Train"));
        var moved = Bench.id(phone, "Train", "Meeting");
        assertTrue(moved < 0, "the server has not given it a UID");
        phone.perform(new Action.SetFlag("Train", moved, "\\Seen", true));
        phone.perform(new Action.Delete("INBOX", Bench.id(phone, "INBOX", "Meme")));
        phone.perform(new Action.SetFlag("INBOX", Bench.id(phone, "INBOX", "Advertisement"), "\\Flagged", true));
        assertEquals(5, phone.pending().size());
        assertEquals(3, bench.folder("INBOX").size(), "the server knows nothing of it");
        laptop.perform(new Action.Delete("INBOX", Bench.id(laptop, "INBOX", "Advertisement")));
        laptop.perform(new Action.SetFlag("INBOX", Bench.id(laptop, "INBOX", "Meme"), "\\Answered", true));
        phone.setOnline(true);
        phone.synchronise();
        laptop.synchronise();
        assertInStep(phone);
        assertInStep(laptop);
        assertEquals(List.of(), phone.pending());
        assertEquals(List.of("Meeting"), Bench.subjects(laptop, "Train"));
        assertTrue(bench.folder("Train").messages().firstEntry().getValue().flags().seen());
        assertEquals(List.of("done, but the message had been changed elsewhere: \\Answered",
                "the message was deleted or moved elsewhere"), phone.conflicts().stream().map(Conflict::why).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aFolderMadeAnewIsFetchedAnew(ImapSettings.Method method) throws IOException {
        var laptop = bench.imap("Laptop", method);
        laptop.synchronise();
        var before = bench.folder("INBOX").uidValidity();
        bench.server.reset();
        assertTrue(bench.folder("INBOX").uidValidity() != before);
        var ledger = laptop.synchronise();
        assertTrue(ledger.fetched() >= 3, ledger::toString);
        assertInStep(laptop);
    }

    @Test
    void whatIsPushedIsThereWithoutAsking() throws Exception {
        var phone = bench.idling("Phone", ImapSettings.Method.QRESYNC);
        phone.synchronise();
        Bench.await("the phone idles", phone::isIdling);
        bench.deliver("Dinner");
        Bench.await("the mail is on the phone", () -> Bench.subjects(phone, "INBOX").contains("Dinner"));
        var laptop = bench.imap("Laptop", ImapSettings.Method.FULL);
        laptop.synchronise();
        laptop.perform(new Action.Delete("INBOX", Bench.id(laptop, "INBOX", "Meeting")));
        Bench.await("it is gone from the phone", () -> !Bench.subjects(phone, "INBOX").contains("Meeting"));
    }

    @Test
    void offlineMeansThatTheLineIsCut() throws Exception {
        var phone = bench.idling("Phone", ImapSettings.Method.QRESYNC);
        phone.synchronise();
        Bench.await("the phone idles", phone::isIdling);
        phone.setOnline(false);
        Bench.await("its line is cut", () -> bench.server.trace().live().sessions().isEmpty());
        assertFalse(phone.isIdling());
    }

    @Test
    void aBetterMethodCostsLess() throws IOException {
        for (var i = 0; i < 300; i++) {
            bench.deliver("mail " + i);
        }
        var costs = new ArrayList<Long>();
        for (var method : ImapSettings.Method.values()) {
            var device = bench.imap(method.name(), method);
            device.synchronise();
            var idle = device.synchronise();
            assertEquals(0, idle.fetched());
            costs.add(idle.down());
        }
        assertTrue(costs.get(0) > costs.get(1) * 3, costs::toString);
        assertTrue(costs.get(0) > costs.get(2) * 3, costs::toString);
    }

    /** Whatever several devices do, with the line cut now and then: in the end all have what the server has. */
    @ParameterizedTest
    @EnumSource
    void devicesAgreeInTheEnd(ImapSettings.Method method) throws IOException {
        var random = new Random(method.ordinal() + 20L);
        var devices = List.of(bench.imap("Laptop", method), bench.imap("Phone", method), bench.imap("Tablet", method));
        for (var device : devices) {
            device.synchronise();
        }
        for (var step = 0; step < 150; step++) {
            var device = devices.get(random.nextInt(devices.size()));
            switch (random.nextInt(10)) {
                case 0 -> bench.deliver("mail " + step);
                case 1 -> device.setOnline(!device.isOnline());
                case 2 -> {
                    if (device.isOnline()) {
                        device.synchronise();
                    }
                }
                case 3 -> device.perform(new Action.CreateFolder("F" + step));
                default -> act(device, random);
            }
        }
        for (var round = 0; round < 2; round++) {
            for (var device : devices) {
                device.setOnline(true);
                device.synchronise();
            }
        }
        devices.forEach(this::assertInStep);
        devices.forEach(device -> assertEquals(List.of(), device.pending()));
    }

    private static void act(Device device, Random random) throws IOException {
        var folders = List.copyOf(device.copy().folders().values());
        var folder = folders.get(random.nextInt(folders.size()));
        if (folder.messages().isEmpty()) {
            return;
        }
        var ids = List.copyOf(folder.messages().keySet());
        var id = ids.get(random.nextInt(ids.size()));
        device.perform(switch (random.nextInt(5)) {
            case 0 -> new Action.Delete(folder.name(), id);
            case 1, 2 -> new Action.Move(folder.name(), id, folders.get(random.nextInt(folders.size())).name());
            case 3 -> new Action.SetFlag(folder.name(), id, "\\Seen", random.nextBoolean());
            default -> new Action.SetFlag(folder.name(), id, "important", random.nextBoolean());
        });
    }

    private void assertInStep(Device device) {
        assertEquals(List.of(), OutOfStep.of(device, bench.alice()), device.name());
        for (var folder : device.copy().folders().values()) {
            for (var message : folder.messages().values()) {
                var there = bench.folder(folder.name()).message(message.id());
                assertEquals(there.content().size(), message.octets().size());
            }
        }
    }
}
