package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

class KeywordsTest {
    private TestServer server;
    private SocketlessConnection client;

    @BeforeEach
    void select() throws IOException {
        server = new TestServer();
        server.account("alice", "wonderland");
        server.deliver("alice", "one");
        server.deliver("alice", "two");
        client = server.connect("imap");
        client.ask("a LOGIN alice wonderland");
        client.ask("b SELECT INBOX");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** RFC 9051 section 7.1. */
    @Test
    void whoCanAddNoMoreKeywordsIsToldSo() throws IOException {
        for (var from = 0; from < Folder.MOST_KEYWORDS; from += Flags.MOST_KEYWORDS) {
            var said = client.ask("c STORE 1 FLAGS (" + IntStream.range(from, from + Flags.MOST_KEYWORDS)
                    .mapToObj(i -> "k" + i).collect(Collectors.joining(" ")) + ")");
            var permanent = said.lines().filter(line -> line.contains("PERMANENTFLAGS")).findFirst().orElseThrow();
            assertEquals(from + Flags.MOST_KEYWORDS < Folder.MOST_KEYWORDS, permanent.contains("\\*"), permanent);
        }
        assertTrue(client.ask("d STORE 1 FLAGS (one-more)").contains("d NO [LIMIT] "));
        assertFalse(client.ask("e SELECT INBOX").contains("\\*"));
        assertTrue(client.ask("f STORE 1 FLAGS (k7)").contains("f OK "));
    }

    @Test
    void messagesWithTheSameFlagsShareThem() throws IOException {
        client.ask("c STORE 1:* +FLAGS (work)");
        client.ask("d STORE 1:* +FLAGS (\\Seen Work)");
        var messages = server.store().state().account("alice").orElseThrow().inbox().messages();
        assertEquals(Flags.of("\\Seen", "work"), messages.get(1L).flags());
        assertSame(messages.get(1L).flags(), messages.get(2L).flags());
    }
}
