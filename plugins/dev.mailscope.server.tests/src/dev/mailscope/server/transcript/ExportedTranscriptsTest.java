package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Progress;

/** What a transcript did is recorded, exported as a transcript again, and comes true again. */
class ExportedTranscriptsTest {
    /**
     * What a transcript of these depends on is in no event of a recording: a limit, or a clock that is moved by hand; or
     * so many exchanges are told as PLAIN with a wrong password that they pass for guesses.
     */
    private static final Set<String> UNKNOWABLE = Set.of("imap/limits", "imap/literals", "imap/results",
            "imap/metadata", "imap/acl-metadata", "imap/mistakes", "imap/clock", "imap/notify-mistakes",
            "pop3/auth", "pop3/lines", "pop3/expire", "pop3/login-delay");

    @TestFactory
    Stream<DynamicTest> whatWasRecordedComesTrueAgain() throws IOException {
        return files().filter(file -> !UNKNOWABLE.contains(name(file)))
                .map(file -> dynamicTest(name(file), file.toUri(),
                () -> TranscriptRunner.run(Transcript.read(file), 0, recording -> {
                    var exported = export(Selection.all(recording));
                    assertFalse(exported.lines().filter(line -> line.matches("[CS]\\d.*")).count() < 3, exported);
                    comesTrue(file, exported);
                })));
    }

