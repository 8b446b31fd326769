package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What BODYSTRUCTURE tells of a part (RFC 9051 section 7.5.2). Texts are octet strings as written; null is NIL, an
 * empty list NIL.
 */
public sealed interface BodyStructure {

    /** {@code body-type-basic}: neither text nor a message nor a multipart that is taken apart. */
    record Basic(String type, String subtype, Fields fields, Extension extension) implements BodyStructure {
    }

    /** {@code body-type-text}. The size in lines counts the line breaks of the body as it is encoded. */
    record Text(String type, String subtype, Fields fields, int lines, Extension extension) implements BodyStructure {
    }

    /**
     * {@code body-type-msg}: an enclosed message. The subtype is rfc822 or global (the latter is shown like this from
     * IMAP4rev2 on; before, as a basic type).
     */
    record Message(String type, String subtype, Fields fields, Envelope envelope, BodyStructure body, int lines,
            Extension extension) implements BodyStructure {
    }

    /** {@code body-type-mpart}; it has at least one part. Its MD5 is not shown. */
    record Multipart(List<BodyStructure> parts, String subtype, List<Parameter> parameters, Extension extension)
            implements BodyStructure {
    }

    /** {@code body-fields}; the size counts the octets of the body as it is encoded. */
    record Fields(List<Parameter> parameters, String id, String description, String encoding, int octets) {
    }

    /** {@code body-ext-1part}: what BODY leaves out. */
    record Extension(String md5, Disposition disposition, List<String> language, String location) {
    }

    /** {@code body-fld-dsp} (RFC 2183); the type is empty where only parameters are given. */
    record Disposition(String type, List<Parameter> parameters) {

        /** {@code disposition-type *(";" parameter)}. Empty where there is neither. */
        static Optional<Disposition> parse(String value) {
            final var field = new FieldReader(value);
            field.skipCfws();
            final int start = field.position();
            String type = field.peek() == '"' ? field.quotedString() : field.runUntil(";=(\"");
            field.skipCfws();
            if (field.peek() == '=') {
                type = "";
                field.position(start);
            } else {
                field.skipUntil(";");
            }
            final List<Parameter> parameters = Parameter.read(field);
            return type.isEmpty() && parameters.isEmpty() ? Optional.empty()
                    : Optional.of(new Disposition(type, parameters));
        }
    }

    /** The structure of a message or part, with all that lies in it. */
    static BodyStructure of(MessageOctets message, MimePart part) {
        final var header = BodyHeader.read(Header.of(message, part));
        final ContentType type = part.type();
        if (part.isMultipart()) {
            final var parts = new ArrayList<BodyStructure>();
            part.parts().forEach(child -> parts.add(of(message, child)));
            return new Multipart(List.copyOf(parts), type.subtype(), type.parameters(), header.extension());
        }
        final var fields = new Fields(type.parameters(), header.id(), header.description(), header.encoding(),
                part.body().length());
        if (part.message().isPresent()) {
            final MimePart enclosed = part.message().get();
            return new Message(type.type(), type.subtype(), fields, Envelope.of(Header.of(message, enclosed)),
                    of(message, enclosed), part.lines(), header.extension());
        }
        if (part.isOpaque()) {
            return new Basic("application", "octet-stream", fields, header.extension());
        }
        if (type.is("text")) {
            return new Text(type.type(), type.subtype(), fields, part.lines(), header.extension());
        }
        return new Basic(type.type(), type.subtype(), fields, header.extension());
    }

    /** The Content fields of a part's header, found in one pass; of several with one name, the first counts. */
    record BodyHeader(String id, String description, String encoding, Extension extension) {
        private static final int MAX_LANGUAGES = 100;

        static BodyHeader read(Header header) {
            String id = null;
            String description = null;
            String encoding = null;
            String md5 = null;
            Disposition disposition = null;
            List<String> language = List.of();
            String location = null;
            for (final HeaderField field : header) {
                if (!field.name().regionMatches(true, 0, "Content-", 0, 8)) {
                    continue;
                }
                switch (field.name().toLowerCase(Locale.ROOT)) {
                    case "content-id" -> id = first(id, header, field);
                    case "content-description" -> description = first(description, header, field);
                    case "content-transfer-encoding" -> encoding = first(encoding, header, field);
                    case "content-md5" -> md5 = first(md5, header, field);
                    case "content-location" -> location = first(location, header, field);
                    case "content-disposition" -> disposition = disposition != null ? disposition
                            : Disposition.parse(header.value(field)).orElse(null);
                    case "content-language" -> language = language.isEmpty() ? languages(header.value(field))
                            : language;
                    default -> {
                        // not in the structure
                    }
                }
            }
            return new BodyHeader(id, description, TransferEncoding.name(encoding),
                    new Extension(md5, disposition, language, location));
        }

        private static String first(String before, Header header, HeaderField field) {
            return before == null ? header.value(field) : before;
        }

        /** {@code Language-List = Language-Tag *("," Language-Tag)} (RFC 3282). */
        private static List<String> languages(String value) {
            final var field = new FieldReader(value);
            final var languages = new ArrayList<String>();
            while (!field.atEnd() && languages.size() < MAX_LANGUAGES) {
                field.skipCfws();
                final String language = field.runUntil(",;(\"");
                if (!language.isEmpty()) {
                    languages.add(language);
                }
                field.skipUntil(",");
                field.skip();
            }
            return List.copyOf(languages);
        }
    }
}
