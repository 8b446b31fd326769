package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Subject: Grüße                      | Subject: =?UTF-8?B?R3LDvMOfZQ==?=",
        "X-Note: Grüße                       | X-Note: =?UTF-8?B?R3LDvMOfZQ==?=",
        // Encoded words that are there already stay what they mean.
        "Subject: =?iso-8859-1?q?Gr=FC=DFe?= ü | Subject: =?UTF-8?B?R3LDvMOfZSDDvA==?=",
        "From: Zoë <zoe@example.org>         | From: =?UTF-8?B?Wm/Dqw==?= <zoe@example.org>",
        "To: a@exämple.org                   | To: a@xn--exmple-cua.org",
        "To: a@b, \"Müller, J.\" <j@b>         | To: a@b, =?UTF-8?B?TcO8bGxlciwgSi4=?= <j@b>",
        // Nobody can answer to an address that has no ASCII form.
        "From: zoë@example.org               | From: =?UTF-8?Q?zo=C3=AB=40example=2Eorg?=:;",
        "Cc: a@b, ü                          | Cc: a@b, =?UTF-8?B?w7w=?=:;",
        "To: Team: a@b, ü@b, Ö <c@d>; , e@f  | To: Team:a@b, =?UTF-8?B?w5Y=?= <c@d>;, e@f",
        "Message-ID: <ü@b>                   | Downgraded-Message-ID: =?UTF-8?B?PMO8QGI+?=",
        "Content-Type: text/plain; x=a; name=\"ü.txt\" | Content-Type: text/plain; x=a; name*=utf-8''%C3%BC.txt"})
    void aFieldIsWrittenAnewInAscii(String field, String expected) {
        assertEquals("A: b\r\n" + expected + "\r\nZ: z\r\n\r\nböody\r\n",
                surrogate("A: b\r\n" + field + "\r\nZ: z\r\n\r\nböody\r\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Sübject: x | =?UTF-8?Q?S=C3=BCbject:_x_folded?=",
        "kein Feld ü | =?UTF-8?Q?kein_Feld_=C3=BC_folded?="})
    void whatCanBeNoFieldBecomesEncodedWords(String line, String expected) {
        assertEquals("A: b\r\n" + expected + "\r\n\r\n", surrogate("A: b\r\n" + line + "\r\n folded\r\n\r\n"));
    }

    @Test
    void nothingIsLostOfATextThatWasSentWithoutHeader() {
        var text = "Grüße, ".repeat(40);
        var words = surrogate(text);
        assertTrue(words.lines().allMatch(line -> line.length() <= 78), words);
        assertEquals(text.strip(), DecodedText.of(words.replaceAll("\r\n", "")).strip());
    }

    @Test
    void headersOfPartsAndOfEnclosedMessagesAreWrittenAnewToo() {
        var before = "Content-Type: multipart/mixed; boundary=x\r\n\r\nü\r\n--x\r\nContent-Description: ü\r\n\r\nü\r\n"
                + "--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: ü\r\n\r\nü\r\n--x--\r\nSubject: ü\r\n";
        assertEquals(before.replace("Description: ü", "Description: =?UTF-8?B?w7w=?=")
                .replace("\r\n\r\nSubject: ü", "\r\n\r\nSubject: =?UTF-8?B?w7w=?="), surrogate(before));
    }

    @Test
    void aMessageWithoutInternationalizedHeaderIsItsOwnSurrogate() {
        for (var text : new String[] {"", "A: b\r\n\r\nc", "A: b\r\n\r\nü"}) {
            var content = Content.of(text.getBytes(StandardCharsets.UTF_8));
            assertSame(content, content.surrogate());
        }
        var latin = Content.of("Subject: ü\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertSame(latin, latin.surrogate());
    }

    @Test
    void aSurrogateIsMadeOnce() {
        var content = Content.of("Subject: ü\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertSame(content.surrogate(), content.surrogate());
    }

    @Test
    void anotherLibraryReadsTheSameTextsInIt() throws MessagingException {
        var name = "Ein sehr langer Dateiname mit Umlauten: äöüÄÖÜß, €, 😀, und noch viel mehr davon.txt";
        var subject = "Grüße an alle 😀, ".repeat(12) + "und das war es";
        var content = Content.of(("Subject: " + subject + "\r\nFrom: \"Ärger, Zoë \\\"Z\\\"\" <zoe@exämple.org>\r\n"
                + "Content-Type: text/plain\r\nContent-Disposition: attachment;\r\n filename=\"" + name
                + "\"\r\n\r\nx\r\n").getBytes(StandardCharsets.UTF_8));
        var octets = content.surrogate().octets();
        var header = new String(octets, StandardCharsets.ISO_8859_1).split("\r\n\r\n")[0];
        assertTrue(header.lines().allMatch(line -> line.length() <= 78), header);
        var message = new MimeMessage((Session) null, new ByteArrayInputStream(octets));
        assertEquals(subject, message.getSubject());
        var from = (InternetAddress) message.getFrom()[0];
        assertEquals("Ärger, Zoë \"Z\"", from.getPersonal());
        assertEquals("zoe@xn--exmple-cua.org", from.getAddress());
        assertEquals(name, DecodedText.fileName(MessageOctets.of(octets), MimePart.parse(octets)).orElseThrow());
    }

    @Test
    void anyOctetsHaveASurrogateWithoutUtf8InItsHeader() {
        var random = new Random(11);
        var words = new String[] {"From: ", "Subject: ", "Content-Type: ", "text/plain; ", "name=", "ü", "€", "😀", "\"",
            "<", ">", "@", ",", ";", ":", "(", ")", "\\", "=?utf-8?q?", "?=", "\r\n", "\n", " ", "\r\n ", "x", "a@b",
            "*0*=", "''", "\r\n\r\n", "multipart/mixed; boundary=x", "--x"};
        for (var round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(30); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]);
            }
            var content = Content.of(text.toString().getBytes(StandardCharsets.UTF_8));
            var surrogate = content.surrogate();
            assertSame(surrogate, surrogate.surrogate(), () -> "still international: " + text);
            var octets = surrogate.octets();
            assertTrue(Content.of(Header.of(octets).range().of(octets)).isAscii(), text::toString);
        }
    }

    private static String surrogate(String text) {
        return new String(Content.of(text.getBytes(StandardCharsets.UTF_8)).surrogate().octets(),
                StandardCharsets.UTF_8);
    }
}
