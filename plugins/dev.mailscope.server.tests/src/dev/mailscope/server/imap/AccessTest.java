package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/** The table of RFC 4314 section 4: what each command makes of many sets of rights. */
class AccessTest {
    private static final String ALL = "lrswipkxtea";
    private static final String WORK = "user/alice/Work";

    private TestServer server;

    /** None, each right alone, all but each, and some others. */
    static List<String> rights() {
        var sets = new ArrayList<String>(List.of("", ALL));
        for (var right : ALL.split("")) {
            sets.add(right);
            sets.add(ALL.replace(right, ""));
        }
        var random = new Random(4314);
        for (var i = 0; i < 40; i++) {
            var set = new StringBuilder();
            ALL.chars().filter(right -> random.nextBoolean()).forEach(right -> set.append((char) right));
            sets.add(set.toString());
        }
        return sets.stream().distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void commandsThatNameTheFolder(String rights) throws IOException {
        var l = rights.contains("l");
        var r = rights.contains("r") ? "OK" : missing(l);
        var i = rights.contains("i") ? "OK" : missing(l);
        var a = rights.contains("a") ? "OK" : missing(l);
        var x = rights.contains("x") ? "OK" : missing(l);
        var k = rights.contains("k") ? "OK" : "NOPERM";
        var noted = !l ? "NONEXISTENT" : hasAny(rights, "rswip") ? "OK" : "NOPERM";
        answers(rights, r, "SELECT " + WORK);
        answers(rights, r, "EXAMINE " + WORK);
        answers(rights, r, "STATUS " + WORK + " (MESSAGES)");
        answers(rights, r, "GETQUOTAROOT " + WORK);
        answers(rights, i, "APPEND " + WORK + " {5+}\r\n\r\na\r\n");
        answers(rights, i, "SELECT INBOX", "COPY 1 " + WORK);
        answers(rights, i, "SELECT INBOX", "UID COPY 1 " + WORK);
        answers(rights, i, "SELECT INBOX", "MOVE 1 " + WORK);
        answers(rights, i, "SELECT INBOX", "REPLACE 1 " + WORK + " {5+}\r\n\r\na\r\n");
        answers(rights, k, "CREATE " + WORK + "/New");
        answers(rights, k, "RENAME user/alice/Base/Movable " + WORK + "/New");
        answers(rights, x, "RENAME " + WORK + " user/alice/Base/New");
        answers(rights, x, "DELETE " + WORK);
        answers(rights, "OK", "SUBSCRIBE " + WORK);
        answers(rights, "OK", "UNSUBSCRIBE " + WORK);
        answers(rights, a, "SETACL " + WORK + " carol l");
        answers(rights, a, "DELETEACL " + WORK + " carol");
        answers(rights, a, "GETACL " + WORK);
        answers(rights, a, "LISTRIGHTS " + WORK + " carol");
        answers(rights, hasAny(rights, "lrikxa") ? "OK" : "NONEXISTENT", "MYRIGHTS " + WORK);
        answers(rights, noted, "GETMETADATA " + WORK + " /shared/comment");
        answers(rights, noted, "SETMETADATA " + WORK + " (/private/comment \"x\")");
        assertEquals(l, last(rights, "LIST \"\" *").contains(WORK));
        assertEquals(l, last(rights, "LIST \"\" * RETURN (MYRIGHTS)").contains("* MYRIGHTS " + WORK));
        assertEquals(l && rights.contains("r"), last(rights, "LIST \"\" user/* RETURN (STATUS (MESSAGES))")
                .contains("* STATUS " + WORK));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void commandsOnTheOpenFolder(String some) throws IOException {
        var rights = some.contains("r") ? some : some + "r";
        var open = "SELECT " + WORK;
        var s = rights.contains("s");
        var w = rights.contains("w");
        var t = rights.contains("t");
        var e = rights.contains("e");
        var selected = last(rights, open);
        assertTrue(selected.contains(hasAny(rights, "iswte") ? "[READ-WRITE]" : "[READ-ONLY]"), selected);
        var permanent = Stream.of(w ? "\\Answered \\Flagged" : "", t ? "\\Deleted" : "", s ? "\\Seen" : "",
                w ? "\\Draft \\*" : "").filter(part -> !part.isEmpty()).toList();
        assertTrue(selected.contains("[PERMANENTFLAGS (" + String.join(" ", permanent) + ")]"), selected);
        answers(rights, s ? "OK" : "NOPERM", open, "STORE 1 +FLAGS (\\Seen)");
        answers(rights, t ? "OK" : "NOPERM", open, "STORE 1 -FLAGS (\\Deleted)");
        answers(rights, w ? "OK" : "NOPERM", open, "UID STORE 1 +FLAGS.SILENT (\\Draft word)");
        answers(rights, s || w || t ? "OK" : "NOPERM", open, "STORE 1 FLAGS (\\Seen)");
        answers(rights, s || t ? "OK" : "NOPERM", open, "STORE 1 +FLAGS (\\Seen \\Deleted)");
        answers(rights, e ? "OK" : "NOPERM", open, "EXPUNGE");
        answers(rights, e ? "OK" : "NOPERM", open, "UID EXPUNGE 1:*");
        answers(rights, t && e ? "OK" : "NOPERM", open, "MOVE 1 INBOX");
        answers(rights, t && e ? "OK" : "NOPERM", open, "UID MOVE 1 INBOX");
        answers(rights, t && e ? "OK" : "NOPERM", open, "REPLACE 1 INBOX {5+}\r\n\r\na\r\n");
        answers(rights, "OK", open, "COPY 1 INBOX");
        answers(rights, "OK", open, "SEARCH ALL");
        answers(rights, "OK", open, "CLOSE");
        assertEquals(e ? 1 : 2, work().size());
        answers(rights, "OK", open, "FETCH 2 BODY[TEXT]");
        assertEquals(s, work().message(2).flags().seen());
        answers(rights, "OK", open, "FETCH 2 BODY.PEEK[TEXT]");
        assertEquals(false, work().message(2).flags().seen());
    }

    @ParameterizedTest
    @MethodSource("rights")
    void flagsThatComeAlong(String some) throws IOException {
        var rights = some.contains("i") ? some : some + "i";
        var expected = Flags.NONE.plus(rights.contains("s") ? Flags.SEEN : Flags.NONE)
                .plus(rights.contains("t") ? Flags.DELETED : Flags.NONE)
                .plus(rights.contains("w") ? Flags.of("\\Flagged", "own") : Flags.NONE);
        for (var command : List.of("COPY 1 " + WORK, "MOVE 1 " + WORK,
                "APPEND " + WORK + " (\\Flagged own \\Seen \\Deleted) {5+}\r\n\r\na\r\n",
                "REPLACE 1 " + WORK + " (\\Flagged own \\Seen \\Deleted) {5+}\r\n\r\na\r\n")) {
            answers(rights, "OK", "SELECT INBOX", command);
            assertEquals(expected, work().message(3).flags(), command);
        }
    }

    private Folder work() {
        return server.store().state().account("alice").orElseThrow().folder("Work").orElseThrow();
    }

    private static String missing(boolean visible) {
        return visible ? "NOPERM" : "NONEXISTENT";
    }

    private static boolean hasAny(String rights, String some) {
        return some.chars().anyMatch(right -> rights.indexOf(right) >= 0);
    }

    private void answers(String rights, String expected, String... commands) throws IOException {
        var answer = last(rights, commands);
        var found = answer.startsWith("t OK") || answer.contains("\nt OK") ? "OK"
                : answer.contains("t NO [NOPERM]") ? "NOPERM"
                : answer.contains("t NO [NONEXISTENT]") ? "NONEXISTENT" : answer;
        assertEquals(expected, found, () -> String.join(" ", commands) + " with " + rights + ": " + answer);
    }

    /** What the last command answers a user with those rights on a folder as it is in the beginning. */
    private String last(String rights, String... commands) throws IOException {
        try (var fresh = new TestServer()) {
            server = fresh;
            fresh.account("alice", "wonderland");
            fresh.account("bob", "builder");
            fresh.folder("alice", "Work");
            fresh.folder("alice", "Base/Movable");
            fresh.access("alice", "Base", "bob", Rights.parse("k"));
            fresh.access("alice", "Base/Movable", "bob", Rights.parse("lx"));
            fresh.deliver("alice", "Work", new byte[] {'\r', '\n', 'a'}, Flags.DELETED, TestServer.NOW);
            fresh.deliver("alice", "Work", new byte[] {'\r', '\n', 'b'}, Flags.NONE, TestServer.NOW);
            fresh.deliver("bob", "INBOX", new byte[] {'\r', '\n', 'c'},
                    Flags.of("\\Seen", "\\Deleted", "\\Flagged", "own"), TestServer.NOW);
            fresh.access("alice", "Work", "bob", Rights.parse(rights));
            var client = fresh.connect("imap");
            return last(client, commands);
        }
    }

    private static String last(SocketlessConnection client, String... commands) throws IOException {
        client.ask("l LOGIN bob builder");
        var answer = "";
        for (var command : commands) {
            answer = client.ask("t " + command);
        }
        return answer;
    }
}
