package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.FetchItem;
import dev.mailscope.server.imap.response.ResponseEncoder;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;

/** What is remembered of a message is what would be made of it anew, in each dialect. */
class DescribedTest {
    private static final String MAIL = "From: \"J\u00fcrgen\" <j@example.org>\r\nSubject: Gr\u00fc\u00dfe\r\n"
            + "Content-Type: message/global\r\n\r\nSubject: within\r\n\r\nhello\r\n";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void theSameAsMadeAnewInEachDialect() {
        var octets = MAIL.getBytes(StandardCharsets.UTF_8);
        var content = content(octets);
        var structure = BodyStructure.of(MessageOctets.of(octets), MimePart.parse(octets));
        for (var round = 0; round < 2; round++) {
            for (var dialect : Dialect.values()) {
                assertMade(new FetchItem.EnvelopeData(Envelope.of(Header.of(octets))), Described.ENVELOPE, content, dialect);
                assertMade(new FetchItem.Structure(structure, false), Described.BODY, content, dialect);
                assertMade(new FetchItem.Structure(structure, true), Described.BODYSTRUCTURE, content, dialect);
            }
        }
        assertEquals(3 * Dialect.values().length, asked.get(), "the octets are asked for once for each");
    }

    @Test
    void whatIsVeryLargeIsMadeAnewEachTime() {
        var content = content(("Subject: " + "x".repeat(10_000) + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII));
        Described.ENVELOPE.of(content, Dialect.REV1);
        Described.ENVELOPE.of(content, Dialect.REV1);
        assertEquals(2, asked.get());
    }

    private Content content(byte[] octets) {
        return Content.stored(Content.of(octets).id(), octets.length, () -> {
            asked.incrementAndGet();
            return octets;
        });
    }

    private static void assertMade(FetchItem expected, Described described, Content content, Dialect dialect) {
        assertArrayEquals(ResponseEncoder.encoded(expected, dialect),
                ((FetchItem.Made) described.of(content, dialect)).octets());
    }
}
