package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The envelope of a message (RFC 9051 section 7.5.2, ENVELOPE). Texts are unfolded octet strings, encoded words as
 * they are; null is NIL (no such field), the empty string an empty field. An empty list is NIL. Of several fields
 * where one is allowed the last counts, and the addresses of all are joined.
 *
 * @param sender  the From addresses where the header has none
 * @param replyTo the From addresses where the header has none
 */
public record Envelope(String date, String subject, List<Address> from, List<Address> sender, List<Address> replyTo,
        List<Address> to, List<Address> cc, List<Address> bcc, String inReplyTo, String messageId) {

    /** The envelope that a message's header gives. */
    public static Envelope of(Header header) {
        String date = null;
        String subject = null;
        String inReplyTo = null;
        String messageId = null;
        List<Address> from = List.of();
        List<Address> sender = List.of();
        List<Address> replyTo = List.of();
        List<Address> to = List.of();
        List<Address> cc = List.of();
        List<Address> bcc = List.of();
        for (final HeaderField field : header) {
            switch (field.name().toLowerCase(Locale.ROOT)) {
                case "date" -> date = header.value(field);
                case "subject" -> subject = header.value(field);
                case "in-reply-to" -> inReplyTo = header.value(field);
                case "message-id" -> messageId = header.value(field);
                case "from" -> from = join(from, header, field);
                case "sender" -> sender = join(sender, header, field);
                case "reply-to" -> replyTo = join(replyTo, header, field);
                case "to" -> to = join(to, header, field);
                case "cc" -> cc = join(cc, header, field);
                case "bcc" -> bcc = join(bcc, header, field);
                default -> {
                    // not in the envelope
                }
            }
        }
        return new Envelope(date, subject, from, sender.isEmpty() ? from : sender, replyTo.isEmpty() ? from : replyTo,
                to, cc, bcc, inReplyTo, messageId);
    }

    private static final int MAX_JOINED = 10_000;

    private static List<Address> join(List<Address> before, Header header, HeaderField field) {
        if (before.size() >= MAX_JOINED) {
            return before;
        }
        final List<Address> more = Address.parse(header.value(field));
        if (before.isEmpty()) {
            return more;
        }
        final var joined = new ArrayList<Address>(before);
        joined.addAll(more);
        return joined;
    }
}
