package dev.mailscope.server.mailbox;

import java.text.Normalizer;
import java.util.Optional;

/**
 * SASLprep (RFC 4013): the one form in which user names and passwords are compared and hashed. Code points that
 * Unicode 3.2 did not know are allowed, in stored strings too: a password with an emoji works, and a client that
 * forbids it will not send it. Normalisation and directions are those of the Unicode that Java knows.
 */
public final class SaslPrep {
    // Pairs of the first and the last code point of a range, rising. RFC 3454, appendix C.1.2.
    private static final int[] SPACES = {0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200B, 0x202F, 0x202F, 0x205F, 0x205F,
        0x3000, 0x3000};
    // RFC 3454, appendix B.1.
    private static final int[] NOTHING = {0xAD, 0xAD, 0x34F, 0x34F, 0x1806, 0x1806, 0x180B, 0x180D, 0x200C, 0x200D,
        0x2060, 0x2060, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF};
    // RFC 3454, appendices C.2 to C.9; the last two code points of each plane are looked at apart.
    private static final int[] PROHIBITED = {0x00, 0x1F, 0x7F, 0x9F, 0x340, 0x341, 0x6DD, 0x6DD, 0x70F, 0x70F,
        0x180E, 0x180E, 0x200C, 0x200F, 0x2028, 0x202E, 0x2060, 0x2063, 0x206A, 0x206F, 0x2FF0, 0x2FFB,
        0xD800, 0xF8FF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFEFF, 0xFFF9, 0xFFFD, 0x1D173, 0x1D17A, 0xE0001, 0xE0001,
        0xE0020, 0xE007F, 0xF0000, 0x10FFFF};

    private SaslPrep() {
    }

    /** The prepared form; empty when the text holds what is prohibited, mixes directions, or nothing is left of it. */
    public static Optional<String> prepare(String text) {
        if (isPrepared(text)) {
            return Optional.of(text);
        }
        var mapped = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isIn(NOTHING, c)).map(c -> isIn(SPACES, c) ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        var prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        return prepared.isEmpty() || prepared.codePoints().anyMatch(SaslPrep::isProhibited) || mixesDirections(prepared)
                ? Optional.empty() : Optional.of(prepared);
    }

    /** True for what nearly all names and passwords are: ASCII that prints, and needs no tables. */
    private static boolean isPrepared(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isProhibited(int c) {
        return (c & 0xFFFE) == 0xFFFE || isIn(PROHIBITED, c);
    }

    /** RFC 3454 section 6: what is written from right to left must begin and end so, and hold nothing else. */
    private static boolean mixesDirections(String text) {
        return text.codePoints().anyMatch(SaslPrep::isRightToLeft)
                && (text.codePoints().anyMatch(c -> Character.getDirectionality(c)
                        == Character.DIRECTIONALITY_LEFT_TO_RIGHT)
                    || !isRightToLeft(text.codePointAt(0)) || !isRightToLeft(text.codePointBefore(text.length())));
    }

    private static boolean isRightToLeft(int c) {
        var direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isIn(int[] ranges, int c) {
        for (var i = 0; i < ranges.length && ranges[i] <= c; i += 2) {
            if (c <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
