package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Message IDs (RFC 5322 section 3.6.4) in their normalised form: without angle brackets, quoting, comments and white
 * space, so that two ways to write the same one are equal (RFC 5256 section 3). Case matters.
 */
final class MessageId {
    private MessageId() {
    }

    /** All valid ones of a field's value, an octet string, in their order; whatever stands between them is ignored. */
    static List<String> all(String value) {
        final var ids = new ArrayList<String>();
        final var field = new FieldReader(value);
        field.skipUntil("<");
        while (!field.atEnd()) {
            field.skip('<');
            final String id = read(field);
            if (id != null) {
                ids.add(id);
            }
            field.skipUntil("<");
        }
        return ids;
    }

    /** {@code msg-id = "<" id-left "@" id-right ">"} behind its opening bracket; null where it is none. */
    private static String read(FieldReader field) {
        final String left = words(field, "<>@\"(");
        if (left.isEmpty() || !field.skip('@')) {
            return null;
        }
        final String right = words(field, "<>\"(");
        return right.isEmpty() || !field.skip('>') ? null : left + '@' + right;
    }

    private static String words(FieldReader field, String stops) {
        final var words = new StringBuilder();
        String word;
        do {
            field.skipCfws();
            word = field.peek() == '"' && !field.atEnd() ? field.quotedString() : field.runUntil(stops);
            words.append(word);
        } while (!word.isEmpty());
        return words.toString();
    }
}
