package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

    @Test
    void plainTextIsDecodedAndItsWhiteSpaceCollapsed() {
        assertPreview("Hello, world", "\r\n \r\n\tHello,\u00a0 \r\n world \0\r\n");
        assertPreview("caf\u00e9", "Content-Transfer-Encoding: quoted-printable\r\n"
                + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf=\r\n=E9");
        assertPreview("Hello", "Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8K");
        assertPreview("<b>&amp;", "\r\n<b>&amp;");
        assertPreview("", "");
        assertPreview("", "Content-Type: image/png\r\n\r\nx");
    }

    @Test
    void itsEndNeverPartsACharacter() {
        var clef = "\ud834\udd1e";
        assertPreview("x".repeat(200), "\r\n" + "x".repeat(300));
        assertPreview("x".repeat(199) + clef, "\r\n" + "x".repeat(199) + clef + "y");
        assertPreview(clef.repeat(200), "\r\n" + clef.repeat(201));
        assertPreview("x".repeat(200), "\r\n" + "x".repeat(200) + clef);
        assertPreview("x ".repeat(99) + "x", "\r\n" + "x ".repeat(99) + "x\r\n");
        assertPreview(clef.repeat(200), "Content-Type: text/html\r\n\r\n" + "&#x1D11E;".repeat(201));
    }

    @Test
    void plainTextComesBeforeHtmlAndNothingIsTakenFromElsewhere() {
        var html = "--b\r\nContent-Type: text/html\r\n\r\n<p>html\r\n";
        var plain = "--b\r\n\r\nplain\r\n";
        var attached = "--b\r\nContent-Disposition: Attachment\r\n\r\nattached\r\n";
        var enclosed = "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nenclosed\r\n";
        var blank = "--b\r\n\r\n \r\n";
        var other = "--b\r\nContent-Type: text/css\r\n\r\nb {}\r\n";
        assertPreview("plain", MIXED + enclosed + attached + other + html + plain + "--b--\r\n");
        assertPreview("html", MIXED + blank + html + "--b--\r\n");
        assertPreview("", MIXED + enclosed + attached + other + blank + "--b--\r\n");
    }

    @Test
    void markupIsLeftOut() {
        assertHtml("Hello, you", "<html><head><title>T</title><style>b {}</style></head><body><p>He<b>ll</b>o,<br>you");
        assertHtml("a b", "a<script>if (x </y> 1) { '</scripty>' }</SCRIPT >b");
        assertHtml("ab", "a<!-- > -- --->b");
        assertHtml("a b", "a <!-->b");
        assertHtml("a b", "a <!DOCTYPE html><?xml?>b");
        assertHtml("b", "<img alt = '>' src=\">\" \">b");
        assertHtml("a < b <3 c", "a < b <3 c");
        assertHtml("a b", "a<title-bar>b</title-bar>");
        assertHtml("a", "a<p title=\"b");
        assertHtml("a", "a<style>b");
    }

    @Test
    void referencesAreDecoded() {
        assertHtml("<&>\"' \u00e9\u00c9\u20ac\u2026", "&lt;&AMP;&gt&quot;&apos;&nbsp;&eacute;&Eacute;&euro;&hellip;");
        assertHtml("A\u00e4\ud834\udd1e\u2019", "&#65;&#xE4;&#X1d11e;&#146;");
        assertHtml("\ufffd\ufffd\ufffd\ufffd", "&#0;&#xD800;&#x110000;&#99999999999999999999;");
        assertHtml("&unknown; & &# &#x; &#;", "&unknown; & &# &#x; &#;");
    }

    @Test
    void hostileHtmlTakesLinearTime() {
        for (var piece : new String[] {"<", "<!--", "<!-- --", "&", "&#", "&#9", "<a b=\"", "<script>", "<script></",
                "</", "<p ", "</script", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "<p>", " "}) {
            var html = "Content-Type: text/html\r\n\r\n" + piece.repeat(400_000);
            assertTimeout(Duration.ofSeconds(5), () -> preview(html), piece);
        }
    }

    private static void assertHtml(String expected, String html) {
        assertPreview(expected, "Content-Type: text/html; charset=utf-8\r\n\r\n" + html);
    }

    private static void assertPreview(String expected, String message) {
        assertEquals(expected, preview(message));
    }

    private static String preview(String message) {
        var octets = message.getBytes(StandardCharsets.UTF_8);
        return Preview.of(MessageOctets.of(octets), MimePart.parse(octets));
    }
}
