package dev.mailscope.ui.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;

/**
 * A message to be delivered, as its author typed it.
 *
 * @param from    the sender: an address, or a name and an address in angle brackets
 * @param to      the address it is for
 * @param subject one line
 * @param body    text of any number of lines
 */
record NewMessage(String from, String to, String subject, String body) {
    private static final String CRLF = "\r\n";
    private static final int MAX_LINE = 998;
    // 45 octets are 60 characters of base64: with what stands around them less than the 75 of RFC 2047 section 2.
    private static final int WORD = 45;

    /** True when the sender is an address that a header can hold. */
    static boolean isAddress(String text) {
        return text.strip().matches("([^<>\\p{Cntrl}]*<[^<>@\\s\\p{Cntrl}]+@[^<>@\\s\\p{Cntrl}]+>)"
                + "|([^<>@,;:\\s\\p{Cntrl}]+@[^<>@,;:\\s\\p{Cntrl}]+)");
    }

    /** The message as octets, valid by RFC 5322, with Date and Message-ID. */
    byte[] toOctets(ZonedDateTime date) {
        var plain = isPlain(body);
        var head = "From: " + address(from.strip()) + CRLF
                + "To: " + address(to) + CRLF
                + "Subject: " + words(subject) + CRLF
                + "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(date) + CRLF
                + "Message-ID: <" + UUID.randomUUID() + "@mailscope.invalid>" + CRLF
                + "MIME-Version: 1.0" + CRLF
                + "Content-Type: text/plain; charset=" + (plain ? "us-ascii" : "utf-8") + CRLF
                + "Content-Transfer-Encoding: " + (plain ? "7bit" : "base64") + CRLF
                + CRLF;
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        var lines = String.join(CRLF, body.lines().toList()) + CRLF;
        out.writeBytes(plain ? lines.getBytes(StandardCharsets.US_ASCII)
                : Base64.getMimeEncoder().encode(lines.getBytes(StandardCharsets.UTF_8)));
        if (!plain) {
            out.writeBytes(CRLF.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static boolean isPlain(String text) {
        return text.lines().allMatch(line -> line.length() <= MAX_LINE && isAscii(line));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c == '\t' || c >= 0x20 && c < 0x7F);
    }

    private static String address(String text) {
        var angle = text.indexOf('<');
        if (angle <= 0) {
            return text;
        }
        var name = text.substring(0, angle).strip();
        var address = text.substring(angle);
        if (name.isEmpty() || name.matches("[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")) {
            return (name + " " + address).strip();
        }
        if (!isAscii(name)) {
            return words(name) + " " + address;
        }
        return name.startsWith("\"") && name.endsWith("\"") && name.length() > 1 ? name + " " + address
                : "\"" + name.replaceAll("[\\\\\"]", "\\\\$0") + "\" " + address;
    }

    /** Text for a header: encoded words (RFC 2047) when it is not ASCII, or too long for a line. */
    private static String words(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (isAscii(line) && line.length() < MAX_LINE - 20) {
            return line;
        }
        var words = new StringBuilder();
        var part = new ByteArrayOutputStream();
        for (var character : line.codePoints().mapToObj(Character::toString).toList()) {
            var octets = character.getBytes(StandardCharsets.UTF_8);
            if (part.size() + octets.length > WORD) {
                words.append(word(part)).append(CRLF).append(' ');
                part.reset();
            }
            part.writeBytes(octets);
        }
        return words.append(word(part)).toString();
    }

    private static String word(ByteArrayOutputStream octets) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets.toByteArray()) + "?=";
    }
}
