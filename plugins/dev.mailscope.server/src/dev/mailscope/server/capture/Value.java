package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A value in a response of an IMAP server. */
sealed interface Value {
    /** A word without quotes; a section in brackets belongs to it, spaces included. NIL is such a word. */
    record Atom(String text) implements Value {
        @Override
        public byte[] octets() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** A quoted string or a literal. Never change the octets. */
    record Text(byte[] octets) implements Value {
    }

    /** Values in parentheses. */
    record Group(List<Value> values) implements Value {
        @Override
        public byte[] octets() {
            return new byte[0];
        }
    }

    /** What it says, as octets; none for a group. */
    byte[] octets();

    /** What it says, one character for each octet. */
    default String word() {
        return new String(octets(), StandardCharsets.ISO_8859_1);
    }

    /** The values of a group; none for anything else. */
    default List<Value> members() {
        return this instanceof Group(var values) ? values : List.of();
    }

    /** The number it is; -1 when it is none. */
    default long number() {
        var word = word();
        if (word.isEmpty() || word.length() > 18) {
            return -1;
        }
        for (var i = 0; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(word);
    }
}
