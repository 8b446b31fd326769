package dev.mailscope.server.message;

/**
 * One field of a header as it stands in the message (RFC 5322 section 2.2).
 *
 * @param name  the field's name as written, without white space around it; empty for a line that has none
 * @param whole all octets of the field: name, colon, value, folded lines and the last line break
 * @param value the octets behind the colon, folds included, without the last line break
 */
public record HeaderField(String name, Range whole, Range value) {

    /** Field names are equal whatever their case. */
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
