package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

class SearchTest {
    private static final Search.Progress ON = (done, all) -> true;

    private final Recording recording = Recording.inMemory();

    @BeforeEach
    void record() {
        for (var i = 1; i <= 3_000; i++) {
            remark(i % 1_000 == 500 ? "a Needle here" : "hay " + i);
        }
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    void goesForwardsAndBackwardsAndAroundTheEnds() {
        var search = new Search("needle", false);
        assertEquals(found(1_500, false), forwards(search, 500));
        assertEquals(found(1_500, false), forwards(search, 501));
        assertEquals(found(500, true), forwards(search, 2_500));
        assertEquals(found(500, false), forwards(search, 0));
        assertEquals(found(1_500, false), backwards(search, 2_500));
        assertEquals(found(2_500, true), backwards(search, 500));
        assertEquals(found(2_500, false), backwards(search, 3_001));
        assertEquals(new Search.Found(OptionalLong.empty(), true), forwards(new Search("no such thing", false), 7));
    }

    @Test
    void theEventItStartsAtIsFoundOnlyWhenItIsTheOnlyOne() {
        var only = remark("a pin");
        assertEquals(found(only, true), forwards(new Search("a pin", false), only));
        assertEquals(found(only, true), backwards(new Search("a pin", false), only));
    }

    @Test
    void caseMattersWhenAsked() {
        assertEquals(found(500, false), forwards(new Search("Needle", true), 0));
        assertTrue(forwards(new Search("needle", true), 0).event().isEmpty());
        var umlaut = remark("GRÜSSE");
        assertEquals(found(umlaut, false), forwards(new Search("grüsse", false), 0));
    }

    @Test
    void looksIntoAllThatIsShownAndAtNoSecret() throws IOException {
        var mail = Content.of(("Subject: x\r\n\r\n" + "line\r\n".repeat(200) + "deep inside\r\n").getBytes());
        var event = recording.record(1, "imap", 0, "Selected", "Drafts", "FETCH", new What.Response(
                new Octets.Builder().text("* 1 FETCH (BODY[] {" + mail.size() + "}\r\n").slice(mail, 0, mail.size())
                        .text(")\r\n").toOctets()));
        var login = recording.record(1, "imap", 0, "", "", "LOGIN", new What.Received(
                new Octets.Builder().text("a1 LOGIN alice ").hidden(10).text("\r\n").toOctets()));
        var told = recording.record(1, "imap", 0, "", "", "NOOP", new What.Told(List.of(new Notice.Expunged(4, 17))));
        assertEquals(found(event, false), forwards(new Search("deep inside", false), 0));
        assertEquals(found(event, false), forwards(new Search("drafts", false), 0));
        assertEquals(found(login, false), forwards(new Search("alice ********", false), 0));
        assertEquals(found(told, false), forwards(new Search("gone (UID 17)", false), 0));
        assertTrue(forwards(new Search("wonderland", false), 0).event().isEmpty());
        recording.note(77, "here it went wrong");
        assertEquals(found(77, false), forwards(new Search("went WRONG", false), 0));
    }

    @Test
    void onlyTheEventsAskedForAreFound() {
        var search = new Search("needle", false);
        assertEquals(found(2_500, false),
                search.find(recording, 1, Walk.Direction.FORWARDS, e -> e.number() > 2_000, ON));
    }

    @Test
    void saysHowFarItIsAndCanBeCalledOff() {
        var told = new long[2];
        new Search("no such thing", false).find(recording, 0, Walk.Direction.FORWARDS, e -> true, (done, all) -> {
            told[0] = Math.max(told[0], done);
            told[1] = all;
            return true;
        });
        assertTrue(told[0] > 2_000, "told of " + told[0]);
        assertEquals(3_000, told[1]);
        var asked = new int[1];
        var found = new Search("needle", false).find(recording, 2_600, Walk.Direction.FORWARDS, e -> true,
                (done, all) -> asked[0]++ < 0);
        assertFalse(found.event().isPresent());
        assertEquals(1, asked[0]);
    }

    @Test
    void thereMustBeSomethingToLookFor() {
        assertThrows(IllegalArgumentException.class, () -> new Search("", false));
    }

    private long remark(String text) {
        return recording.record(0, "", 0, "", "", "", new What.Remark(text));
    }

    private Search.Found forwards(Search search, long from) {
        return search.find(recording, from, Walk.Direction.FORWARDS, e -> true, ON);
    }

    private Search.Found backwards(Search search, long from) {
        return search.find(recording, from, Walk.Direction.BACKWARDS, e -> true, ON);
    }

    private static Search.Found found(long event, boolean wrapped) {
        return new Search.Found(OptionalLong.of(event), wrapped);
    }
}
