package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** A transcript becomes a recording, and what does not come true is said in it. */
class TranscriptImportTest {
    private static final List<String> START = List.of("account alice wonderland", "mail alice INBOX \"Meeting\"",
            "mail alice INBOX \"Lunch\"", "O1: imap", "S1: * OK ...", "C1: a LOGIN alice wonderland", "S1: a OK ...");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pop3/apop", "pop3/what-commits", "pop3/with-imap", "pop3/byte-stuffing", "imap/append",
        "imap/two-sessions", "imap/idle", "imap/condstore", "imap/acl-sessions", "imap/starttls"})
    void whatWasExportedIsImportedAndGivesTheSameAnswers(String name) throws IOException {
        var exported = folder.resolve("exported.transcript");
        TranscriptRunner.run(Transcript.read(Transcripts.root().resolve(name + ".transcript")), 0,
                recording -> Files.writeString(exported, export(recording)));
        var made = folder.resolve("made.mailtrace");
        var outcome = TranscriptImport.run(exported, made, Progress.NONE);
        assertEquals(List.of(), outcome.first());
        assertTrue(outcome.isAsExpected(), outcome.summary());
        try (var again = Recording.open(made)) {
            var before = said(Files.readString(exported));
            var after = said(export(again));
            assertEquals(before.size(), after.size());
            for (var i = 0; i < before.size(); i++) {
                var known = before.get(i).replaceFirst("\\.\\.\\..*", ""); // what a wrong password is told may vary
                assertEquals(known, after.get(i).substring(0, Math.min(known.length(), after.get(i).length())));
            }
        }
    }

    @Test
    void aDifferenceIsRemarkedWhereItIsAndTheRestGoesOn() throws IOException {
        var outcome = run("C1: b SELECT INBOX", "S1: * FLAGS ...", "S1: * 3 EXISTS", "S1: * OK [UNSEEN 1] ...",
                "S1: b OK ...", "C1: c NOOP", "S1: c OK NOOP completed.", "P1: Selected", "C1: d LOGOUT",
                "S1: * BYE ...", "S1: d OK ...", "E1:");
        assertEquals(List.of("line 10: expected \"* 3 EXISTS\", got \"* 2 EXISTS\"",
                "line 11: expected \"* OK [UNSEEN 1] ...\", got \"* 2 RECENT\"",
                "line 12: expected \"b OK ...\", got \"* OK [PERMANENTFLAGS"),
                outcome.first().stream().limit(3).map(Difference::toString).map(words ->
                        words.replaceFirst("(PERMANENTFLAGS).*", "$1")).toList());
        assertTrue(outcome.first().stream().skip(3).allMatch(difference -> difference.line() == 12),
                () -> outcome.first().toString());
        assertEquals("What the server did differs " + outcome.differences()
                + " times from what the transcript expects.", outcome.summary());
        var events = events();
        assertTrue(text(events.getFirst()).startsWith("Made by running the transcript x.transcript"));
        assertEquals(outcome.summary(), text(events.getLast()));
        var remark = events.stream().filter(e -> text(e).startsWith("At line 10: ")).findFirst().orElseThrow();
        assertEquals(1, remark.session());
        assertEquals("imap", remark.protocol());
        assertTrue(events.stream().anyMatch(e -> e.command().equals("LOGOUT")));
        assertFalse(events.stream().anyMatch(e -> text(e).contains("wonderland")));
    }

    @Test
    void anAnswerIsLaidBesideTheExpectedLinesAgain() throws IOException {
        assertEquals(List.of("line 9: expected \"* LIST () NIL LOST\", got \"* LIST (\\HasNoChildren) \"/\" INBOX\""),
                told("C1: b LIST \"\" *", "S1: * LIST () NIL LOST", "S1: * LIST ... INBOX", "S1: b OK ..."));
        assertEquals(List.of("line 11: expected \"b OK ...\", got \"* LIST (\\HasNoChildren) \"/\" Work\""),
                told("folder alice Work", "C1: b LIST \"\" *", "S1: * LIST ... INBOX", "S1: b OK ..."));
        assertEquals(List.of("line 11: expected no more from the server on connection 1, got \"c OK NOOP"
                + " completed.\\x0D\\x0A\""),
                told("C1: b NOOP", "C1: c NOOP", "S1: b OK ...", "C1: d NOOP", "S1: d ..."));
    }

    @Test
    void whatCannotBeDoneIsSaidAndTheRestGoesOn() throws IOException {
        assertEquals(List.of("line 8: expected that this can be done, got There is no account bob.",
                "line 9: expected a mail, got none: the file ../../secret.eml is not read, as no other file than the"
                        + " transcript is",
                "line 10: expected a message with that UID, got none",
                "line 11: expected that this can be done, got connection 7 has not been opened",
                "line 12: expected that this can be done, got connection 1 is open already",
                "line 13: expected that this can be done, got ${x} has no value yet",
                "line 15: expected an open connection, got a closed one"),
                told("folder bob Work", "mail alice INBOX ../../secret.eml", "R: alice INBOX 9", "C7: NOOP", "O1: imap",
                        "C1: ${x} NOOP", "X1:", "C1: d NOOP"));
    }

    @Test
    void theClockStopsBeforeItCannotBeCounted() throws IOException {
        assertEquals(List.of("line 15: expected that this can be done, got the clock goes on or back for 200"
                + " years and no longer"), told("W: 1000000000", "W: 1000000000", "W: 1000000000", "W: 1000000000",
                        "W: 1000000000", "W: 1000000000", "ticks 1000000000", "W: 1000000000", "C1: b NOOP",
                        "S1: b OK ..."));
    }

    @Test
    void aChallengeThatDiffersIsNotShown() throws IOException {
        assertEquals(List.of("line 9: expected \"+ ********\", got \"+ ********\""),
                told("C1: b APPEND INBOX {3}", "S1: + something secret", "C1: abc", "S1: b OK ..."));
    }

    @Test
    void whatUsesUpTooMuchIsStoppedAndKeptUpToThere() throws IOException {
        write("gone alice INBOX 2000000000", "C1: b LOGOUT");
        var outcome = TranscriptImport.run(file(), made(), Progress.NONE,
                new TranscriptImport.Limits(Duration.ofMillis(1), 1L << 30, 1 << 20));
        assertTrue(outcome.stopped().matches("at line \\d+, because it took longer than 0 seconds"), outcome.stopped());
        assertEquals(outcome.summary(), text(events().getLast()));
        assertFalse(outcome.isAsExpected());
    }

    @Test
    void theRecordingsSizeIsLimited() throws IOException {
        write("gone alice INBOX 2000000000");
        var outcome = TranscriptImport.run(file(), made(), Progress.NONE,
                new TranscriptImport.Limits(Duration.ofDays(1), 1, 1 << 20));
        assertTrue(outcome.stopped().endsWith("because the recording is larger than 0 MiB"), outcome.stopped());
    }

    @Test
    void mailHasSoMuchRoomAndNoMore() throws IOException {
        write("C1: b SELECT INBOX", "S1: ...", "C1: c COPY 1:* INBOX", "S1: c NO [LIMIT] Accounts and mail count ...",
                "D: alice INBOX \"More\"", "R: alice INBOX 1", "D: alice INBOX \"More\"");
        var outcome = TranscriptImport.run(file(), made(), Progress.NONE,
                new TranscriptImport.Limits(Duration.ofDays(1), 1L << 30, 2_100));
        assertFalse(outcome.first().stream().anyMatch(d -> d.line() == 11 && d.expected().contains("LIMIT")
                && !d.got().startsWith("\"* ")), () -> outcome.first().toString());
        assertEquals(List.of("Accounts and mail count for 0 MiB of the server's memory, and there is no room for"
                        + " more: delete something."),
                outcome.first().stream().filter(d -> d.line() >= 12 && d.session() == 0).map(Difference::got).toList());
    }

    @Test
    void itCanBeCalledOffAndLeavesNothing() throws IOException {
        write("C1: b NOOP");
        assertThrows(CancellationException.class, () -> TranscriptImport.run(file(), made(), (done, all) -> false));
        assertFalse(Files.exists(made()));
    }

    @Test
    void aMistakeIsNamedAndLeavesNothing() throws IOException {
        write("C1 NOOP");
        var seen = assertThrows(IOException.class, () -> TranscriptImport.run(file(), made(), Progress.NONE));
        assertEquals(file() + ", line 8: \"C1\" begins no line of a transcript", seen.getMessage());
        assertFalse(Files.exists(made()));
    }

    private List<String> told(String... lines) throws IOException {
        return run(lines).first().stream().map(Difference::toString).toList();
    }

    private Outcome run(String... lines) throws IOException {
        Files.deleteIfExists(made());
        write(lines);
        return TranscriptImport.run(file(), made(), Progress.NONE);
    }

    private void write(String... lines) throws IOException {
        Files.write(file(), Stream.concat(START.stream(), Stream.of(lines)).toList());
    }

    private Path file() {
        return folder.resolve("x.transcript");
    }

    private Path made() {
        return folder.resolve("x.mailtrace");
    }

    private List<TraceEvent> events() throws IOException {
        try (var recording = Recording.open(made())) {
            return new ArrayList<>(recording.events(1, Integer.MAX_VALUE));
        }
    }

    private static String text(TraceEvent event) {
        return event.what() instanceof What.Remark(var text) ? text : "";
    }

    /** What the server said and did. */
    private static List<String> said(String transcript) {
        return transcript.lines().filter(line -> line.matches("[SPE]\\d.*")).toList();
    }

    private static String export(Recording recording) throws IOException {
        var out = new ByteArrayOutputStream();
        Export.write(Format.TRANSCRIPT, Selection.all(recording), out, Progress.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }
}
