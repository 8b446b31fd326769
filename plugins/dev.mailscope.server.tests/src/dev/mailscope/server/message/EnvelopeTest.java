package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static Envelope envelope(String header) {
        return Envelope.of(Header.of(header.replace("\n", "\r\n").getBytes(ISO_8859_1)));
    }

    @Test
    void senderAndReplyToAreFromUnlessTheyAreGiven() {
        final Envelope without = envelope("From: a@b.c\nSender:\nReply-To: ,\n");
        assertEquals(List.of(new Address(null, null, "a", "b.c")), without.sender());
        assertEquals(without.from(), without.replyTo());
        final Envelope with = envelope("From: a@b.c\nSender: S <s@b.c>\nReply-To: r@b.c\n");
        assertEquals(List.of(new Address("S", null, "s", "b.c")), with.sender());
        assertEquals(List.of(new Address(null, null, "r", "b.c")), with.replyTo());
    }

    @Test
    void missingTextIsNotEmptyText() {
        final Envelope envelope = envelope("Subject:\nMessage-ID: \n");
        assertEquals("", envelope.subject());
        assertEquals("", envelope.messageId());
        assertNull(envelope.date());
        assertNull(envelope.inReplyTo());
        assertEquals(List.of(), envelope.from());
    }

    @Test
    void displayNameIsDecodedOnlyForDisplay() {
        final Address address = Address.parse("=?utf-8?Q?J=C3=B6rg?= <j@b.c>").getFirst();
        assertEquals("=?utf-8?Q?J=C3=B6rg?=", address.name());
        assertEquals("J\u00f6rg", address.display());
        assertEquals("a@b.c", Address.parse("a@b.c").getFirst().display());
        assertEquals("root", Address.parse("root").getFirst().display());
    }

    @Test
    void groupHasMarksAroundItsMembers() {
        final List<Address> list = Address.parse("G: a@b.c, D <d@e.f>; x@y.z");
        assertTrue(list.get(0).isGroupStart());
        assertTrue(list.get(3).isGroupEnd());
        assertEquals("x", list.get(4).mailbox());
        assertTrue(Address.parse("G: a@b.c").getLast().isGroupEnd(), "a group that is not closed ends with the list");
        assertEquals("G", list.getFirst().display());
    }

    @Test
    void hostileAddressListsEndSoon() {
        for (final String piece : List.of("(", "\"", "<", "@", ":", ";", ",", "\\", "[", "a:", "a@", "a ", "<@a",
                "((a)", "a\"b\"", "G:a@b;", "a.b@c ", "<<>", "(\\", "@[\\")) {
            final String hostile = piece.repeat(300_000);
            final List<Address> list = assertTimeout(Duration.ofSeconds(30), () -> Address.parse(hostile), piece);
            assertTrue(list.size() <= 10_004, piece + " " + list.size());
        }
    }
}
