package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.mailscope.server.transcript.Transcript.Entry;
import dev.mailscope.server.transcript.Transcript.Source;

/** What is wrong with a line of a transcript is said with its number, and without what may be a password in it. */
class TranscriptReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "account alice                    | the password is missing",
        "account alice \"wonder           | the quotes that begin at character 15 of it do not end",
        "account alice wonder land        | there is something behind its end",
        "acount alice wonderland          | \"acount\" begins no line of a transcript",
        "LOGIN_alice_wonderland_and_more  | \"LOGIN_alice_wonderla\u2026\" begins no line of a transcript",
        "C1 LOGIN alice wonderland        | \"C1\" begins no line of a transcript",
        "C12345678901: NOOP               | \"C12345678901:\" begins no line of a transcript",
        "X1> rest                         | \"X1>\" begins no line of a transcript",
        "O1: smtp                         | there is no protocol smtp; it is imap or pop3",
        "T1: NEVER                        | a session ends by TIMEOUT or SHUTDOWN",
        "W: soon                          | how many seconds is a number from -1000000000 to 1000000000",
        "ticks -1                         | how many seconds is a number from 0 to 1000000000",
        "R: alice INBOX 4294967296        | the UID is a number from 0 to 4294967295",
        "F: alice INBOX 1 \\Unheard       | not a flag a message can have: \\Unheard",
        "mail alice INBOX \"x\" @today    | a date is written like @2026-02-01T10:00:00+01:00",
        "mail alice INBOX raw x           | the mail in quotes is missing",
        "uses alice Work \\Lucky          | there is no use \\Lucky",
        "access alice Work bob q          | there is no right \"q\"",
        "quota alice LUCK 1               | a quota limits STORAGE, MESSAGE or MAILBOX, or is FIXED",
        "limit message 0                  | limit message must be more than 0, not 0",
        "tls never                        | tls is none, offered, required or first",
        "acl on                           | access lists can only be off",
        "utf8 on                          | UTF8=ACCEPT can only be off"})
    void aLineThatMakesNoSenseIsNamed(String line, String problem) {
        var seen = assertThrows(IOException.class, () -> Transcript.of("x", List.of("# first", "O1: imap", line)));
        assertEquals("x, line 3: " + problem, seen.getMessage());
    }

    @Test
    void aLimitThatIsNoneListsThoseThereAre() {
        var seen = assertThrows(IOException.class, () -> Transcript.of("x", List.of("limit luck 1")));
        assertTrue(seen.getMessage().startsWith("x, line 1: there is no limit luck; the limits are imapLine"),
                seen.getMessage());
    }

    @Test
    void whatIsNoTextOrSaysNothingIsRefused() throws IOException {
        var file = folder.resolve("x.transcript");
        Files.write(file, "# caf\u00E9\nO1: imap\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ", line 1: it is not text in UTF-8", problem(file));
        Files.writeString(file, "# nothing\n\n");
        assertEquals(file + " is no transcript: no line of it says anything", problem(file));
    }

    @Test
    void linesMayEndAsOnWindowsAndBeginWithAMark() throws IOException {
        var file = Files.writeString(folder.resolve("x.transcript"), "\uFEFFO1: imap\r\n\r\nC1: caf\u00E9 \u2028");
        var lines = Transcript.read(file).lines();
        assertEquals(new Entry.Open(1, "imap"), lines.getFirst().entry());
        assertEquals(3, lines.getLast().number());
        assertEquals(new Entry.Client(1, "caf\u00E9 \u2028", false), lines.getLast().entry());
    }

    @Test
    void aMailMayBeAsLargeAsItIs() throws IOException {
        var line = "mail alice INBOX raw \"" + "\\\"x\\r\\n".repeat(200_000) + "\" \\Seen";
        var mail = assertInstanceOf(Entry.Mail.class, Transcript.of("x", List.of(line)).lines().getFirst().entry());
        assertEquals(800_000, assertInstanceOf(Source.Exact.class, mail.source()).octets().length());
        assertEquals("(\\Seen)", mail.flags().toString());
    }

    @Test
    void anExpectedLineThatWouldTakeForEverToCompareIsGivenUp() {
        assertThrows(IOException.class, () -> Transcript.of("x", List.of("S1: " + "...".repeat(1_001))));
        var captures = new Captures();
        var seen = assertThrows(IllegalArgumentException.class,
                () -> captures.matches("${a}${b}${c}${d}${e}${f}${a}!", "x".repeat(2_000)));
        assertTrue(seen.getMessage().contains("takes too long"), seen.getMessage());
    }

    @Test
    void aTextIsATranscriptWhenItsFirstLineThatSaysSomethingIsOne() {
        assertTrue(Transcript.isBegunBy("# events 1 to 9\n\naccount alice wonderland\nnonsense"));
        assertFalse(Transcript.isBegunBy("Dear diary\naccount alice wonderland"));
        assertFalse(Transcript.isBegunBy("# only a comment"));
    }

    private static String problem(Path file) {
        return assertThrows(IOException.class, () -> Transcript.read(file)).getMessage();
    }
}
