package dev.mailscope.ui.session;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a line, as spaces separate it; what begins with a quotation mark goes up to the next one.
 *
 * @param start where it begins
 * @param end   where it has ended
 */
record Word(String text, int start, int end) {
    /** The words of a line in order. */
    static List<Word> of(String line) {
        var words = new ArrayList<Word>();
        var at = 0;
        while (at < line.length()) {
            var start = at;
            if (line.charAt(at) == '"') {
                at = endOfQuoted(line, at);
            }
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (at > start) {
                words.add(new Word(line.substring(start, at), start, at));
            } else {
                at++;
            }
        }
        return words;
    }

    /** Where the word after that one begins, or the line's length. */
    static int startAfter(List<Word> words, int index, String line) {
        return index + 1 < words.size() ? words.get(index + 1).start() : line.length();
    }

    // quoted = DQUOTE *QUOTED-CHAR DQUOTE (RFC 9051 section 9); a backslash quotes a quotation mark
    private static int endOfQuoted(String line, int from) {
        var at = from + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, line.length());
    }
}
