package dev.mailscope.server.imap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

import dev.mailscope.server.imap.command.Dialect;

/** The words that responses consist of (RFC 3501 section 9), one after the other. */
abstract class ResponseTokens {
    static final IntPredicate ATOM = c -> c > ' ' && c < 0x7F && "(){%*\"\\]".indexOf(c) < 0;
    static final IntPredicate ATOM_WITHOUT_BRACKET = c -> ATOM.test(c) && c != '[';
    static final IntPredicate ASTRING = c -> ATOM.test(c) || c == ']';
    static final IntPredicate TAG = c -> ASTRING.test(c) && c != '+';

    private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
            "Oct", "Nov", "Dec");

    private byte[] in = {};
    private int at;
    private Dialect dialect = Dialect.REV1;

    /** Reads those octets next. */
    void read(byte[] octets) {
        in = octets;
        at = 0;
    }

    /** True when all has been read. */
    boolean isAtEnd() {
        return at == in.length;
    }

    Dialect dialect() {
        return dialect;
    }

    void dialect(Dialect next) {
        dialect = next;
    }

    int peek() {
        return at < in.length ? in[at] & 0xFF : -1;
    }

    int last() {
        return in[at - 1];
    }

    int position() {
        return at;
    }

    String since(int from) {
        return new String(in, from, at - from, StandardCharsets.ISO_8859_1);
    }

    AssertionError wrong(String what) {
        return new AssertionError(what + ", at octet " + at + " of "
                + new String(in, 0, Math.min(in.length, 2000), StandardCharsets.ISO_8859_1));
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    boolean take(String text) {
        if (at + text.length() > in.length || !since(at, text.length()).equals(text)) {
            return false;
        }
        at += text.length();
        return true;
    }

    private String since(int from, int length) {
        return new String(in, from, length, StandardCharsets.ISO_8859_1);
    }

    void require(String text) {
        check(take(text), "expected " + text);
    }

    void space() {
        require(" ");
        check(peek() != ' ', "two spaces");
    }

    void end() {
        require("\r\n");
    }

    boolean nil() {
        return take("NIL");
    }

    String atomOf(IntPredicate kind, String expected) {
        var from = at;
        while (at < in.length && kind.test(in[at] & 0xFF)) {
            at++;
        }
        check(at > from, "expected " + expected);
        return since(from);
    }

    // number = 1*DIGIT, below 2^32
    Long number() {
        var number = digits();
        check(number < 1L << 32, "a number of more than 32 bits");
        return number;
    }

    Long nzNumber() {
        check(peek() != '0', "a number that is or begins with 0");
        return number();
    }

    Long number64() {
        return digits();
    }

    Long number63(long least) {
        var number = digits();
        check(number >= least, "a number below " + least);
        return number;
    }

    private Long digits() {
        var text = atomOf(Character::isDigit, "a number");
        check(text.length() < 20, "too large a number");
        return Long.parseLong(text);
    }

    // text = 1*TEXT-CHAR
    String line() {
        var from = at;
        while (at < in.length && in[at] != '\r' && in[at] != '\n') {
            check(in[at] > 0 || in[at] < 0 && dialect.isUtf8(), "an octet that a text cannot hold");
            at++;
        }
        return since(from);
    }

    byte[] astring() {
        return peek() == '"' || peek() == '{' ? string() : atomOf(ASTRING, "an atom or a string").getBytes(
                StandardCharsets.ISO_8859_1);
    }

    byte[] nstring() {
        return nil() ? null : string();
    }

    byte[] string() {
        return peek() == '"' ? quoted() : literal(false);
    }

    // quoted = DQUOTE *QUOTED-CHAR DQUOTE
    byte[] quoted() {
        require("\"");
        var text = new ByteArrayOutputStream();
        while (peek() != '"') {
            var escaped = take("\\");
            var c = peek();
            check(escaped ? c == '"' || c == '\\' : c > 0 && c != '\r' && c != '\n', "what cannot stand in quotes");
            check(c < 0x80 || dialect.isUtf8(), "8 bits in quotes");
            text.write(c);
            at++;
        }
        require("\"");
        requireUtf8(text.toByteArray());
        return text.toByteArray();
    }

    private void requireUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
        } catch (CharacterCodingException e) {
            throw wrong("no UTF-8 in quotes");
        }
    }

    // literal = "{" number "}" CRLF *CHAR8; literal8 may hold NUL
    byte[] literal(boolean mayHaveNul) {
        require("{");
        var length = (int) (long) number();
        require("}\r\n");
        check(at + length <= in.length, "a literal that ends too early");
        var octets = Arrays.copyOfRange(in, at, at + length);
        at += length;
        for (var octet : octets) {
            check(mayHaveNul || octet != 0, "NUL in a literal");
        }
        return octets;
    }

    // flag = "\" atom / atom
    String flag(boolean mayBeRecent) {
        var flag = (take("\\") ? "\\" : "") + atomOf(ATOM, "a flag");
        check(mayBeRecent || !flag.equalsIgnoreCase("\\Recent"), "\\Recent");
        return flag;
    }

    String objectId() {
        return atomOf(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-', "an object id");
    }

    /** Numbers and ranges without {@code *}; as they are written. */
    List<long[]> set() {
        var ranges = new ArrayList<long[]>();
        do {
            var from = nzNumber();
            ranges.add(new long[] {from, take(":") ? nzNumber() : from});
        } while (take(","));
        return ranges;
    }

    // date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    String dateTime() {
        var text = latin1(quoted());
        check(text.matches("( \\d|[0-3]\\d)-[A-Z][a-z]{2}-\\d{4} [0-2]\\d:[0-5]\\d:[0-6]\\d [+-]\\d{4}")
                && MONTHS.contains(text.substring(3, 6)), "no date and time: " + text);
        return text;
    }

    List<Object> list(Supplier<?> element) {
        check(peek() == '(', "expected (");
        var all = mayBeEmpty(element);
        check(!all.isEmpty(), "an empty list");
        return all;
    }

    List<Object> mayBeEmpty(Supplier<?> element) {
        var all = new ArrayList<Object>();
        require("(");
        if (take(")")) {
            return all;
        }
        do {
            all.add(element.get());
        } while (take(" "));
        require(")");
        return all;
    }

    List<Object> rest(Supplier<?> element) {
        var all = new ArrayList<Object>();
        while (take(" ")) {
            all.add(element.get());
        }
        return all;
    }

    List<Object> pair(Supplier<?> one, Supplier<?> other) {
        var first = one.get();
        space();
        return Arrays.asList(first, other.get());
    }

    List<Object> pairs(Supplier<?> one, Supplier<?> other) {
        return mayBeEmpty(() -> pair(one, other));
    }

    <T> T spaced(Supplier<T> element) {
        space();
        return element.get();
    }

    static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    // mailbox = "INBOX" / astring, in modified UTF-7, or in Net-Unicode
    String mailbox() {
        var octets = astring();
        if (dialect() == Dialect.REV1) {
            var text = latin1(octets);
            check(text.chars().allMatch(c -> c >= ' ' && c <= '~'), "no modified UTF-7: " + text);
            return utf7(text);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            check(Normalizer.isNormalized(text, Normalizer.Form.NFC), "not in Normalization Form C: " + text);
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("no UTF-8: " + latin1(octets));
        }
    }

    private String utf7(String text) {
        var name = new StringBuilder();
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '&') {
                name.append(text.charAt(at));
                continue;
            }
            var end = text.indexOf('-', at);
            check(end > 0, "a shift without its end: " + text);
            name.append(end == at + 1 ? "&" : shifted(text.substring(at + 1, end)));
            check(end == at + 1 || !text.startsWith("&", end + 1) || text.startsWith("&-", end + 1),
                    "two shifts side by side: " + text);
            at = end;
        }
        return name.toString();
    }

    private String shifted(String base64) {
        var octets = Base64.getDecoder().decode(base64.replace(',', '/'));
        check(octets.length % 2 == 0 && Base64.getEncoder().withoutPadding().encodeToString(octets)
                .replace('/', ',').equals(base64), "not the one way to write it: " + base64);
        var part = new String(octets, StandardCharsets.UTF_16BE);
        check(part.chars().noneMatch(c -> c >= ' ' && c <= '~' || c == 0xFFFD),
                "a shift of what needs none: " + base64);
        return part;
    }
}
