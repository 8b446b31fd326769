package dev.mailscope.server.imap.command;

/** What the client puts before a command to recognise the answer (RFC 3501 section 2.2.1). */
public record Tag(String text) {
    // tag = 1*<any ASTRING-CHAR except "+">
    /** Refuses what is no tag. */
    public Tag {
        if (text.isEmpty() || !text.chars().allMatch(OctetClass::isTag)) {
            throw new IllegalArgumentException("not a tag");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
