package dev.mailscope.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** The mail that every server is filled with: made up, no two alike, the same in every run. */
final class Corpus {
    /** How many messages the large folder has. */
    static final int MANY = 10_000;
    /** How many messages of 1 MB there are. */
    static final int LARGE = 8;
    /** How many messages of 4 KB each INBOX has. */
    static final int INBOX = 100;

    private static final int MEGABYTE = 1 << 20;
    private static final int FOUR_KB = 4 << 10;
    private static final int LINE = 76;
    private static final String[] WORDS = ("the of server folder message and to sequence number in is a client that"
            + " mail session command with for answer flag it as literal was on be phase by are this or from expunge"
            + " at which not have state has one but were all their when there been will more no if other out so")
            .split(" ");

    private Corpus() {
    }

    /** A mail of the large folder, about 3 KB: two of three have an HTML alternative, one of four an attachment. */
    static byte[] mail(int number) {
        var random = new Random(number);
        var text = new StringBuilder(4_096);
        var html = number % 3 > 0;
        var attachment = number % 4 == 0;
        head(text, random, number);
        if (attachment) {
            text.append("Content-Type: multipart/mixed; boundary=\"mixed\"\r\n\r\n--mixed\r\n");
        }
        if (html) {
            text.append("Content-Type: multipart/alternative; boundary=\"two\"\r\n\r\n--two\r\n");
        }
        text.append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        words(text, random, 700);
        text.append("Gr=C3=BC=C3=9Fe, needle").append(number % 1_000).append("=\r\nhere\r\n");
        if (html) {
            text.append("\r\n--two\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>\r\n");
            words(text, random, 900);
            text.append("</p></body></html>\r\n\r\n--two--\r\n");
        }
        if (attachment) {
            text.append("\r\n--mixed\r\nContent-Type: application/octet-stream; name=\"data").append(number)
                    .append(".bin\"\r\nContent-Transfer-Encoding: base64\r\n"
                            + "Content-Disposition: attachment; filename=\"data.bin\"\r\n\r\n");
            base64(text, random, 1_500);
            text.append("\r\n--mixed--\r\n");
        }
        return octets(text);
    }

    /** A mail of 1 MB with one attachment. */
    static byte[] large(int number) {
        var random = new Random(-1 - number);
        var text = new StringBuilder(MEGABYTE + 1_024);
        head(text, random, number);
        text.append("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        base64(text, random, (MEGABYTE - text.length()) / (LINE + 2) * (LINE / 4 * 3));
        return octets(text);
    }

    /** A plain mail of 4 KB. */
    static byte[] small(int number) {
        var random = new Random(number);
        var text = new StringBuilder(FOUR_KB + 128);
        head(text, random, number);
        text.append("\r\n");
        words(text, random, FOUR_KB - text.length());
        return octets(text);
    }

    private static void head(StringBuilder text, Random random, int number) {
        text.append("Received: from relay.example ([192.0.2.").append(number % 250)
                .append("])\r\n\tby mx.example with ESMTP id ").append(Integer.toHexString(random.nextInt()))
                .append("; Thu, 1 Jan 2026 12:00:00 +0000\r\nDate: Thu, 1 Jan 2026 12:00:00 +0000\r\n")
                .append("From: \"Sender ").append(number % 97).append("\" <sender").append(number % 97)
                .append("@example.org>\r\nTo: Alice <alice@example.com>, bob@example.com\r\n")
                .append("Cc: =?utf-8?q?J=C3=BCrgen?= <juergen@example.net>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= ")
                .append(WORDS[random.nextInt(WORDS.length)]).append(' ').append(number).append("\r\nMessage-ID: <")
                .append(number).append('.').append(Integer.toHexString(random.nextInt()))
                .append("@example.org>\r\nIn-Reply-To: <").append(number / 2)
                .append("@example.org>\r\nMIME-Version: 1.0\r\n");
    }

    private static void words(StringBuilder text, Random random, int length) {
        var end = text.length() + length - 2;
        for (var line = 0; text.length() < end;) {
            var word = WORDS[random.nextInt(WORDS.length)];
            text.append(word).append(' ');
            line += word.length() + 1;
            if (line > LINE - 12) {
                text.append("\r\n");
                line = 0;
            }
        }
        text.append("\r\n");
    }

    private static void base64(StringBuilder text, Random random, int length) {
        var octets = new byte[length];
        random.nextBytes(octets);
        text.append(Base64.getMimeEncoder(LINE, new byte[] { '\r', '\n' }).encodeToString(octets)).append("\r\n");
    }

    private static byte[] octets(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
