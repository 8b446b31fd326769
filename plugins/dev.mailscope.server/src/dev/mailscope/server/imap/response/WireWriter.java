package dev.mailscope.server.imap.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.imap.command.OctetClass;
import dev.mailscope.server.message.Content;

/** Writes the words of the grammar (RFC 3501 section 9) into an output, gathered into pieces of a useful size. */
final class WireWriter {
    // Longer ones are easier to read, for people and programs, as literals.
    private static final int LONGEST_QUOTED = 1024;
    private static final int FLUSH_AT = 8 * 1024;

    private final WireOutput out;
    private final Dialect dialect;
    private byte[] buffer = new byte[256];
    private int length;

    WireWriter(WireOutput out, Dialect dialect) {
        this.out = out;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Text that is known to be US-ASCII and to fit the grammar. */
    WireWriter raw(String text) {
        final var count = text.length();
        makeRoom(count);
        for (var i = 0; i < count; i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    WireWriter raw(char c) {
        makeRoom(1);
        buffer[length++] = (byte) c;
        return this;
    }

    // number = 1*DIGIT
    WireWriter number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("IMAP has no negative numbers: " + number);
        }
        makeRoom(20);
        var digits = 1;
        for (var rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        var rest = number;
        for (var i = length + digits - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    // nstring = string / nil
    /** The octets of the text, one for each character; null is NIL. */
    WireWriter nstring(String octets) {
        return octets == null ? raw("NIL") : string(octets);
    }

    // string = quoted / literal
    /** The octets of the text, one for each character. */
    WireWriter string(String octets) {
        return string(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    WireWriter string(byte[] octets) {
        return canBeQuoted(octets) ? quoted(octets) : literal(octets);
    }

    // astring = 1*ASTRING-CHAR / string
    WireWriter astring(byte[] octets) {
        return isAtom(octets) ? bytes(octets) : string(octets);
    }

    // mailbox = "INBOX" / astring
    WireWriter mailbox(String name) {
        return astring(MailboxName.encode(name, dialect));
    }

    /** The prefix of a namespace, which is always a string. */
    WireWriter mailboxString(String name) {
        return string(MailboxName.encode(name, dialect));
    }

    // (DQUOTE QUOTED-CHAR DQUOTE / nil)
    WireWriter separator(char separator) {
        return separator == 0 ? raw("NIL") : quoted(new byte[] {(byte) separator});
    }

    // flag-list = "(" [flag *(SP flag)] ")"
    WireWriter list(Collection<String> atoms) {
        raw('(');
        var first = true;
        for (var atom : atoms) {
            if (!first) {
                raw(' ');
            }
            raw(atom);
            first = false;
        }
        return raw(')');
    }

    // text = 1*TEXT-CHAR
    /** Text for people; what a text cannot hold is replaced. */
    WireWriter text(String text) {
        if (text.isEmpty()) {
            return raw('.');
        }
        // A bracket in front would be read as a response code.
        raw(text.charAt(0) == '[' ? "(" : "");
        for (var octet : text.getBytes(dialect.isUtf8() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)) {
            raw(octet >= 0 && octet < ' ' || octet == 0x7F ? ' ' : (char) octet);
        }
        return this;
    }

    /** A literal that is part of a message. */
    WireWriter literal(Content content, int offset, int count) {
        raw('{').number(count).raw("}\r\n");
        flush();
        if (count > 0) {
            out.slice(content, offset, count);
        }
        return this;
    }

    // literal = "{" number "}" CRLF *CHAR8
    WireWriter literal(byte[] octets) {
        return raw('{').number(octets.length).raw("}\r\n").bytes(octets);
    }

    /** Hands over what has been gathered. */
    void flush() {
        if (length > 0) {
            out.write(buffer, 0, length);
            length = 0;
        }
    }

    /** Octets that fit the grammar as they are. */
    WireWriter bytes(byte[] octets) {
        if (octets.length > FLUSH_AT) {
            flush();
            out.write(octets, 0, octets.length);
        } else {
            makeRoom(octets.length);
            System.arraycopy(octets, 0, buffer, length, octets.length);
            length += octets.length;
        }
        return this;
    }

    private WireWriter quoted(byte[] octets) {
        raw('"');
        for (var octet : octets) {
            if (octet == '"' || octet == '\\') {
                raw('\\');
            }
            raw((char) octet);
        }
        return raw('"');
    }

    private boolean canBeQuoted(byte[] octets) {
        if (octets.length > LONGEST_QUOTED) {
            return false;
        }
        var beyondAscii = false;
        for (var octet : octets) {
            if (octet == 0 || octet == '\r' || octet == '\n') {
                return false;
            }
            beyondAscii |= octet < 0;
        }
        return !beyondAscii || dialect.isUtf8() && isUtf8(octets);
    }

    private static boolean isUtf8(byte[] octets) {
        return Arrays.equals(new String(octets, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), octets);
    }

    // NIL is an atom, but where a string is possible too, nobody should have to guess.
    private static boolean isAtom(byte[] octets) {
        if (octets.length == 0 || octets.length == 3 && (octets[0] | 0x20) == 'n' && (octets[1] | 0x20) == 'i'
                && (octets[2] | 0x20) == 'l') {
            return false;
        }
        for (var octet : octets) {
            if (!OctetClass.isAstring(octet & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private void makeRoom(int count) {
        if (buffer.length - length >= count) {
            return;
        }
        if (length >= FLUSH_AT) {
            flush();
        }
        if (buffer.length - length < count) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
        }
    }
}
