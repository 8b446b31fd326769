package dev.mailscope.server.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * The collation i;unicode-casemap (RFC 5051): upper and lower case are the same, and so are composed and decomposed
 * letters; what is left is ordered by its UTF-8 octets.
 */
final class UnicodeCasemap {
    private UnicodeCasemap() {
    }

    /** What a code point counts as (section 2): title case, then full decomposition. */
    static int[] fold(int c) {
        if (c < 0x80) {
            return new int[] {foldAscii(c)};
        }
        if (c >= 0x4e00 && c < 0x9fff) {
            return new int[] {c};
        }
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            return new int[] {c};
        }
        final String title = Character.toString(Character.toTitleCase(c));
        return Normalizer.normalize(title, Normalizer.Form.NFKD).codePoints().toArray();
    }

    static int foldAscii(int c) {
        return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    }

    /**
     * A string that is equal to that of another text, or before it, exactly where the texts are under the collation. It
     * holds one UTF-8 octet in each char, since UTF-16 would order what lies beyond U+FFFF wrongly.
     */
    static String key(String text) {
        final int[] folded = text.codePoints().flatMap(c -> Arrays.stream(fold(c))).toArray();
        return new String(new String(folded, 0, folded.length).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
    }
}
