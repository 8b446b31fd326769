package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** COMPRESS=DEFLATE (RFC 4978) over real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompressTest {
    private MailServer server;
    private WireClient client;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0));
        server.start();
        client = WireClient.connect(server.address("imap"));
        assertTrue(client.line().contains(" COMPRESS=DEFLATE "));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void everythingPassesCompressedFromTheNextOctetOn() throws IOException {
        compress();
        assertEquals("c BAD [COMPRESSIONACTIVE] DEFLATE is active already.", client.ask("c COMPRESS DEFLATE"));
        client.send("d SELECT INBOX\r\n");
        client.until("d OK");
        client.send("e FETCH 2 BODY.PEEK[]\r\n");
        var first = client.line();
        var size = Integer.parseInt(first.substring(first.indexOf('{') + 1, first.indexOf('}')));
        assertEquals(new String(server.trace().live().server().account("alice").orElseThrow().inbox().message(2)
                .content().octets(), StandardCharsets.ISO_8859_1), client.octets(size));
        client.until("e OK");
        var mail = "Subject: big\r\n\r\n" + "0123456789".repeat(100_000);
        client.send("f APPEND INBOX {" + mail.length() + "}\r\n");
        assertEquals("+ ready for " + mail.length() + " octets", client.line());
        client.send(mail + "\r\n");
        client.until("f OK");
        client.send("g LOGOUT\r\n");
        client.until("g OK");
        assertNull(client.line());
    }

    @Test
    void itIsCompressedWithinTls() throws IOException {
        client.ask("s STARTTLS");
        client.startTls(WireClient.trusting(server.certificate(), null));
        compress();
        assertEquals("c OK NOOP completed.", client.ask("c NOOP"));
        var kinds = events().stream().map(e -> e.what().kind()).toList();
        assertTrue(kinds.indexOf("tls") < kinds.indexOf("compression"));
    }

    @Test
    void newsComeAtOnceWhileIdle() throws IOException {
        compress();
        client.send("c SELECT INBOX\r\n");
        client.until("c OK");
        assertTrue(client.ask("d IDLE").startsWith("+ "));
        server.deliver("alice", "INBOX", "A: b\r\n\r\nc".getBytes(StandardCharsets.US_ASCII));
        assertEquals("* 4 EXISTS", client.line());
        client.send("DONE\r\n");
        client.until("d OK");
    }

    @Test
    void whatGrowsWithoutEndIsBounded() throws IOException {
        compress();
        // 64 MiB in some 64 KiB.
        var piece = "A".repeat(1 << 20);
        for (var i = 0; i < 64; i++) {
            client.send(piece);
        }
        assertTrue(client.line().startsWith("* BAD The command has more than 65536 octets"));
        assertEquals("c OK NOOP completed.", client.ask("\r\nc NOOP"));
    }

    @Test
    void whatIsNotCompressedEndsTheConnectionWithAReason() throws IOException {
        compress();
        client.sendRaw("c NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("* BYE [CLIENTBUG] What came is not compressed as RFC 1951 says: goodbye.", client.line());
        assertNull(client.line());
        assertTrue(closedReason().startsWith("what the client sent is not compressed as RFC 1951 says"),
                closedReason());
    }

    @Test
    void whatCameTooEarlyIsThrownAway() throws IOException {
        assertTrue(client.ask("a LOGIN alice secret").startsWith("a OK"));
        client.send("b COMPRESS DEFLATE\r\nc LOGOUT\r\n");
        assertEquals("b OK DEFLATE is active from here on.", client.line());
        client.startDeflate();
        assertEquals("d OK NOOP completed.", client.ask("d NOOP"));
        assertEquals(List.of("10 octets that came with this command, and too early, were thrown away unread"),
                events().stream().filter(e -> e.session() == 1 && e.what() instanceof What.Remark)
                        .map(e -> ((What.Remark) e.what()).text()).toList());
    }

    @Test
    void theServersFarewellIsCompressedToo() throws IOException {
        compress();
        // While the layer is just being begun nothing may be said, not even farewell.
        assertEquals("c OK NOOP completed.", client.ask("c NOOP"));
        server.stop();
        assertTrue(client.line().startsWith("* BYE "));
        assertNull(client.line());
    }

    private void compress() throws IOException {
        assertTrue(client.ask("a LOGIN alice secret").startsWith("a OK"));
        assertEquals("b OK DEFLATE is active from here on.", client.ask("b COMPRESS DEFLATE"));
        client.startDeflate();
    }

    private List<TraceEvent> events() {
        return server.trace().events(server.trace().first(), Integer.MAX_VALUE);
    }

    private String closedReason() {
        while (true) {
            for (var event : events()) {
                if (event.what() instanceof What.Closed(var reason)) {
                    return reason;
                }
            }
            Thread.onSpinWait();
        }
    }
}
