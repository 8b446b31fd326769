package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class HeaderTextTest {
    private static final String PARTS =
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Description: %s"
            + "\r\n\r\n%s\r\n--b--\r\n";

    @Test
    void aBodyMakesNoDifference() {
        assertEquals(HeaderText.ASCII, of("Subject: x\r\n\r\nx\r\n"));
        assertEquals(HeaderText.ASCII, of("Subject: x\r\n\r\n\u00fc\r\n"));
        assertEquals(HeaderText.ASCII, of(PARTS.formatted("x", "\u00fc")));
    }

    @Test
    void headersOfPartsCount() {
        assertEquals(HeaderText.UTF8, of("Subject: \u00c3\u00bc\r\n\r\nx\r\n"));
        assertEquals(HeaderText.UTF8, of(PARTS.formatted("\u00c3\u00bc", "x")));
        assertEquals(HeaderText.UNKNOWN, of(PARTS.formatted("\u00fc", "x")));
    }

    @Test
    void oneOctetThatIsNoUtf8IsEnough() {
        assertEquals(HeaderText.UNKNOWN, of("Subject: \u00fc\r\n\r\nx\r\n"));
        assertEquals(HeaderText.UNKNOWN, of("From: \u00fc\r\nSubject: \u00c3\u00bc\r\n\r\nx\r\n"));
    }

    private static HeaderText of(String octets) {
        return HeaderText.of(Content.of(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