    private static void comesTrue(Path file, String exported) throws IOException {
        try {
            TranscriptRunner.run(Transcript.of("exported-" + file.getFileName(), exported.lines().toList()),
                    0);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + exported, e);
        }
    }

    private static String export(Selection selection) throws IOException {
        var out = new ByteArrayOutputStream();
        Export.write(Format.TRANSCRIPT, selection, out, Progress.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSessionAloneFindsWhatTheOthersDo() throws IOException {
        try (var server = server()) {
            var other = server.connect("imap");
            var told = server.connect("imap");
            other.ask("a1 LOGIN alice wonderland");
            told.ask("b1 LOGIN alice wonderland");
            told.ask("b2 SELECT \"two words\"");
            other.ask("a2 SELECT \"two words\"");
            other.ask("a3 STORE 1 +FLAGS (\\Flagged two)");
            other.ask("a4 UID EXPUNGE 9");
            other.ask("a5 APPEND \"two words\" {13+}\r\nA: \"b\\\"\r\n\r\n\u00FC");
            other.ask("a6 CREATE Trips/Rome");
            other.ask("a7 RENAME Trips \"My Trips\"");
            other.ask("a8 SUBSCRIBE \"My Trips\"");
            other.ask("a9 STORE 2 +FLAGS (\\Deleted)");
            other.ask("a10 EXPUNGE");
            told.ask("b3 NOOP");
            told.ask("b4 LIST \"\" * RETURN (SUBSCRIBED)");
            told.ask("b5 FETCH 1:* (UID FLAGS INTERNALDATE MODSEQ)");
            var exported = export(Selection.all(server.recording()).ofSessions(told.number()));
            assertTrue(exported.contains("\nF: alice \"two words\" 1 \\Flagged two word\n"), exported);
            assertTrue(exported.contains("\nD: alice \"two words\" raw \"A: \\\"b\\\\\\\"\\r\\n\\r\\n\\xC3\\xBC\" @"),
                    exported);
            assertTrue(exported.contains("\nrename alice Trips \"My Trips\"\n"), exported);
            assertTrue(exported.contains("S2: * 2 EXPUNGE"), exported);
            assertFalse(exported.contains("C1"), exported);
            comesTrue(Path.of("alone"), exported);
        }
    }

    @Test
    void anotherUsersFolderIsThereWithItsAccessList() throws IOException {
        try (var server = server()) {
            server.account("bob", "builder");
            server.access("alice", "two words", "bob", Rights.parse("lrw"));
            server.access("alice", "INBOX", "alice", null);
            server.connect("pop3").ask("QUIT");
            var from = server.recording().last() + 1;
            var client = server.connect("imap");
            client.ask("a1 LOGIN bob builder");
            client.ask("a2 LIST \"\" user/* RETURN (MYRIGHTS)");
            client.ask("a3 SELECT \"user/alice/two words\"");
            client.ask("a4 STORE 1 +FLAGS (\\Flagged \\Seen)");
            var exported = export(Selection.all(server.recording()).range(from, server.recording().last()));
            assertTrue(exported.contains("\naccess alice \"two words\" bob \"lrw\"\n"), exported);
            assertTrue(exported.contains("\naccess alice INBOX alice\n"), exported);
            assertTrue(exported.contains("C2: a1 LOGIN bob "), exported);
            comesTrue(Path.of("shared"), exported);
        }
    }

    @Test
    void aSelectionInTheMiddleBeginsWithTheStateAtItsSessionsBeginnings() throws IOException {
        try (var server = server()) {
            server.flags("alice", "two words", 3, Flags.of("\\Seen"));
            server.rename("alice", "two words", "Other Words");
            server.uses("alice", "Other Words", List.of(SpecialUse.SENT));
            server.claimRecent("alice", "Other Words");
            server.deliver("alice", "Other Words", "New: one\r\n\r\n".getBytes(StandardCharsets.US_ASCII), Flags.NONE,
                    TestServer.NOW.plusDays(3));
            server.folder("alice", "Deep/Down");
            server.delete("alice", "Deep");
            server.quota("alice", quota -> quota.with(QuotaResource.MESSAGE, 1)); // less than there is
            var before = server.connect("pop3");
            before.ask("QUIT");
            var client = server.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            var from = server.recording().last() + 1;
            client.ask("a2 LIST \"\" * RETURN (SPECIAL-USE CHILDREN)");
            client.ask("a3 SELECT \"Other Words\" (CONDSTORE)");
            client.ask("a4 FETCH 1:* (UID FLAGS INTERNALDATE MODSEQ BODY[])");
            client.ask("q GETQUOTAROOT INBOX");
            var to = server.recording().last();
            client.ask("a5 LOGOUT");
            var exported = export(Selection.all(server.recording()).range(from, to));
            assertTrue(exported.contains("C2: a1 LOGIN"), exported);
            assertFalse(exported.contains("a5 LOGOUT"), exported);
            assertFalse(exported.contains("O1"), exported);
            assertFalse(exported.contains("wonderland"), exported);
            comesTrue(Path.of("middle"), exported);
        }
    }

    @Test
    void whatTheServerAnsweredIsWhatIsExpected() throws IOException {
        try (var server = server()) {
            var client = server.connect("pop3");
            client.ask("USER alice");
            client.ask("PASS wonderland");
            var exported = export(Selection.all(server.recording()));
            comesTrue(Path.of("right"), exported);
            assertThrows(AssertionError.class, () -> comesTrue(Path.of("wrong"),
                    exported.replace("has 0 messages", "has 1 message")));
        }
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", "wonderland");
        server.folder("alice", "two words");
        for (var i = 0; i < 4; i++) {
            server.deliver("alice", "two words", ("Subject: " + i + "\r\n\r\n...\r\n${x} \\x41 \u00E9\r\n")
                    .getBytes(StandardCharsets.UTF_8), Flags.of(i % 2 == 0 ? List.of("word") : List.of()),
                    TestServer.NOW.minusDays(i));
        }
        server.remove("alice", "two words", 2);
        server.remove("alice", "two words", 4);
        return server;
    }

    private static String name(Path file) {
        return file.getParent().getFileName() + "/" + file.getFileName().toString().replace(".transcript", "");
    }

    private static Stream<Path> files() throws IOException {
        var all = Stream.<Path>of();
        for (var protocol : List.of("imap", "pop3")) {
            try (var entries = Files.list(Transcripts.root().resolve(protocol))) {
                all = Stream.concat(all, entries.filter(file -> file.toString().endsWith(".transcript")).sorted()
                        .toList().stream());
            }
        }
        return all;
    }
}
