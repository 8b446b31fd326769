package dev.mailscope.server.imap.command;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names of folders on the wire: modified UTF-7 (RFC 3501 section 5.1.3), or UTF-8 where the session speaks it. There is
 * one way to write a name; every other one is refused.
 */
public final class MailboxName {
    /** The one name that is the same in any case. */
    public static final String INBOX = "INBOX";

    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (var i = 0; i < BASE64.length; i++) {
            VALUES[BASE64[i]] = (byte) i;
        }
    }

    /** A name that is not written as it must be. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int position;

        Malformed(String message, int position) {
            super(message, null, false, false);
            this.position = position;
        }

        /** At which octet of the name, from 0. */
        public int position() {
            return position;
        }
    }

    private MailboxName() {
    }

    /** The name in Unicode from its octets on the wire. */
    public static String decode(byte[] octets, Dialect dialect) throws Malformed {
        return switch (dialect) {
            case REV1 -> decodeUtf7(octets);
            case UTF8, REV2 -> decodeUtf8(octets);
        };
    }

    /** The octets on the wire for a name in Unicode. */
    public static byte[] encode(String name, Dialect dialect) {
        return switch (dialect) {
            case REV1 -> encodeUtf7(name);
            case UTF8, REV2 -> name.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String decodeUtf8(byte[] octets) throws Malformed {
        var in = ByteBuffer.wrap(octets);
        var out = CharBuffer.allocate(octets.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw new Malformed("a folder name must be in UTF-8, and this octet is not", in.position());
        }
        for (var i = 0; i < octets.length; i++) {
            if (octets[i] >= 0 && isControl(octets[i])) {
                throw new Malformed("a control character cannot be in a folder name", i);
            }
        }
        return out.flip().toString();
    }

    private static String decodeUtf7(byte[] octets) throws Malformed {
        var name = new StringBuilder(octets.length);
        var at = 0;
        while (at < octets.length) {
            var c = octets[at];
            if (c < ' ' || c > '~') {
                throw new Malformed(c < 0 ? "a character beyond US-ASCII must be written in modified UTF-7, as in &AOQ-"
                        : "a control character cannot be in a folder name", at);
            }
            if (c == '&') {
                at = decodeShift(octets, at, name);
            } else {
                name.append((char) c);
                at++;
            }
        }
        return name.toString();
    }

    // Reads from the & on and gives the position behind the closing hyphen.
    private static int decodeShift(byte[] octets, int ampersand, StringBuilder name) throws Malformed {
        var at = ampersand + 1;
        if (at < octets.length && octets[at] == '-') {
            name.append('&');
            return at + 1;
        }
        if (ampersand >= 2 && octets[ampersand - 1] == '-' && closesShift(octets, ampersand - 1)) {
            throw new Malformed("two encoded parts side by side must be one", ampersand);
        }
        var bits = 0;
        var count = 0;
        var high = (char) 0;
        for (; at < octets.length && octets[at] != '-'; at++) {
            var value = octets[at] < 0 ? -1 : VALUES[octets[at]];
            if (value < 0) {
                throw new Malformed("an encoded part, which starts with &, must end with a hyphen before this", at);
            }
            bits = bits << 6 | value;
            count += 6;
            if (count >= 16) {
                count -= 16;
                var c = (char) (bits >>> count);
                bits &= (1 << count) - 1;
                high = append(name, c, high, at);
            }
        }
        if (at == octets.length) {
            throw new Malformed("an encoded part, which starts with &, has no hyphen at its end", ampersand);
        }
        if (high != 0 || count >= 6 || bits != 0) {
            throw new Malformed("an encoded part ends within a character", at);
        }
        return at + 1;
    }

    // True when the hyphen there ends an encoded part and is neither itself nor part of &-.
    private static boolean closesShift(byte[] octets, int hyphen) {
        var start = hyphen - 1;
        while (start >= 0 && octets[start] >= 0 && VALUES[octets[start]] >= 0) {
            start--;
        }
        return start >= 0 && octets[start] == '&' && start < hyphen - 1;
    }

    private static char append(StringBuilder name, char c, char high, int at) throws Malformed {
        if (c >= ' ' && c <= '~') {
            throw new Malformed("a US-ASCII character must stand for itself, not be encoded", at);
        }
        if (isControl(c)) {
            throw new Malformed("a control character cannot be in a folder name", at);
        }
        if (Character.isLowSurrogate(c) != (high != 0)) {
            throw new Malformed("half of a surrogate pair is missing", at);
        }
        name.append(c);
        return Character.isHighSurrogate(c) ? c : 0;
    }

    private static byte[] encodeUtf7(String name) {
        var out = new ByteArrayOutputStream(name.length() + 8);
        var at = 0;
        while (at < name.length()) {
            var c = name.charAt(at);
            if (isDirect(c)) {
                out.write(c);
                if (c == '&') {
                    out.write('-');
                }
                at++;
            } else {
                at = encodeShift(name, at, out);
            }
        }
        return out.toByteArray();
    }

    private static int encodeShift(String name, int from, ByteArrayOutputStream out) {
        out.write('&');
        var bits = 0;
        var count = 0;
        var at = from;
        for (; at < name.length() && !isDirect(name.charAt(at)); at++) {
            bits = bits << 16 | name.charAt(at);
            count += 16;
            while (count >= 6) {
                count -= 6;
                out.write(BASE64[bits >>> count & 63]);
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) {
            out.write(BASE64[bits << 6 - count & 63]);
        }
        out.write('-');
        return at;
    }

    private static boolean isDirect(char c) {
        return c >= ' ' && c <= '~';
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7F;
    }
}
