package dev.mailscope.lab.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.What;

class Pop3DeviceTest {
    private static final List<String> SAMPLE = List.of("Meeting", "Advertisement", "Meme");

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whatIsDownloadedAndDeletedIsOnOneDeviceOnly() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.DELETE);
        var phone = bench.pop3("Phone", Pop3Settings.DELETE);
        assertEquals(3, laptop.synchronise().fetched());
        assertEquals(SAMPLE, Bench.subjects(laptop, "INBOX"));
        assertEquals(0, bench.folder("INBOX").size());
        assertEquals(0, phone.synchronise().fetched());
        bench.deliver("Dinner");
        assertEquals(1, phone.synchronise().fetched());
        assertEquals(0, laptop.synchronise().fetched());
        assertEquals(List.of("Dinner"), Bench.subjects(phone, "INBOX"));
        assertEquals(SAMPLE, Bench.subjects(laptop, "INBOX"));
        assertEquals(3, marks(laptop, OutOfStep.Kind.ONLY_HERE));
        assertEquals(1, marks(phone, OutOfStep.Kind.ONLY_HERE));
    }

    @Test
    void whatIsKeptComesToEveryDeviceOnceAndNothingElseIsShared() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.KEEP);
        var phone = bench.pop3("Phone", Pop3Settings.KEEP);
        laptop.synchronise();
        laptop.perform(new Action.SetFlag("INBOX", Bench.id(laptop, "INBOX", "Meeting"), "\\Seen", true));
        laptop.perform(new Action.Delete("INBOX", Bench.id(laptop, "INBOX", "Meme")));
        laptop.perform(new Action.CreateFolder("Mine"));
        laptop.perform(new Action.Move("INBOX", Bench.id(laptop, "INBOX", "Advertisement"), "Mine"));
        assertEquals(0, laptop.synchronise().fetched(), "what was deleted here does not come again");
        phone.synchronise();
        assertEquals(SAMPLE, Bench.subjects(phone, "INBOX"));
        assertEquals(Set.of("INBOX"), phone.copy().folders().keySet(), "only the INBOX comes down");
        assertTrue(phone.copy().folder("INBOX").orElseThrow().messages().values().stream()
                .allMatch(message -> message.flags().isEmpty()));
        assertEquals(3, bench.folder("INBOX").size());
        assertEquals(List.of("Advertisement"), Bench.subjects(laptop, "Mine"));
        assertEquals(1, marks(laptop, OutOfStep.Kind.MISSING_HERE));
        assertEquals(List.of(), OutOfStep.of(phone, bench.alice()));
    }

    @Test
    void whatIsLeftForAWhileIsDeletedAfterIt() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.KEEP.leavingFor(Duration.ofDays(7)));
        laptop.synchronise();
        bench.clock.pass(Duration.ofDays(6));
        laptop.synchronise();
        assertEquals(3, bench.folder("INBOX").size());
        bench.deliver("Dinner");
        bench.clock.pass(Duration.ofDays(1));
        laptop.synchronise();
        assertEquals(1, bench.folder("INBOX").size(), "what came today is left");
        assertEquals(4, Bench.subjects(laptop, "INBOX").size());
    }

    @Test
    void whatIsDeletedHereIsDeletedThereWhereThatIsWanted() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.KEEP.deletingWhenDeleted());
        laptop.synchronise();
        laptop.perform(new Action.Delete("INBOX", Bench.id(laptop, "INBOX", "Meme")));
        assertEquals(3, bench.folder("INBOX").size());
        laptop.synchronise();
        assertEquals(2, bench.folder("INBOX").size());
    }

    @Test
    void aLineThatIsCutBeforeQuitDeletesNothing() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.DELETE);
        bench.server.debugger().add(new Fault("cut", Stop.BEFORE_PARSING, passing -> passing.command().equals("QUIT"),
                new Decision.Cut(0), true));
        try {
            laptop.synchronise();
        } catch (IOException e) {
            assertTrue(e.getMessage().startsWith("Laptop: "), e.getMessage());
        }
        assertEquals(3, bench.folder("INBOX").size());
        assertEquals(SAMPLE, Bench.subjects(laptop, "INBOX"));
        assertEquals(0, laptop.synchronise().fetched());
        assertEquals(0, bench.folder("INBOX").size());
    }

    @Test
    void theTraceKnowsWhoseSessionItIs() throws IOException {
        var laptop = bench.pop3("Laptop", Pop3Settings.KEEP);
        var ledger = laptop.synchronise();
        var peer = bench.server.trace().events(1, 1_000).stream().map(event -> event.what())
                .filter(What.Connected.class::isInstance).map(What.Connected.class::cast).findFirst().orElseThrow();
        assertEquals(Set.of(peer.peer()), laptop.peers());
        assertEquals(1, ledger.connections());
        assertTrue(ledger.roundTrips() >= 8, ledger::toString);
        assertTrue(ledger.down() > bench.folder("INBOX").octets(), ledger::toString);
        assertTrue(ledger.up() > 30, ledger::toString);
    }

    @Test
    void whatCannotBeIsSaid() {
        var laptop = bench.pop3("Laptop", Pop3Settings.KEEP);
        assertEquals("There is no message 7 in INBOX on this device.", assertThrows(IllegalArgumentException.class,
                () -> laptop.perform(new Action.Delete("INBOX", 7))).getMessage());
        laptop.setOnline(false);
        assertEquals("Laptop is offline.",
                assertThrows(IllegalStateException.class, laptop::synchronise).getMessage());
        laptop.setOnline(true);
        bench.server.stop();
        assertTrue(assertThrows(IOException.class, laptop::synchronise).getMessage().startsWith("Laptop: "));
    }

    private long marks(Device device, OutOfStep.Kind kind) {
        return OutOfStep.of(device, bench.alice()).stream().filter(mark -> mark.kind() == kind).count();
    }
}
