package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

class ForkTest {
    private static final ServerConfig CONFIG = ServerConfig.sample().withPorts(0, 0);

    @TempDir
    private Path folder;

    @Test
    void theForkBeginsAsTheServerWasAndGoesItsOwnWay() throws IOException {
        try (var server = MailServer.open(CONFIG)) {
            var message = server.deliver("alice", "Projects", "Subject: kept\r\n\r\nhere\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            var moment = server.trace().live();
            server.removeAccount("alice");
            try (var fork = MailServer.fork(CONFIG, moment.server(), "event 2")) {
                assertEquals(List.of("forked from event 2"), remarks(fork.trace()));
                var projects = fork.trace().live().server().account("alice").orElseThrow().folder("Projects")
                        .orElseThrow();
                assertEquals(moment.server().account("alice").orElseThrow().folder("Projects").orElseThrow(), projects);
                fork.start();
                assertTrue(answers(fork, "a LOGIN alice secret", "b SELECT Projects", "c UID FETCH "
                        + message.uid() + " BODY[TEXT]", "d LOGOUT").contains("here"));
                assertTrue(server.trace().live().server().accounts().isEmpty());
            }
        }
    }

    @Test
    void aForkOfAClosedRecordingStandsAloneAndItsOwnRecordingToo() throws IOException {
        var first = folder.resolve("first.mailtrace");
        var second = folder.resolve("second.mailtrace");
        ServerState state;
        try (var server = MailServer.open(CONFIG.withRecording(first))) {
            server.deliver("alice", "INBOX", "Subject: fourth\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            state = server.trace().live().server();
        }
        MailServer fork;
        try (var recording = Recording.open(first)) {
            fork = MailServer.fork(CONFIG.withRecording(second), recording.at(recording.last()).server(), "first");
        }
        fork.deliver("alice", "INBOX", "Subject: fifth\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        fork.close();
        try (var recording = Recording.open(second)) {
            assertEquals(state.accounts(), recording.at(0).server().accounts());
            var inbox = recording.at(recording.last()).server().account("alice").orElseThrow().inbox();
            assertEquals(5, inbox.size());
            assertTrue(new String(inbox.message(4).content().octets(), StandardCharsets.UTF_8).contains("fourth"));
        }
    }

    @Test
    void resetGoesBackToWhereItBegan() throws IOException {
        try (var server = MailServer.open(CONFIG)) {
            server.createAccount(new AccountConfig("bob", "secret"));
            server.deliver("alice", "INBOX", Flags.SEEN, OffsetDateTime.now(), new byte[] {'x', '\r', '\n'});
            server.start();
            answers(server, "a LOGIN alice secret", "b SETQUOTA alice (MESSAGE 99)",
                    "c SETMETADATA \"\" (/shared/comment"
                    + " \"ours\" /private/comment \"mine\")", "d SETMETADATA Sent (/shared/comment \"out\")",
                    "e SETACL Sent bob lr", "f SETACL Sent alice lra", "g LOGOUT");
            answers(server, "a LOGIN bob secret", "b SETMETADATA user/alice/Sent (/private/comment \"bob's\")",
                    "c LOGOUT");
            try (var fork = MailServer.fork(CONFIG, server.trace().live().server(), "here")) {
                fork.deliver("alice", "INBOX", new byte[0]);
                fork.start();
                answers(fork, "a LOGIN alice secret", "b SETQUOTA alice ()", "c SETMETADATA \"\" (/shared/comment NIL"
                        + " /private/comment NIL)", "d SETMETADATA Sent (/shared/comment NIL)", "e DELETEACL Sent bob",
                        "f LOGOUT");
                var before = fork.trace().live().server().account("alice").orElseThrow();
                fork.reset();
                var after = fork.trace().live().server().account("alice").orElseThrow();
                assertEquals(4, after.inbox().size());
                assertEquals(before.folders().keySet(), after.folders().keySet());
                assertEquals(before.subscriptions(), after.subscriptions());
                assertTrue(before.inbox().uidValidity() < after.inbox().uidValidity());
                assertTrue(after.inbox().message(4).flags().seen());
                assertEquals(Map.of(), before.annotations());
                assertEquals(Quota.NONE, before.quota());
                assertEquals(Quota.NONE.with(QuotaResource.MESSAGE, 99), after.quota());
                assertEquals(Map.of("/shared/comment", "ours"), fork.trace().live().server().annotations());
                assertEquals(Map.of("/private/comment", "mine"), after.annotations(Account.SERVER));
                assertEquals(Map.of("/shared/comment", "out"),
                        after.annotations(after.folder("Sent").orElseThrow().id()));
                assertEquals("{alice=lra}", before.folder("Sent").orElseThrow().access().entries().toString());
                assertEquals("{alice=lra, bob=lr}", after.folder("Sent").orElseThrow().access().entries().toString());
                assertEquals(Map.of("/private/comment", "bob's"), fork.trace().live().server().account("bob")
                        .orElseThrow().annotations(after.folder("Sent").orElseThrow().id()));
            }
        }
    }

    @Test
    void aMailThatCannotBeReadIsNamed() throws IOException {
        try (var server = MailServer.open(CONFIG)) {
            var state = server.trace().live().server().withContents(content -> Content.stored(content.id(),
                    content.size(), () -> {
                        throw new UncheckedIOException(new IOException("a mail in gone.mailtrace is damaged"));
                    }));
            var problem = assertThrows(IOException.class, () -> MailServer.fork(CONFIG, state, "event 2"));
            assertEquals("The server cannot be forked: a mail in gone.mailtrace is damaged", problem.getMessage());
        }
    }

    private static List<String> remarks(Recording trace) {
        return trace.events(1, 10).stream()
                .map(e -> e.what() instanceof What.Remark(var text) ? text : "").toList();
    }

    private static String answers(MailServer server, String... lines) throws IOException {
        var address = server.address("imap");
        try (var socket = new Socket(address.getAddress(), address.getPort());
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            return in.lines().reduce("", (all, line) -> all + line + "\n");
        }
    }
}
