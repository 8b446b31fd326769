package dev.mailscope.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Summary;

class NewMessageTest {
    private static final ZonedDateTime DATE = ZonedDateTime.of(2026, 3, 1, 9, 5, 7, 0, ZoneOffset.ofHours(1));

    @Test
    void plainTextStaysAsItIs() {
        var text = text(new NewMessage("Friend <friend@example.org>", "alice@example.org", "News", "One\ntwo"));
        assertTrue(text.startsWith("From: Friend <friend@example.org>\r\nTo: alice@example.org\r\nSubject: News\r\n"
                + "Date: Sun, 1 Mar 2026 09:05:07 +0100\r\nMessage-ID: <"), text);
        assertTrue(text.endsWith("Content-Transfer-Encoding: 7bit\r\n\r\nOne\r\ntwo\r\n"), text);
    }

    @Test
    void everyLineEndsWithCrLfAndIsShortEnough() {
        var text = text(new NewMessage("a@example.org", "b@example.org", "Grüße ".repeat(300), "x".repeat(5_000)))
                + text(new NewMessage("a@example.org", "b@example.org", "short", "one\ntwo\r\nthree"));
        assertEquals(text.replace("\r\n", "").indexOf('\n'), -1);
        assertTrue(text.lines().allMatch(line -> line.length() <= 998), text);
        assertTrue(text.chars().allMatch(c -> c < 127));
    }

    @Test
    void whatIsNotAsciiIsReadBackAsItWasTyped() {
        var octets = new NewMessage("Jürgen <j@example.org>", "alice@example.org",
                "Grüße aus Köln 🌍 und von weiter her", "Schöne Grüße\n").toOctets(DATE);
        var summary = Summary.of(octets);
        assertEquals("Grüße aus Köln 🌍 und von weiter her", summary.subject());
        assertEquals("Jürgen", summary.sender());
        var text = new String(octets, StandardCharsets.US_ASCII);
        var body = text.substring(text.indexOf("\r\n\r\n") + 4);
        assertEquals("Schöne Grüße\r\n", new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8));
    }

    @Test
    void twoMessagesHaveTwoIds() {
        var message = new NewMessage("a@example.org", "b@example.org", "", "");
        assertFalse(text(message).equals(text(message)));
    }

    @Test
    void aLineBreakCannotSmuggleAHeaderIn() {
        assertFalse(NewMessage.isAddress("a@example.org\r\nBcc: x@example.org"));
        var text = text(new NewMessage("a@example.org", "b@example.org", "one\r\nBcc: x@example.org", ""));
        assertFalse(text.contains("\nBcc:"), text);
    }

    @Test
    void addressesAreRecognised() {
        assertTrue(NewMessage.isAddress("friend@example.org"));
        assertTrue(NewMessage.isAddress("Friend of Mine <friend@example.org>"));
        assertFalse(NewMessage.isAddress("friend"));
        assertFalse(NewMessage.isAddress("Friend friend@example.org"));
        assertFalse(NewMessage.isAddress(""));
    }

    private static String text(NewMessage message) {
        return new String(message.toOctets(DATE), StandardCharsets.ISO_8859_1);
    }
}
