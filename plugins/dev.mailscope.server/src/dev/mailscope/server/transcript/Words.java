package dev.mailscope.server.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the words of a line; one in quotes may have spaces in it. IllegalArgumentException says what is wrong.
 */
final class Words {
    private static final char QUOTE = '"';
    private static final char ESCAPE = '\\';

    private final String line;
    private int at;

    Words(String line) {
        this.line = line;
    }

    /** The next word. */
    String next(String what) {
        if (!hasNext()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (line.charAt(at) != QUOTE) {
            return plain();
        }
        var quoted = quoted();
        if (quoted.indexOf(ESCAPE) < 0) {
            return quoted;
        }
        var word = new StringBuilder(quoted.length());
        for (var i = 0; i < quoted.length(); i++) {
            word.append(quoted.charAt(quoted.charAt(i) == ESCAPE ? ++i : i));
        }
        return word.toString();
    }

    /** The next word when that is in quotes, without them, and with its escapes as they are; otherwise null. */
    String nextQuoted() {
        return hasNext() && line.charAt(at) == QUOTE ? quoted() : null;
    }

    /** Goes past the next word if it is that one. */
    boolean skip(String word) {
        if (!hasNext() || !line.startsWith(word, at)) {
            return false;
        }
        var end = at + word.length();
        var isWhole = end == line.length() || isSpace(line.charAt(end));
        at = isWhole ? end : at;
        return isWhole;
    }

    /** All that is left, spaces included. */
    String rest(String what) {
        if (!hasNext()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        var rest = line.substring(at);
        at = line.length();
        return rest;
    }

    /** The words that are left. */
    List<String> all() {
        var words = new ArrayList<String>();
        while (hasNext()) {
            words.add(next(""));
        }
        return words;
    }

    /** The next word, which is a number from 0. */
    long number(String what, long most) {
        return number(what, 0, most);
    }

    /** The next word, which is a number. */
    long number(String what, long least, long most) {
        var word = next(what);
        var number = word.matches("-?\\d{1,18}") ? Long.parseLong(word) : Long.MIN_VALUE;
        if (number < least || number > most) {
            throw new IllegalArgumentException(what + " is a number from " + least + " to " + most);
        }
        return number;
    }

    /** True when there is another word. */
    boolean hasNext() {
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
        return at < line.length();
    }

    /** There must be no other word. */
    void end() {
        if (hasNext()) {
            throw new IllegalArgumentException("there is something behind its end");
        }
    }

    private String plain() {
        var from = at;
        while (at < line.length() && !isSpace(line.charAt(at))) {
            at++;
        }
        return line.substring(from, at);
    }

    private String quoted() {
        for (var i = at + 1; i < line.length(); i++) {
            if (line.charAt(i) == ESCAPE) {
                i++;
            } else if (line.charAt(i) == QUOTE) {
                var inside = line.substring(at + 1, i);
                at = i + 1;
                return inside;
            }
        }
        throw new IllegalArgumentException("the quotes that begin at character " + (at + 1) + " of it do not end");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
