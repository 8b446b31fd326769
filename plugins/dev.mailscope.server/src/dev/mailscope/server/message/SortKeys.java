package dev.mailscope.server.message;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What of a message's header it is sorted and threaded by (RFC 5256). Texts are keys of the collation i;unicode-casemap
 * (RFC 5051): to compare, not to show; what the header does not have is empty.
 *
 * @param sent        what the Date field says; empty where there is none that makes sense
 * @param subject     the base subject
 * @param reply       true when the subject is that of a reply or a forwarded message
 * @param cc          the addr-mailbox of the first Cc address
 * @param from        the addr-mailbox of the first From address
 * @param to          the addr-mailbox of the first To address
 * @param displayFrom how the first From address is displayed (RFC 5957 section 3)
 * @param displayTo   how the first To address is displayed
 * @param messageId   normalised; null where there is none that is valid
 * @param references  the messages this one goes back to, normalised, the nearest last
 */
public record SortKeys(Optional<OffsetDateTime> sent, String subject, boolean reply, String cc, String from, String to,
        String displayFrom, String displayTo, String messageId, List<String> references) {

    /** The keys that a header gives. */
    public static SortKeys of(Header header) {
        final var envelope = Envelope.of(header);
        final var subject = BaseSubject.of(envelope.subject() == null ? "" : envelope.subject());
        final List<String> ids = envelope.messageId() == null ? List.of() : MessageId.all(envelope.messageId());
        return new SortKeys(SentDate.of(header), UnicodeCasemap.key(subject.text()), subject.reply(),
                mailbox(envelope.cc()), mailbox(envelope.from()), mailbox(envelope.to()), display(envelope.from()),
                display(envelope.to()), ids.isEmpty() ? null : ids.getFirst(),
                TextList.of(references(header, envelope.inReplyTo())));
    }

    /** Those of References; of In-Reply-To only the first, since what else stands there may be anything. */
    private static List<String> references(Header header, String inReplyTo) {
        final List<String> references = header.all("References").stream()
                .flatMap(value -> MessageId.all(value).stream()).toList();
        return !references.isEmpty() || inReplyTo == null ? references
                : MessageId.all(inReplyTo).stream().limit(1).toList();
    }

    private static String mailbox(List<Address> addresses) {
        final String mailbox = addresses.isEmpty() ? null : addresses.getFirst().mailbox();
        return mailbox == null ? "" : UnicodeCasemap.key(DecodedText.plain(mailbox));
    }

    private static String display(List<Address> addresses) {
        if (addresses.isEmpty()) {
            return "";
        }
        final Address first = addresses.getFirst();
        final String name = first.name() == null ? "" : DecodedText.of(first.name());
        if (!name.isEmpty()) {
            return UnicodeCasemap.key(name);
        }
        return first.mailbox() == null || first.host() == null ? mailbox(addresses)
                : UnicodeCasemap.key(DecodedText.plain(first.mailbox() + '@' + first.host()));
    }
}
