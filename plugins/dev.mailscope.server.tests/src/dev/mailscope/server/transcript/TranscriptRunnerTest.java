package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** A transcript that does not come true fails at the right line. */
class TranscriptRunnerTest {
    private static final List<String> START = List.of("account alice wonderland", "mail alice INBOX \"Meeting\"",
            "O1: pop3", "S1: +OK ...", "C1: USER alice", "S1: +OK ...");

    @ParameterizedTest
    @ValueSource(strings = {
        "C1: PASS wonderland|S1: +OK The maildrop has ${n} message (93 octets).|C1: STAT|S1: +OK ${n} 93|X1:",
        "C1: PASS wonderland|S1? +OK The maildrop ...|C1: LIST|S1? .|S1? 1 93|S1? +OK 1 message (93 octets):|X1:",
        "C1> PASS wonder\\x6Cand\\r|C1> \\nSTAT\\r\\n|S1: +OK The ...|S1: +OK 1 93|P1: Transaction",
        "C1: QUIT|S1: +OK Goodbye.|E1:",
        "X1:"})
    void whatComesTrueIsFine(String rest) throws IOException {
        run(rest);
    }

    @Test
    void aWrongLineIsShownBesideTheExpectedOne() {
        fails("C1: PASS wonderland|S1: +OK The maildrop has 2 messages...", 8,
                "expected \"+OK The maildrop has 2 messages...\","
                + " got \"+OK The maildrop has 1 message (93 octets).\"");
    }

    @Test
    void anUnexpectedLineFailsAtTheNextThingDone() {
        fails("C1: PASS wonderland|C1: STAT|S1: +OK The ...|C1: NOOP", 10, "got \"+OK 1 93\\x0D\\x0A\"");
        fails("C1: PASS wonderland|X1:", 8, "got \"+OK The");
        fails("C1: PASS wonderland|D: alice INBOX \"Brand\"", 8, "got \"+OK The");
    }

    @Test
    void anUnexpectedLineFailsAtTheEnd() {
        fails("C1: PASS wonderland", 7, "got \"+OK The");
    }

    @Test
    void aMissingLineFails() {
        fails("C1> STAT|S1: +OK", 8, "got nothing");
        fails("S1? +OK|S1? -ERR", 7, "got nothing");
    }

    @Test
    void aCaptureMustComeBackTheSame() {
        fails("C1: PASS wonderland|S1: +OK The maildrop has 1 message (${size} octets).|C1: STAT|S1: +OK ${size} 93",
                10, "got \"+OK 1 93\"");
    }

    @Test
    void thePhaseMustBeTheOneExpected() {
        fails("P1: Transaction", 7, "expected the phase Transaction, got Authorization");
    }

    @Test
    void aConnectionTheServerClosesMustBeExpectedToBeClosed() {
        fails("C1: QUIT|S1: +OK Goodbye.", 8, "closed by the server");
        fails("E1:", 7, "it is open");
    }

    @Test
    void eachLineOfABlockComesOnce() {
        fails("C1: PASS wonderland|S1: +OK The...|C1: LIST|S1? +OK ...|S1? 1 93|S1? 1 93", 12, "got \".\"");
    }

    @Test
    void aPasswordInTheTraceFails() {
        var seen = assertThrows(AssertionFailedError.class, () -> run("C1: USER wonderland|S1: +OK ..."));
        assertTrue(seen.getMessage().contains("holds a password"), seen.getMessage());
    }

    @Test
    void aLineThatMakesNoSenseIsNamed() {
        var seen = assertThrows(IOException.class, () -> run("Y1: STAT"));
        assertEquals("some.transcript, line 7: \"Y1:\" begins no line of a transcript", seen.getMessage());
    }

    @Test
    void readableTextShowsWhatCannotBePrinted() {
        assertEquals("a\\x0D\\x09\\xFF", Captures.readable("a\r\t\u00FF"));
        assertEquals("\u00FC", Captures.readable("\u00C3\u00BC"));
    }

    private static void fails(String rest, int line, String got) {
        var seen = assertThrows(AssertionFailedError.class, () -> run(rest));
        assertTrue(seen.getMessage().startsWith("some.transcript, line " + line + ": "), seen.getMessage());
        assertTrue(seen.getMessage().contains(got), seen.getMessage());
    }

    private static void run(String rest) throws IOException {
        var lines = Stream.concat(START.stream(), Stream.of(rest.split("\\|"))).toList();
        TranscriptRunner.run(Transcript.of("some.transcript", lines), 0);
    }
}
