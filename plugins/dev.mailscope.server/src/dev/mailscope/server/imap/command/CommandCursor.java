package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.message.Range;

/**
 * A place in a command that is being read: which octet comes next, across its lines and literals; what of it is secret;
 * and what is wrong there. It knows no grammar but line ends and single spaces.
 */
abstract sealed class CommandCursor permits CommandReader {
    private static final int NO_OCTET = -1;

    /** The octets of the line, from one literal to the next. */
    byte[] text = {};
    /** The next octet in them. */
    int at;
    /** Where in the command they begin. */
    int base;

    private final RawCommand raw;
    private int part;
    private int hiddenFrom = -1;
    private final List<Range> secrets = new ArrayList<>(0);

    /** At the first octet of that command. */
    CommandCursor(RawCommand raw) {
        this.raw = raw;
        if (!raw.parts().isEmpty() && raw.parts().getFirst() instanceof RawCommand.Text first) {
            text = first.octets();
        }
    }

    /** Where in the command the next octet is. */
    int offset() {
        return base + at;
    }

    /** The next octet, or a negative number where there is none. */
    int peek() {
        return at < text.length ? text[at] & 0xFF : NO_OCTET;
    }

    /** Goes past the next octet if it is that one. */
    boolean skip(char octet) {
        if (peek() == octet) {
            at++;
            return true;
        }
        return false;
    }

    /** Goes past the next octet, which must be that one. */
    void require(char octet, String expected) {
        if (!skip(octet)) {
            throw expected(expected);
        }
    }

    /** Goes past exactly one space. */
    void space(String expected) {
        if (!skip(' ')) {
            throw expected("a space and " + expected);
        }
        if (peek() == ' ') {
            throw expected("exactly one space and " + expected);
        }
    }

    /** Goes back to where a word of the same line began. */
    void back(int offset) {
        at = offset - base;
    }

    /** True when the line ends here. */
    boolean atLineEnd() {
        var c = peek();
        return c == NO_OCTET || c == '\n' || c == '\r' && at + 1 < text.length && text[at + 1] == '\n';
    }

    /** Goes past the end of the command. */
    void end() {
        if (!atLineEnd()) {
            throw expected("the end of the command");
        }
        skip('\r');
        if (!skip('\n')) {
            throw expected("the end of the line");
        }
        if (offset() != raw.length()) {
            throw new SyntaxError("expected the end of the command, found more behind the line", offset(), 0);
        }
    }

    /** Goes past the literal that follows the line, which must have that size. */
    RawCommand.Literal nextLiteral(long size) {
        if (part + 1 >= raw.parts().size()) {
            throw new SyntaxError("expected a literal, found the end", raw.length(), 0);
        }
        if (!(raw.parts().get(part + 1) instanceof RawCommand.Literal literal) || literal.length() != size) {
            throw new SyntaxError("expected a literal of the announced size, found the end", raw.length(), 0);
        }
        nextText();
        return literal;
    }

    /** Until further notice all from here on is secret, however the parsing ends. */
    void hideFromHere() {
        hiddenFrom = offset();
    }

    /** What was to be hidden turned out to be only this. */
    void hideOnly(Range range) {
        hiddenFrom = -1;
        if (range.length() > 0) {
            secrets.add(range);
        }
    }

    /** All that is secret in what was read so far. */
    List<Range> secrets() {
        if (hiddenFrom < 0 || hiddenFrom >= contentEnd()) {
            return List.copyOf(secrets);
        }
        var all = new ArrayList<>(secrets);
        all.add(Range.between(hiddenFrom, contentEnd()));
        return all;
    }

    /** Where the command ends but for its last line end. */
    int contentEnd() {
        if (raw.parts().isEmpty() || !(raw.parts().getLast() instanceof RawCommand.Text last)) {
            return raw.length();
        }
        var end = last.length();
        if (end > 0 && last.octets()[end - 1] == '\n') {
            end -= end > 1 && last.octets()[end - 2] == '\r' ? 2 : 1;
        }
        return last.offset() + end;
    }

    /** Something else was expected here; tells what. */
    SyntaxError expected(String what) {
        var length = 0;
        if (OctetClass.isAstring(peek())) {
            while (at + length < text.length && OctetClass.isAstring(text[at + length] & 0xFF)) {
                length++;
            }
        } else if (!atLineEnd()) {
            length = 1;
        }
        var found = atLineEnd() ? "the end of the line" : SyntaxError.describe(peek());
        return new SyntaxError("expected " + what + (what.endsWith(",") ? " found " : ", found ") + found, offset(),
                length);
    }

    /** Something else was expected where this word, already read, stands. */
    SyntaxError unexpectedWord(String expected, int from) {
        return new SyntaxError("expected " + expected + ", found another word", from, offset() - from);
    }

    private void nextText() {
        part += 2;
        if (part < raw.parts().size() && raw.parts().get(part) instanceof RawCommand.Text next) {
            text = next.octets();
            base = next.offset();
        } else {
            text = new byte[0];
            base = raw.length();
        }
        at = 0;
    }
}
