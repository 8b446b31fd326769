package dev.mailscope.server.imap.command;

import java.util.Objects;

import dev.mailscope.server.message.Content;

/** Where the octets of a message that is appended come from: {@code append-data} (RFC 4466 section 2.7). */
public sealed interface AppendData {
    /**
     * The client sends them in a literal.
     *
     * @param utf8 true when the client says so that there is UTF-8 in a header (RFC 6855 section 4)
     */
    record Text(Content content, boolean utf8) implements AppendData {
        /** Refuses a text without content. */
        public Text {
            Objects.requireNonNull(content);
        }
    }
}
