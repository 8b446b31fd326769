package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class BinaryPartsTest {
    @Test
    void aBodyWithNulIsPutInBase64() {
        assertEncoded("Subject: x\r\nContent-Transfer-Encoding: base64\r\nX: y\r\n\r\nAEEA",
                "Subject: x\r\ncontent-transfer-encoding:\r\n BINARY\r\nX: y\r\n\r\n\0A\0");
        assertEncoded("Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\nAA0K", "Subject: x\r\n\r\n\0\r\n");
        assertEncoded("Content-Transfer-Encoding: base64\r\n\r\nAA==", "\r\n\0");
    }

    @Test
    void onlyThePartsThatNeedItChange() {
        var enclosed = "Content-Type: message/rfc822\n\nSubject: y\nContent-Transfer-Encoding: 8bit\n\n%s\n";
        var message = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: binary\n\n"
                + "--b\nContent-Transfer-Encoding: binary\n\nno\u00e4\n"
                + "--b\n\n%s\n--b\n" + enclosed + "--b--\n";
        assertEncoded(message.replace("\n\n%s\n--b\n", "\nContent-Transfer-Encoding: base64\r\n\nYQBi\n--b\n")
                .replace("Content-Transfer-Encoding: 8bit\n\n%s", "Content-Transfer-Encoding: base64\r\n\nAA=="),
                message.formatted("a\0b", "\0"));
    }

    @Test
    void aNulThatCannotBeEncodedIsRefused() {
        assertRefused("\0");
        assertRefused("Subject: \0\r\n\r\nx");
        assertRefused("Content-Transfer-Encoding: base64\r\n\r\nAA\0==");
        assertRefused("Content-Transfer-Encoding: quoted-printable\r\n\r\n\0");
        assertRefused("Content-Transfer-Encoding: x-other\r\n\r\n\0");
        assertRefused("Content-Type: multipart/mixed; boundary=b\r\n\r\n\0\r\n--b\r\n\r\nx\r\n--b--\r\n");
        assertRefused("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n\0");
        assertRefused("Content-Type: multipart/mixed; boundary=b\r\n\r\n\0");
    }

    private static void assertEncoded(String expected, String message) {
        assertEquals(expected, new String(BinaryParts.encoded(Content.of(octets(message))).orElseThrow().octets(),
                StandardCharsets.ISO_8859_1));
    }

    private static void assertRefused(String message) {
        assertTrue(BinaryParts.encoded(Content.of(octets(message))).isEmpty(), message);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
