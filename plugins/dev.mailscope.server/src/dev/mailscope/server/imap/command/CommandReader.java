package dev.mailscope.server.imap.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.mailscope.server.message.Range;

/**
 * Reads the words of a command one after the other (RFC 3501 section 9). Every method reads one thing of the grammar
 * or ends with a {@link SyntaxError} that says what was expected, what was found, and where.
 */
final class CommandReader extends CommandCursor {
    private final Dialect dialect;
    private int tokenOffset;
    private int tokenEnd;
    private boolean tokenQuoted;

    CommandReader(RawCommand raw, Dialect dialect) {
        super(raw);
        this.dialect = dialect;
    }

    // 1*(ALPHA / DIGIT / ".")
    /** A name in capitals; empty when there is none. */
    String word() {
        return take(Token.WORD).toUpperCase(Locale.ROOT);
    }

    /** An atom in capitals, as names of commands are written; empty when there is none. */
    String name() {
        return take(Token.ATOM).toUpperCase(Locale.ROOT);
    }

    // atom = 1*ATOM-CHAR
    String atom(String expected) {
        var atom = take(Token.ATOM);
        if (atom.isEmpty()) {
            throw expected(expected);
        }
        return atom;
    }

    // tag = 1*<any ASTRING-CHAR except "+">
    /** A tag; empty when there is none. */
    String tag() {
        return take(Token.TAG);
    }

    /** Base64 characters and what fills them up, unchecked; may be empty. */
    byte[] base64() {
        var from = at;
        while (OctetClass.isBase64(peek()) || peek() == '=') {
            at++;
        }
        return Arrays.copyOfRange(text, from, at);
    }

    // number = 1*DIGIT; nz-number = digit-nz *DIGIT
    /** A number from the smallest, which is 0 or 1, to 2^32-1. */
    long number(long smallest, String expected) {
        var from = at;
        var value = 0L;
        while (OctetClass.isDigit(peek())) {
            value = Math.min(value * 10 + text[at] - '0', 1L << 40);
            at++;
        }
        if (at == from) {
            throw expected(expected);
        }
        if (value < smallest || value > SequenceSet.LARGEST || smallest > 0 && text[from] == '0') {
            throw new SyntaxError("expected " + expected + " from " + smallest + " to " + SequenceSet.LARGEST
                    + (smallest > 0 ? " without zeros in front" : "") + ", found one that is not", base + from,
                    at - from);
        }
        return value;
    }

    // mod-sequence-valzer = "0" / 1*DIGIT
    /** A modification sequence from the smallest, which is 0 or 1, to 2^63-1 (RFC 7162 section 7). */
    long modSeq(long smallest) {
        return number64(smallest, "a modification sequence");
    }

