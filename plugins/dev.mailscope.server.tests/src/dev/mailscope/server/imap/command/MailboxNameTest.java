package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

class MailboxNameTest {
    private static final Map<String, String> KNOWN = Map.of(
            "INBOX", "INBOX",
            "", "",
            "R&-D", "R&D",
            "Entw&APw-rfe", "Entwürfe",
            "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語",
            "&Jjo-!", "☺!",
            "&U,BTF2XlZyyKng-", "台北日本語",
            "&2D3eAA-", "😀",
            "&AOk-&-&AOk-", "é&é",
            "a-&-b", "a-&b");

    @Test
    void knownNamesGoBothWays() throws MailboxName.Malformed {
        for (var known : KNOWN.entrySet()) {
            assertEquals(known.getValue(), MailboxName.decode(ascii(known.getKey()), Dialect.REV1));
            assertArrayEquals(ascii(known.getKey()), MailboxName.encode(known.getValue(), Dialect.REV1));
        }
    }

    @Test
    void malformedNamesAreRefusedWithThePlace() {
        assertMalformed("a&", 1);
        assertMalformed("a&AO", 1);
        assertMalformed("&Jjo!", 4);
        assertMalformed("&AO*-", 3);
        assertMalformed("&A-", 2);
        assertMalformed("&AOn-", 4);
        assertMalformed("&AOkA-", 5);
        assertMalformed("&AGE-", 3);
        assertMalformed("&AAo-", 3);
        assertMalformed("&2D0-", 4);
        assertMalformed("&3gA-", 3);
        assertMalformed("&2D0A6Q-", 6);
        assertMalformed("&U,BTFw-&ZeVnLIqe-", 8);
        assertMalformed("x&AOk-&AOk-", 6);
        assertMalformed("ab\u00e9", 2);
        assertMalformed("ab\tc", 2);
        assertMalformed("ab\u007f", 2);
    }

    @Test
    void randomNamesComeBack() throws MailboxName.Malformed {
        var random = new Random(2152);
        for (var round = 0; round < 5_000; round++) {
            var name = new StringBuilder();
            for (var i = random.nextInt(12); i > 0; i--) {
                var c = switch (random.nextInt(5)) {
                    case 0 -> '&';
                    case 1 -> '-';
                    case 2 -> ' ' + random.nextInt(95);
                    case 3 -> 0x80 + random.nextInt(0xD800 - 0x80);
                    default -> 0x10000 + random.nextInt(0x100000);
                };
                name.appendCodePoint(c);
            }
            for (var dialect : Dialect.values()) {
                var wire = MailboxName.encode(name.toString(), dialect);
                assertEquals(name.toString(), MailboxName.decode(wire, dialect));
            }
        }
    }

    @Test
    void whatIsAcceptedIsTheOneWayToWriteIt() {
        var random = new Random(7);
        var letters = "&-AOk,+Ja!é".toCharArray();
        var accepted = 0;
        for (var round = 0; round < 200_000; round++) {
            var wire = new byte[random.nextInt(9)];
            for (var i = 0; i < wire.length; i++) {
                wire[i] = (byte) letters[random.nextInt(letters.length)];
            }
            try {
                assertArrayEquals(wire, MailboxName.encode(MailboxName.decode(wire, Dialect.REV1), Dialect.REV1));
                accepted++;
            } catch (MailboxName.Malformed e) {
                assertEquals(true, e.position() >= 0 && e.position() < wire.length);
            }
        }
        assertEquals(true, accepted > 1_000);
    }

    @Test
    void utf8NamesAreStrictToo() {
        var e = assertThrows(MailboxName.Malformed.class,
                () -> MailboxName.decode(new byte[] {'a', (byte) 0xC3, 'b'}, Dialect.UTF8));
        assertEquals(1, e.position());
        assertThrows(MailboxName.Malformed.class, () -> MailboxName.decode(new byte[] {'a', 0}, Dialect.UTF8));
    }

    private static void assertMalformed(String wire, int position) {
        var e = assertThrows(MailboxName.Malformed.class, () -> MailboxName.decode(ascii(wire), Dialect.REV1), wire);
        assertEquals(position, e.position(), wire + ": " + e.getMessage());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
