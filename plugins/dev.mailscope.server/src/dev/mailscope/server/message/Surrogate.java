package dev.mailscope.server.message;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * The surrogate of a message with internationalized headers (RFC 6532), for a client that does not know them (RFC 6855
 * section 7, RFC 6856 section 2.1). Every header field that holds UTF-8, in the message and in its parts, is written
 * anew in ASCII; nothing else changes, to the octet:
 * <ul>
 * <li>display names and texts become encoded words (RFC 2047),</li>
 * <li>domains their ASCII form (RFC 3490), parameters the form of RFC 2231,</li>
 * <li>an address whose local part has no ASCII form becomes an empty group named after it, so that nobody answers to a
 * wrong one,</li>
 * <li>a field that allows no encoded word, such as Message-ID, is kept as text in a Downgraded- field,</li>
 * <li>a line that is no field, or whose name is not ASCII, becomes encoded words: nothing of a text that was sent
 * without a header may be lost.</li>
 * </ul>
 * Octets above 127 that are no UTF-8 belong to no internationalized header: they stay, as they always did.
 */
final class Surrogate {
    private static final Set<String> ADDRESSES = Set.of("from", "sender", "reply-to", "to", "cc", "bcc", "resent-from",
            "resent-sender", "resent-to", "resent-cc", "resent-bcc", "resent-reply-to", "disposition-notification-to",
            "return-receipt-to", "errors-to", "mail-followup-to", "mail-reply-to");
    private static final Set<String> PARAMETERS = Set.of("content-type", "content-disposition");
    private static final Set<String> STRUCTURED = Set.of("date", "message-id", "in-reply-to", "references", "received",
            "return-path", "resent-date", "resent-message-id", "mime-version", "content-id",
            "content-transfer-encoding", "content-language", "content-location", "dkim-signature", "list-id",
            "list-post", "list-unsubscribe", "authentication-results");
    // What a parameter's value is cut into, so that a folded line stays below 78 characters.
    private static final int SECTION = 50;

    private Surrogate() {
    }

    /** The surrogate; empty when the message has no internationalized header. */
    static Optional<Content> of(Content content) {
        final MessageOctets message = content.open();
        final var surrogate = new Composition();
        int from = 0;
        for (final Header header : headers(message)) {
            for (final HeaderField field : header) {
                if (isInternational(message.copy(field.whole()))) {
                    surrogate.add(content, Range.between(from, field.whole().offset()))
                            .add(downgraded(message, header, field));
                    from = field.whole().end();
                }
            }
        }
        return from == 0 ? Optional.empty()
                : Optional.of(surrogate.add(content, Range.between(from, content.size())).toContent());
    }

    /** The headers of the message and its parts, in their order. What can have no part is not taken apart. */
    static List<Header> headers(MessageOctets message) {
        final var own = Header.of(message);
        final boolean hasParts = own.all("Content-Type").stream().flatMap(value -> ContentType.parse(value).stream())
                .anyMatch(type -> type.is("multipart") || type.isMessage());
        return hasParts ? MimePart.parse(message).all().stream().map(part -> Header.of(message, part)).toList()
                : List.of(own);
    }

    /** The whole field in ASCII with its line break. */
    private static String downgraded(MessageOctets message, Header header, HeaderField field) {
        final String name = field.name();
        if (name.isEmpty() || !isAscii(name)) {
            final String text = new String(message.copy(field.whole()), StandardCharsets.UTF_8);
            return MimeUtil.fold(words(text.replaceAll("[\\r\\n]", "").strip(), 0), 0) + "\r\n";
        }
        final String value = header.value(field);
        final String kind = name.toLowerCase(Locale.ROOT);
        if (ADDRESSES.contains(kind)) {
            return line(name, addresses(Address.parse(value)));
        }
        if (PARAMETERS.contains(kind)) {
            return line(name, parameters(value));
        }
        final String written = STRUCTURED.contains(kind) ? "Downgraded-" + name : name;
        return line(written, words(DecodedText.of(value), written.length() + 2));
    }

    private static String line(String name, String value) {
        return MimeUtil.fold(name + ": " + value, 0) + "\r\n";
    }