    // number64 = 1*DIGIT
    /** A number from the smallest to 2^63-1. */
    long number64(long smallest, String expected) {
        var from = at;
        while (OctetClass.isDigit(peek())) {
            at++;
        }
        if (at == from) {
            throw expected(expected);
        }
        try {
            var value = Long.parseLong(new String(text, from, at - from, StandardCharsets.US_ASCII));
            if (value >= smallest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // more than 63 bits: refused below
        }
        throw new SyntaxError("expected " + expected + " from " + smallest + " to " + Long.MAX_VALUE
                + ", found one that is not", base + from, at - from);
    }

    // sequence-set =/ "$"
    /** A set of messages; it may end with, or be, the outcome of a search that was saved (RFC 5182 section 2.1). */
    SequenceSet messages(String expected) {
        return skip('$') ? SequenceSet.SAVED : sequenceSet(expected, true);
    }

    /** A set of numbers without {@code *}. */
    SequenceSet numbers(String expected) {
        var from = offset();
        var set = sequenceSet(expected);
        if (set.hasStar()) {
            throw new SyntaxError("expected " + expected + " without *, found one with it", from, offset() - from);
        }
        return set;
    }

    // sequence-set = (seq-number / seq-range) *("," sequence-set)
    SequenceSet sequenceSet(String expected) {
        return sequenceSet(expected, false);
    }

    private SequenceSet sequenceSet(String expected, boolean maySave) {
        var ranges = new ArrayList<SequenceSet.Range>(2);
        do {
            if (maySave && !ranges.isEmpty() && skip('$')) {
                return new SequenceSet(ranges).orSaved();
            }
            var first = sequenceNumber(expected);
            ranges.add(new SequenceSet.Range(first, skip(':') ? sequenceNumber("a number or * behind the colon")
                    : first));
        } while (skip(','));
        return new SequenceSet(ranges);
    }

    /** One message by its number, which may be {@code *}. */
    SequenceSet oneMessage(String expected) {
        var number = sequenceNumber(expected);
        return new SequenceSet(List.of(new SequenceSet.Range(number, number)));
    }

    // seq-number = nz-number / "*"
    private long sequenceNumber(String expected) {
        if (skip('*')) {
            return SequenceSet.STAR;
        }
        if (!OctetClass.isDigit(peek())) {
            throw expected(expected + ", which consists of numbers, *, colons and commas,");
        }
        return number(1, "a number");
    }

    // astring = 1*ASTRING-CHAR / string
    byte[] astring(String expected) {
        return atomOrString(Token.ASTRING, expected);
    }

    // list-mailbox = 1*list-char / string
    byte[] listPattern(String expected) {
        return atomOrString(Token.LIST, expected);
    }

    // string = quoted / literal
    byte[] string(String expected) {
        return switch (peek()) {
            case '"' -> quoted();
            case '{' -> inMemory(literal(expected));
            default -> throw expected(expected);
        };
    }

    // literal = "{" number ["+"] "}" CRLF *CHAR8
    RawCommand.Literal literal(String expected) {
        var literal = anyLiteral(expected);
        refuseNul(literal);
        return literal;
    }

    // append-data = literal / literal8; literal8 = "~{" number ["+"] "}" CRLF *OCTET
    /** A literal, or one of the kind that may hold NUL (RFC 3516 section 4.4, RFC 4466 section 2.7). */
    RawCommand.Literal appendData(String expected) {
        return skip('~') ? anyLiteral("an opening brace behind ~, as in ~{310},") : literal(expected);
    }

    // literal8 = "~{" number ["+"] "}" CRLF *OCTET
    /** A literal of the kind that may hold NUL, and of no other. */
    RawCommand.Literal literal8(String expected) {
        require('~', expected);
        return anyLiteral("an opening brace behind ~, as in ~{310},");
    }

    private static byte[] inMemory(RawCommand.Literal literal) {
        if (literal.octets() == null && literal.length() > ImapFramer.DEFAULT_LINE) {
            throw new SyntaxError("expected a string, found a literal as large as a message", literal.offset(), 0);
        }
        return literal.octets() == null ? literal.content().octets() : literal.octets();
    }

    private RawCommand.Literal anyLiteral(String expected) {
        var from = offset();
        if (!skip('{')) {
            throw expected(expected);
        }
        var size = literalSize(from);
        skip('+');
        if (!skip('}')) {
            throw new SyntaxError("expected the announcement of a literal such as {12}, found a brace alone", from, 1);
        }
        skip('\r');
        if (!skip('\n') || at != text.length) {
            throw new SyntaxError("expected the line to end behind the announcement of a literal", offset(), 0);
        }
        var literal = nextLiteral(size);
        token(literal.offset(), literal.offset() + literal.length(), false);
        return literal;
    }

    private long literalSize(int from) {
        var digits = at;
        var size = 0L;
        while (OctetClass.isDigit(peek())) {
            size = Math.min(size * 10 + text[at] - '0', Integer.MAX_VALUE);
            at++;
        }
        if (at == digits) {
            throw new SyntaxError("expected the size of a literal in digits, as in {12}, found none", from, 1);
        }
        return size;
    }

    private void refuseNul(RawCommand.Literal literal) {
        var nul = literal.nul();
        if (nul >= 0) {
            throw new SyntaxError("a literal may hold any octet but NUL, found NUL", literal.offset() + nul, 1);
        }
    }

    private byte[] atomOrString(Token kind, String expected) {
        var c = peek();
        if (c == '"' || c == '{') {
            return string(expected);
        }
        var from = at;
        while (kind.includes(peek())) {
            at++;
        }
        if (at == from) {
            throw expected(expected);
        }
        token(base + from, base + at, false);
        return Arrays.copyOfRange(text, from, at);
    }

    // quoted = DQUOTE *QUOTED-CHAR DQUOTE
    private byte[] quoted() {
        var open = at;
        at++;
        var escapes = 0;
        while (peek() != '"') {
            if (peek() == '\\') {
                escapes++;
                at++;
                if (peek() != '"' && peek() != '\\') {
                    throw expected("a quote or a backslash behind a backslash");
                }
            } else if (!mayBeQuoted(peek())) {
                throw atLineEnd()
                        ? new SyntaxError("expected a quote at the end of the quoted string, found the end of the line",
                                offset(), 0)
                        : expected("in a quoted string a character that can stand there (for others use a literal)");
            }
            at++;
        }
        at++;
        token(base + open, base + at, true);
        var value = new byte[at - open - 2 - escapes];
        var to = 0;
        for (var i = open + 1; i < at - 1; i++) {
            if (text[i] == '\\') {
                i++;
            }
            value[to++] = text[i];
        }
        refuseBadUtf8(open + 1, at - 1);
        return value;
    }

    // uQUOTED-CHAR = QUOTED-CHAR / UTF8-2 / UTF8-3 / UTF8-4
    private void refuseBadUtf8(int from, int to) {
        var octets = ByteBuffer.wrap(text, from, to - from);
        if (StandardCharsets.UTF_8.newDecoder().decode(octets, CharBuffer.allocate(to - from), true).isError()) {
            throw new SyntaxError("expected UTF-8 in a quoted string, found an octet that is not",
                    base + octets.position(), 1);
        }
    }

    private boolean mayBeQuoted(int c) {
        return OctetClass.isQuoted(c) || dialect.isUtf8() && c >= 0x80;
    }

    // mailbox = "INBOX" / astring
    /** The name of a folder as the client has it, in Unicode. */
    String mailbox(String expected) {
        return mailboxText(astring(expected));
    }

    /** The octets just read, as the Unicode of a mailbox name or pattern. */
    String mailboxText(byte[] octets) {
        try {
            return MailboxName.decode(octets, dialect);
        } catch (MailboxName.Malformed e) {
            var offset = offsetInToken(e.position());
            throw new SyntaxError(e.getMessage(), offset, Math.min(1, tokenEnd - offset));
        }
    }

    // A quoted string is longer on the wire than its value: each backslash counts.
    private int offsetInToken(int position) {
        if (!tokenQuoted) {
            return tokenOffset + position;
        }
        var i = tokenOffset + 1 - base;
        for (var left = position; left > 0; left--) {
            i += text[i] == '\\' ? 2 : 1;
        }
        return base + i;
    }

    /** Where the string just read lies: with its quotes, or a literal without its announcement. */
    Range lastToken() {
        return Range.between(tokenOffset, tokenEnd);
    }

    private void token(int from, int to, boolean quoted) {
        tokenOffset = from;
        tokenEnd = to;
        tokenQuoted = quoted;
    }

    private String take(Token kind) {
        var from = at;
        while (at < text.length && kind.includes(text[at] & 0xFF)) {
            at++;
        }
        return new String(text, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private enum Token {
        WORD, ATOM, ASTRING, LIST, TAG;

        boolean includes(int c) {
            return switch (this) {
                case WORD -> OctetClass.isWord(c);
                case ATOM -> OctetClass.isAtom(c);
                case ASTRING -> OctetClass.isAstring(c);
                case LIST -> OctetClass.isList(c);
                case TAG -> OctetClass.isTag(c);
            };
        }
    }
}
