package dev.mailscope.server.imap.command;

import java.util.List;
import java.util.Objects;

import dev.mailscope.server.message.Content;

/** Where the octets of a message that is appended come from: {@code append-data} (RFC 4466 section 2.7). */
public sealed interface AppendData {
    /** What a message can be catenated of: {@code cat-part} (RFC 4469 section 5). */
    sealed interface Part {
    }

    /**
     * The client sends them in a literal.
     *
     * @param utf8 true when the client says so that there is UTF-8 in a header (RFC 6855 section 4)
     */
    record Text(Content content, boolean utf8) implements AppendData, Part {
        /** Refuses a text without content. */
        public Text {
            Objects.requireNonNull(content);
        }
    }

    /**
     * They are those of a message, or of a part of one, that is here already.
     *
     * @param text the URL as the client wrote it, one character for each octet; {@link ImapUrl} reads it
     */
    record Url(String text) implements Part {
        /** Refuses a URL without text. */
        public Url {
            Objects.requireNonNull(text);
        }
    }

    /**
     * They come from several places, one after the other (RFC 4469 section 3).
     *
     * @param parts at least one
     */
    record Catenate(List<Part> parts) implements AppendData {
        /** Keeps its own copy of the parts. */
        public Catenate {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a message is catenated of one part at least");
            }
        }
    }

    /** True when the client says of any of it that there is UTF-8 in a header. */
    default boolean saysUtf8() {
        return switch (this) {
            case Text(var content, var utf8) -> utf8;
            case Catenate(var parts) -> parts.stream().anyMatch(part -> part instanceof Text text && text.utf8());
        };
    }
}