    private static String addresses(List<Address> addresses) {
        final var entries = new ArrayList<String>();
        final var members = new ArrayList<String>();
        String group = null;
        for (final Address address : addresses) {
            if (address.isGroupStart()) {
                group = phrase(DecodedText.of(address.mailbox()));
            } else if (address.isGroupEnd()) {
                entries.add(group + ":" + String.join(", ", members) + ";");
                members.clear();
                group = null;
            } else if (group != null) {
                // A group holds no other: who has no address in ASCII is not named there.
                plain(address).ifPresent(plain -> members.add(mailbox(address, plain)));
            } else {
                entries.add(plain(address).map(plain -> mailbox(address, plain))
                        .orElseGet(() -> phrase(shown(address)) + ":;"));
            }
        }
        return String.join(", ", entries);
    }

    private static String mailbox(Address address, String plain) {
        return address.name() == null ? plain : phrase(DecodedText.of(address.name())) + " <" + plain + ">";
    }

    private static Optional<String> plain(Address address) {
        if (!isAscii(address.mailbox()) || address.mailbox().isEmpty()) {
            return Optional.empty();
        }
        final String local = EncoderUtil.encodeAddressLocalPart(address.mailbox());
        if (isAscii(address.host())) {
            return Optional.of(address.host().isEmpty() ? local : local + "@" + address.host());
        }
        try {
            return Optional.of(local + "@" + IDN.toASCII(DecodedText.of(address.host()), IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(Address address) {
        final String at = address.host().isEmpty() ? "" : "@" + DecodedText.of(address.host());
        final String plain = DecodedText.of(address.mailbox()) + at;
        return address.name() == null ? plain : (DecodedText.of(address.name()) + " " + plain).strip();
    }

    private static String phrase(String text) {
        return isAscii(text) ? EncoderUtil.encodeAddressDisplayName(text)
                : EncoderUtil.encodeEncodedWord(text, EncoderUtil.Usage.WORD_ENTITY, 0, StandardCharsets.UTF_8, null);
    }

    private static String words(String text, int used) {
        return EncoderUtil.encodeEncodedWord(text, EncoderUtil.Usage.TEXT_TOKEN, Math.min(used, 50),
                StandardCharsets.UTF_8, null);
    }

    /** {@code value *(";" attribute "=" value)}. */
    private static String parameters(String value) {
        final int end = value.indexOf(';') < 0 ? value.length() : value.indexOf(';');
        final var written = new StringBuilder();
        value.substring(0, end).strip().chars().filter(c -> c < 0x80).forEach(c -> written.append((char) c));
        final var field = new FieldReader(value);
        field.position(end);
        for (final Parameter parameter : Parameter.read(field)) {
            if (isAscii(parameter.name())) {
                parameter(parameter).forEach(it -> written.append("; ").append(it));
            }
        }
        return written.toString();
    }

    private static List<String> parameter(Parameter parameter) {
        if (isAscii(parameter.value())) {
            return List.of(parameter.name().endsWith("*") ? parameter.name() + "=" + parameter.value()
                    : EncoderUtil.encodeHeaderParameter(parameter.name(), parameter.value()));
        }
        final var sections = new ArrayList<String>();
        final var section = new StringBuilder("utf-8''");
        for (final byte octet : parameter.decoded().getBytes(StandardCharsets.UTF_8)) {
            if (section.length() > SECTION) {
                sections.add(section.toString());
                section.setLength(0);
            }
            section.append(isAttributeChar(octet) ? String.valueOf((char) octet)
                    : String.format(Locale.ROOT, "%%%02X", octet & 0xff));
        }
        sections.add(section.toString());
        final String name = parameter.name().endsWith("*")
                ? parameter.name().substring(0, parameter.name().length() - 1) : parameter.name();
        if (sections.size() == 1) {
            return List.of(name + "*=" + section);
        }
        for (int i = 0; i < sections.size(); i++) {
            sections.set(i, name + "*" + i + "*=" + sections.get(i));
        }
        return sections;
    }

    /** {@code attribute-char} of RFC 2231 section 7. */
    private static boolean isAttributeChar(byte octet) {
        return octet > ' ' && octet < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(octet) < 0;
    }

    private static boolean isInternational(byte[] octets) {
        boolean ascii = true;
        for (final byte octet : octets) {
            ascii &= octet >= 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return !ascii;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
