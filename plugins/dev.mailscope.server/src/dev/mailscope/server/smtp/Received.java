package dev.mailscope.server.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a message came, for the trace fields before it (RFC 5321 section 4.4).
 *
 * @param greeted  what the client called itself in EHLO or HELO
 * @param from     its address
 * @param protocol what RFC 3848 calls the protocol, such as ESMTPA
 */
record Received(String greeted, InetAddress from, String protocol) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z",
            Locale.ENGLISH);
    // Domain / address-literal; whatever else a client says has no place in a header.
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}_.-]{1,255}|\\[[A-Za-z0-9:.]{1,60}]");

    /** Return-Path and Received as they stand before the message. */
    byte[] fields(Deliveries.Envelope envelope, long id, OffsetDateTime date) {
        var literal = from instanceof Inet6Address ? "[IPv6:" + withoutScope() + "]" : "[" + withoutScope() + "]";
        var recipients = envelope.recipients();
        // One recipient must not learn of another.
        var fields = "Return-Path: <" + envelope.sender() + ">\r\n"
                + "Received: from " + (DOMAIN.matcher(greeted).matches() ? greeted : literal) + " (" + literal + ")\r\n"
                + "\tby " + SmtpListener.HOST + " (Mailscope) with " + protocol
                + " id " + id + "\r\n"
                + (recipients.size() == 1 ? "\tfor <" + recipients.getFirst() + ">;\r\n\t" : "\t; ")
                + DATE.format(date) + "\r\n";
        return fields.getBytes(StandardCharsets.UTF_8);
    }

    private String withoutScope() {
        return from.getHostAddress().replaceFirst("%.*", "");
    }
}
