package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;

/** A mail that a damaged recording has lost is told as such wherever octets are shown, and is never sent. */
class LostMailTest {
    @Test
    void itIsShownInWordsAndRefusedWhereOctetsCount() {
        var lost = Content.stored("ab".repeat(32), 20, () -> {
            throw new UncheckedIOException(new IOException("damaged"));
        });
        var octets = new Octets.Builder().text("* 1 FETCH (BODY[] {20}\r\n").slice(lost, 0, 20).text(")\r\n")
                .toOctets();
        assertTrue(OctetText.hex(octets, 100).contains("7d 0d 0a  ?? ?? ??"), OctetText.hex(octets, 100));
        assertEquals("* 1 FETCH (BODY[] {20}\r\n" + Octets.LOST + ")\r\n",
                new String(octets.toBytes(), StandardCharsets.US_ASCII));
        assertEquals(30, octets.first(30).length);
        var refusal = assertThrows(IOException.class, () -> octets.writeTo(OutputStream.nullOutputStream()));
        assertEquals("damaged", refusal.getMessage());
    }
}
