package dev.mailscope.bench.clients;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import dev.mailscope.server.mailbox.Flags;

/** Mails that mail programs stumble over, and the one that is sent while they are not looking. */
final class OddMail {
    private static final int LARGE = 1_500_000; // octets before base64, which makes 2 MB of them

    private OddMail() {
    }

    /** What waits in the INBOX besides the sample mail. */
    static List<Mail> all() {
        return List.of(
                new Mail(eightBit(), Flags.NONE),
                new Mail(plain("raw", "Gr\u00FC\u00DFe im Kopf", "The subject is UTF-8 without any encoding.\r\n"),
                        Flags.SEEN),
                new Mail(nested(), Flags.of("\\Flagged", "\\Answered", "\\Seen")),
                new Mail(large(), Flags.NONE),
                new Mail(plain("dots", "Dots", ".\r\n..\r\n...\r\n.hidden\r\n\r\n.\r\n"),
                        Flags.of("$Forwarded", "work")),
                new Mail(plain("long", "A long line", "x".repeat(5_000) + "\r\n" + "y".repeat(998) + "\r\n"),
                        Flags.NONE),
                new Mail(plain("cut", "Cut off", "There is no line end after this"), Flags.DRAFT),
                new Mail(plain("nothing", "Nothing", ""), Flags.NONE));
    }

    /** A plain mail, in UTF-8. The id makes its Message-ID; it is one word. */
    static byte[] plain(String id, String subject, String body) {
        return (header(id, subject) + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private static String header(String id, String subject) {
        return "Return-Path: <odd@example.net>\r\n"
                + "Received: from mail.example.net ([192.0.2.7])\r\n"
                + "\tby mail.example.org; Tue, 03 Nov 2026 08:00:01 +0000\r\n"
                + "From: Odd <odd@example.net>\r\nTo: alice@example.org\r\nSubject: " + subject
                + "\r\nDate: Tue, 03 Nov 2026 08:00:00 +0000\r\nMessage-ID: <" + id + "@example.net>\r\n"
                + "MIME-Version: 1.0\r\n";
    }

    private static byte[] eightBit() {
        return (header("eight", "Eight bits") + "Content-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                + "Dr\u00FCben s\u00E4gt \u00D6rg\u00FCn \u00A7 5, \u00BD Tag lang.\r\n")
                .getBytes(Charset.forName("ISO-8859-1"));
    }

    private static byte[] nested() {
        return (header("nested", "Nested") + """
                Content-Type: multipart/mixed; boundary=outer

                Nobody reads this.
                --outer
                Content-Type: multipart/alternative; boundary="in ner"

                --in ner
                Content-Type: text/plain

                plain
                --in ner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>=C3=A4=
                </p>
                --in ner--
                --outer
                Content-Type: message/rfc822

                From: Inner <inner@example.net>
                Subject: Inside
                Content-Type: multipart/mixed; boundary=inside

                --inside

                no header
                --inside
                Content-Type: application/octet-stream;
                 name*0*=utf-8''a%20long%20;
                 name*1*=n%C3%A4me.bin
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment

                AAEC/v8=

                --inside--

                --outer--
                Nor this.
                """.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] large() {
        var octets = new byte[LARGE];
        new Random(7).nextBytes(octets);
        return (header("large", "Two megabytes") + "Content-Type: application/octet-stream; name=large.bin\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(octets) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
