package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History(Protocol.POP3);
    private final CommandLine line = new CommandLine(Protocol.POP3);

    @Test
    void credentialsAreNotKept() {
        for (var typed : List.of("CAPA", "USER alice", "PASS hunter2", "APOP alice hunter2", "PSAS hunter2",
                "hunter2")) {
            history.add(line.type(typed, "Authorization"));
        }
        assertEquals(List.of("CAPA", "USER alice"), history.commands());
        assertFalse(history.toText().contains("hunter2"));
    }

    @Test
    void whatWasKeptIsReadBack() {
        add("STAT", "RETR 1");
        var again = new History(Protocol.POP3);
        again.read(history.toText());
        assertEquals(List.of("STAT", "RETR 1"), again.commands());
    }

    @Test
    void aCredentialInWhatIsReadBackIsLeftOut() {
        history.read("STAT\nPASS hunter2\nhunter2\nFOO hunter2\n\nQUIT");
        assertEquals(List.of("STAT", "QUIT"), history.commands());
        var imap = new History(Protocol.IMAP);
        imap.read("NOOP\nLOGIN alice hunter2\na1 LOGIN alice hunter2\nAUTHENTICATE PLAIN hunter2\nSELECT INBOX");
        assertEquals(List.of("NOOP", "SELECT INBOX"), imap.commands());
    }

    @Test
    void theSameCommandTwiceInARowIsKeptOnce() {
        add("STAT", "STAT", "LIST", "STAT");
        assertEquals(List.of("STAT", "LIST", "STAT"), history.commands());
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        IntStream.rangeClosed(1, History.LIMIT + 5).forEach(i -> add("RETR " + i));
        assertEquals(History.LIMIT, history.commands().size());
        assertEquals("RETR 6", history.commands().getFirst());
    }

    @Test
    void upAndDownLeadBackToWhatWasBeingTyped() {
        add("STAT", "LIST");
        var walk = history.new Walk();
        assertEquals("LIST", walk.older("RE"));
        assertEquals("STAT", walk.older("LIST"));
        assertEquals("STAT", walk.older("STAT"));
        assertEquals("LIST", walk.newer("STAT"));
        assertEquals("RE", walk.newer("LIST"));
        assertEquals("RE", walk.newer("RE"));
    }

    @Test
    void anEmptyHistoryLeavesTheLineAlone() {
        assertEquals("RE", history.new Walk().older("RE"));
    }

    private void add(String... commands) {
        for (var command : commands) {
            history.add(line.type(command, "Transaction"));
        }
    }
}
