package dev.mailscope.server.message;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A message in one line of a view, decoded.
 *
 * @param subject the subject; empty where there is none
 * @param sender  the first From address by name, else as an address; empty where there is none
 * @param sent    what its Date field says
 */
public record Summary(String subject, String sender, Optional<OffsetDateTime> sent) {

    /** Reads the header of a message only. */
    public static Summary of(byte[] message) {
        return of(Header.of(message));
    }

    /** The same. UncheckedIOException when it cannot be read. */
    public static Summary of(Content message) {
        return of(Header.of(message.open()));
    }

    /** The summary that a header gives. */
    public static Summary of(Header header) {
        final var envelope = Envelope.of(header);
        final String sender = envelope.from().stream()
                .filter(address -> !address.isGroupStart() && !address.isGroupEnd())
                .findFirst().map(Address::display).orElse("");
        return new Summary(envelope.subject() == null ? "" : DecodedText.of(envelope.subject()), sender,
                envelope.date() == null ? Optional.empty() : SentDate.parse(envelope.date()));
    }
}
