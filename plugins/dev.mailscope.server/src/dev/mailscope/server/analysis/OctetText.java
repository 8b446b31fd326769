package dev.mailscope.server.analysis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.mailscope.server.trace.Octets;

/** Octets for people: as text, and as a hex dump. */
public final class OctetText {
    private static final int PER_ROW = 16;
    private static final String DIGITS = "0123456789abcdef";

    private OctetText() {
    }

    /**
     * As text: a line end as such, UTF-8 decoded, what is neither as {@code \xHH}. Secrets are masked. After that many
     * octets it stops and says how many there are.
     */
    public static String text(Octets octets, int most) {
        var bytes = octets.first(most);
        var out = new StringBuilder(bytes.length + 32);
        for (var i = 0; i < bytes.length;) {
            var b = bytes[i] & 0xFF;
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                out.append('\n');
                i += 2;
            } else if (b >= 0x20 && b < 0x7F || b == '\t') {
                out.append((char) b);
                i++;
            } else {
                i += other(out, bytes, i);
            }
        }
        return octets.size() > most ? out.append("\n\u2026 (").append(EventText.count(octets.size(), "octet"))
                .append(" in all)").toString() : out.toString();
    }

    /**
     * As rows of 16: offset on the wire, octets in hexadecimal, their ASCII. Secrets are {@code **} per octet, what a
     * damaged recording has lost {@code ??}.
     */
    public static String hex(Octets octets, int most) {
        var rows = new Rows(most);
        for (var piece : octets.pieces()) {
            switch (piece) {
                case Octets.Inline(var bytes) -> rows.add(bytes, 0, bytes.length);
                case Octets.Slice(var content, var offset, var size) -> {
                    try {
                        var shown = new ByteArrayOutputStream();
                        content.writeTo(shown, offset, Math.min(size, most));
                        rows.add(shown.toByteArray(), 0, shown.size());
                    } catch (IOException e) {
                        rows.addUnknown(size, '?');
                    }
                }
                case Octets.Hidden(var size) -> rows.addUnknown(size, '*');
            }
        }
        var text = rows.end();
        return octets.size() > most ? text + "\n\u2026 (" + EventText.count(octets.size(), "octet") + " in all)" : text;
    }

    // A character of more than one octet when it is valid and harmless; otherwise one octet. Gives how many it took.
    private static int other(StringBuilder out, byte[] bytes, int at) {
        var b = bytes[at] & 0xFF;
        var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 1;
        if (length > 1 && at + length <= bytes.length) {
            try {
                var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
                if (text.chars().noneMatch(c -> Escape.isControl((char) c))) {
                    out.append(text);
                    return length;
                }
            } catch (CharacterCodingException e) {
                // not UTF-8: shown octet by octet below
            }
        }
        Escape.octet(out, b);
        return 1;
    }

    private static final class Rows {
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder hex = new StringBuilder();
        private final StringBuilder ascii = new StringBuilder();
        private final int most;
        private int count;

        Rows(int most) {
            this.most = most;
        }

        void add(byte[] bytes, int offset, int size) {
            for (var i = offset; i < offset + size && count < most; i++) {
                var b = bytes[i] & 0xFF;
                add(DIGITS.charAt(b >> 4), DIGITS.charAt(b & 15), b >= 0x20 && b < 0x7F ? (char) b : '.');
            }
        }

        void addUnknown(int size, char mark) {
            for (var i = 0; i < size && count < most; i++) {
                add(mark, mark, mark);
            }
        }

        String end() {
            if (!ascii.isEmpty()) {
                endRow();
            }
            return out.toString();
        }

        private void add(char high, char low, char shown) {
            if (!hex.isEmpty()) {
                hex.append(ascii.length() == PER_ROW / 2 ? "  " : " ");
            }
            hex.append(high).append(low);
            ascii.append(shown);
            count++;
            if (ascii.length() == PER_ROW) {
                endRow();
            }
        }

        private void endRow() {
            if (!out.isEmpty()) {
                out.append('\n');
            }
            out.append(String.format("%08x  %-48s  %s", count - ascii.length(), hex, ascii));
            hex.setLength(0);
            ascii.setLength(0);
        }
    }
}
