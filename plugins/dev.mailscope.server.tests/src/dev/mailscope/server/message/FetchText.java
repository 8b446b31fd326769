package dev.mailscope.server.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what this package finds in a message as IMAP would, on one line each, for comparison with known answers. */
final class FetchText {
    private static final List<String> FIELDS = List.of("Subject", "FROM", "Received");
    private static final List<Section> SECTIONS = sections();

    private FetchText() {
    }

    /** Envelope, body structure, and every section of a fixed list that the message has. */
    static List<String> lines(byte[] octets) {
        return lines(MessageOctets.of(octets));
    }

    /** The same. */
    static List<String> lines(MessageOctets octets) {
        final MimePart message = MimePart.parse(octets);
        final var lines = new ArrayList<String>();
        lines.add("ENVELOPE " + envelope(Envelope.of(Header.of(octets, message))));
        lines.add("BODYSTRUCTURE " + structure(BodyStructure.of(octets, message)));
        for (final Section section : SECTIONS) {
            final Optional<Excerpt> excerpt = section.of(octets, message);
            excerpt.ifPresent(it -> lines.add("BODY[" + section + "] " + string(it.octets(octets))));
        }
        return lines;
    }

    private static List<Section> sections() {
        final var sections = new ArrayList<Section>();
        sections.add(new Section(List.of(), Section.Text.HEADER));
        sections.add(new Section(List.of(), Section.Text.TEXT));
        sections.add(new Section(List.of(), Section.Text.HEADER_FIELDS, FIELDS));
        sections.add(new Section(List.of(), Section.Text.HEADER_FIELDS_NOT, FIELDS));
        for (final List<Integer> part : List.of(List.of(1), List.of(2), List.of(3), List.of(4), List.of(1, 1),
                List.of(1, 1, 1), List.of(1, 2), List.of(2, 1), List.of(2, 2), List.of(2, 2, 1), List.of(3, 1))) {
            for (final Section.Text text : List.of(Section.Text.ALL, Section.Text.MIME, Section.Text.HEADER,
                    Section.Text.TEXT)) {
                sections.add(new Section(part, text));
            }
            sections.add(new Section(part, Section.Text.HEADER_FIELDS, List.of("Subject")));
            sections.add(new Section(part, Section.Text.HEADER_FIELDS_NOT, List.of("Subject")));
        }
        return sections;
    }

    static String envelope(Envelope envelope) {
        return list(string(envelope.date()), string(envelope.subject()), addresses(envelope.from()),
                addresses(envelope.sender()), addresses(envelope.replyTo()), addresses(envelope.to()),
                addresses(envelope.cc()), addresses(envelope.bcc()), string(envelope.inReplyTo()),
                string(envelope.messageId()));
    }

    static String addresses(List<Address> addresses) {
        return addresses.isEmpty() ? "NIL" : list(addresses.stream().map(address -> list(string(address.name()),
                string(address.route()), string(address.mailbox()), string(address.host()))).toArray(String[]::new));
    }

    static String structure(BodyStructure structure) {
        return switch (structure) {
            case BodyStructure.Basic it -> list(string(it.type()), string(it.subtype()), fields(it.fields()),
                    string(it.extension().md5()), extension(it.extension()));
            case BodyStructure.Text it -> list(string(it.type()), string(it.subtype()), fields(it.fields()),
                    String.valueOf(it.lines()), string(it.extension().md5()), extension(it.extension()));
            case BodyStructure.Message it -> list(string(it.type()), string(it.subtype()), fields(it.fields()),
                    envelope(it.envelope()), structure(it.body()), String.valueOf(it.lines()),
                    string(it.extension().md5()), extension(it.extension()));
            case BodyStructure.Multipart it -> list(
                    String.join(" ", it.parts().stream().map(FetchText::structure).toList()), string(it.subtype()),
                    parameters(it.parameters()), extension(it.extension()));
        };
    }

    private static String fields(BodyStructure.Fields fields) {
        return String.join(" ", parameters(fields.parameters()), string(fields.id()), string(fields.description()),
                string(fields.encoding()), String.valueOf(fields.octets()));
    }

    private static String extension(BodyStructure.Extension extension) {
        final var disposition = extension.disposition();
        return String.join(" ",
                disposition == null ? "NIL" : list(string(disposition.type()), parameters(disposition.parameters())),
                extension.language().isEmpty() ? "NIL"
                        : list(extension.language().stream().map(FetchText::string).toArray(String[]::new)),
                string(extension.location()));
    }

    private static String parameters(List<Parameter> parameters) {
        return parameters.isEmpty() ? "NIL" : list(parameters.stream()
                .map(parameter -> string(parameter.name()) + " " + string(parameter.value())).toArray(String[]::new));
    }

    private static String list(String... items) {
        return "(" + String.join(" ", items) + ")";
    }

    private static String string(String octets) {
        return octets == null ? "NIL" : string(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String string(byte[] octets) {
        final var text = new StringBuilder("\"");
        for (final byte octet : octets) {
            switch (octet) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '"', '\\' -> text.append('\\').append((char) octet);
                default -> {
                    if (octet < ' ' || octet == 0x7f) {
                        text.append(String.format("\\x%02x", octet & 0xff));
                    } else {
                        text.append((char) octet);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
