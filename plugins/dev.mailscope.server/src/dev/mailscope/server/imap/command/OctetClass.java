package dev.mailscope.server.imap.command;

/** The character classes of the IMAP grammar (RFC 3501 section 9), as a table by octet. */
public final class OctetClass {
    private static final int ATOM = 1;
    private static final int ASTRING = 2;
    private static final int LIST = 4;
    private static final int TAG = 8;
    private static final int WORD = 16;
    private static final int BASE64 = 32;
    private static final int QUOTED = 64;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (var c = 0; c < 0x80; c++) {
            var visible = c > ' ' && c < 0x7F;
            var atom = visible && "(){%*\"\\]".indexOf(c) < 0;
            var astring = atom || c == ']';
            var alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            CLASSES[c] = (byte) ((atom ? ATOM : 0) | (astring ? ASTRING : 0) | (astring && c != '+' ? TAG : 0)
                    | (astring || c == '%' || c == '*' ? LIST : 0) | (alphanumeric || c == '.' ? WORD : 0)
                    | (alphanumeric || c == '+' || c == '/' ? BASE64 : 0)
                    | (c == 0 || c == '\r' || c == '\n' || c == '"' || c == '\\' ? 0 : QUOTED));
        }
    }

    private OctetClass() {
    }

    /** ATOM-CHAR. */
    public static boolean isAtom(int c) {
        return is(c, ATOM);
    }

    /** ASTRING-CHAR. */
    public static boolean isAstring(int c) {
        return is(c, ASTRING);
    }

    /** What may stand in a quoted string without a backslash, US-ASCII only. */
    public static boolean isQuoted(int c) {
        return is(c, QUOTED);
    }

    // list-char = ATOM-CHAR / list-wildcards / resp-specials
    static boolean isList(int c) {
        return is(c, LIST);
    }

    static boolean isTag(int c) {
        return is(c, TAG);
    }

    // Letters, digits and the dot: what names of FETCH items consist of.
    static boolean isWord(int c) {
        return is(c, WORD);
    }

    static boolean isBase64(int c) {
        return is(c, BASE64);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean is(int c, int mask) {
        return c >= 0 && c < 256 && (CLASSES[c] & mask) != 0;
    }
}
