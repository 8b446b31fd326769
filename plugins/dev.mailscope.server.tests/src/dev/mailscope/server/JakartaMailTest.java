package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.BodyTerm;
import jakarta.mail.search.FromStringTerm;

import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jakarta Mail, as a mail program would use it, over real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JakartaMailTest {
    private static final byte[] DINNER = ("From: Friend2 <friend2@example.net>\r\nTo: alice@example.org\r\n"
            + "Subject: Dinner\r\nMessage-ID: <dinner@example.net>\r\n\r\nAt eight?\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void imapReadsTheSampleMailToTheOctet() throws Exception {
        try (var store = connect("imap", "secret"); var inbox = open(store, "INBOX", Folder.READ_ONLY)) {
            var messages = inbox.getMessages();
            var profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            profile.add(FetchProfile.Item.CONTENT_INFO);
            profile.add(FetchProfile.Item.FLAGS);
            inbox.fetch(messages, profile);
            assertEquals(List.of("Meeting", "Advertisement", "Meme"), subjects(messages));
            assertEquals("work <work@example.org>", messages[0].getFrom()[0].toString());
            assertTrue(messages[1].isMimeType("multipart/alternative"), messages[1].getContentType());
            for (var message : messages) {
                assertArrayEquals(stored("INBOX", ((UIDFolder) inbox).getUID(message)), octets(message));
            }
        }
    }

    @Test
    void imapListsEveryFolder() throws Exception {
        try (var store = connect("imap", "secret")) {
            var names = Arrays.stream(store.getDefaultFolder().list("*")).map(Folder::getFullName).sorted().toList();
            assertEquals(List.of("Drafts", "INBOX", "Projects", "Sent", "Trash"), names);
        }
    }

    @Test
    void imapAppendsCopiesFlagsSearchesAndExpunges() throws Exception {
        try (var store = connect("imap", "secret")) {
            var work = store.getFolder("Work/2026");
            assertTrue(work.create(Folder.HOLDS_MESSAGES));
            work.appendMessages(new Message[] {
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(DINNER))});
            try (var inbox = open(store, "INBOX", Folder.READ_WRITE)) {
                inbox.copyMessages(new Message[] {inbox.getMessage(1)}, work);
                inbox.setFlags(1, 2, new Flags(Flags.Flag.DELETED), true);
                assertEquals(2, inbox.expunge().length);
                assertEquals(1, inbox.getMessageCount());
            }
            try (var opened = open(store, "Work/2026", Folder.READ_ONLY)) {
                assertEquals(List.of("Dinner", "Meeting"), subjects(opened.getMessages()));
                var found = opened.search(new AndTerm(new FromStringTerm("friend2"), new BodyTerm("EIGHT")));
                assertEquals(List.of("Dinner"), subjects(found));
                assertArrayEquals(DINNER, octets(opened.getMessage(1)));
            }
        }
    }

    @Test
    void imapIsToldOfNewMailWhileIdle() throws Exception {
        try (var store = connect("imap", "secret"); var inbox = (IMAPFolder) open(store, "INBOX", Folder.READ_ONLY)) {
            var arrived = new CompletableFuture<String>();
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    try {
                        arrived.complete(event.getMessages()[0].getSubject());
                    } catch (MessagingException e) {
                        arrived.completeExceptionally(e);
                    }
                }
            });
            var idling = Thread.ofVirtual().start(() -> {
                try {
                    inbox.idle(true);
                } catch (MessagingException e) {
                    arrived.completeExceptionally(e);
                }
            });
            awaitCommand("IDLE");
            server.deliver("alice", "INBOX", DINNER);
            assertEquals("Dinner", arrived.get(10, TimeUnit.SECONDS));
            idling.join();
        }
    }

    @Test
    void pop3KeepsWhatItReadsAndDeletesWhatItMarks() throws Exception {
        try (var store = connect("pop3", "secret"); var inbox = open(store, "INBOX", Folder.READ_WRITE)) {
            assertEquals(List.of("Meeting", "Advertisement", "Meme"), subjects(inbox.getMessages()));
            for (var i = 1; i <= 3; i++) {
                assertArrayEquals(stored("INBOX", i), octets(inbox.getMessage(i)));
            }
            inbox.setFlags(1, 2, new Flags(Flags.Flag.DELETED), true);
        }
        try (var store = connect("pop3", "secret"); var inbox = open(store, "INBOX", Folder.READ_ONLY)) {
            assertEquals(List.of("Meme"), subjects(inbox.getMessages()));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        for (var protocol : List.of("imap", "pop3")) {
            assertThrows(AuthenticationFailedException.class, () -> connect(protocol, "wrong").close(), protocol);
        }
    }

    private Store connect(String protocol, String password) throws MessagingException {
        var properties = new Properties();
        properties.put("mail." + protocol + ".connectiontimeout", "10000");
        properties.put("mail." + protocol + ".timeout", "10000");
        var store = Session.getInstance(properties).getStore(protocol);
        var address = server.address(protocol);
        store.connect(address.getHostString(), address.getPort(), "alice", password);
        return store;
    }

    private static Folder open(Store store, String name, int mode) throws MessagingException {
        var folder = store.getFolder(name);
        folder.open(mode);
        return folder;
    }

    private static List<String> subjects(Message[] messages) throws MessagingException {
        var subjects = new ArrayList<String>();
        for (var message : messages) {
            subjects.add(message.getSubject());
        }
        return subjects;
    }

    private byte[] stored(String folder, long uid) {
        return server.trace().live().server().account("alice").orElseThrow().folder(folder).orElseThrow().message(uid)
                .content().octets();
    }

    private static byte[] octets(Message message) throws IOException, MessagingException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private void awaitCommand(String name) {
        var trace = server.trace();
        while (trace.events(trace.first(), Integer.MAX_VALUE).stream().noneMatch(e -> e.command().equals(name))) {
            Thread.onSpinWait();
        }
        assertFalse(trace.live().sessions().isEmpty());
    }
}
