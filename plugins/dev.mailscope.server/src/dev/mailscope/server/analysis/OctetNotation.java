package dev.mailscope.server.analysis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import dev.mailscope.server.trace.Octets;

/**
 * Ways in which octets are written so that people can edit them. What is written is read again as the same octets; a
 * secret is written as a place of its own and stays hidden.
 */
public enum OctetNotation {
    /**
     * Lines of text. A line end stands for CR LF; a CR or LF alone is {@code \r} or {@code \n}, a tabulator {@code \t},
     * other octets that are no visible UTF-8 {@code \xHH}, a secret {@code \{secret 1}}, {@code \{secret 2}}. A
     * backslash is itself, as in {@code \Seen}, but {@code \\} where it would be read as one of these.
     */
    TEXT {
        @Override
        public String write(Octets octets) {
            var writer = new TextWriter();
            octets.pieces().forEach(writer::add);
            return writer.end();
        }

        @Override
        public Octets read(String text, Octets original) {
            return new TextReader(text, original).read();
        }
    },
    /** Two digits for each octet, 16 octets a line, {@code **} for each octet of a secret. */
    HEX {
        @Override
        public String write(Octets octets) {
            var out = new StringBuilder(octets.size() * 3);
            var count = 0;
            for (var piece : octets.pieces()) {
                var bytes = piece instanceof Octets.Hidden ? null : bytes(piece);
                for (var i = 0; i < piece.size(); i++) {
                    out.append(count == 0 ? "" : count % PER_ROW == 0 ? "\n" : " ");
                    out.append(bytes == null ? HIDDEN : String.format("%02X", bytes[i]));
                    count++;
                }
            }
            return out.toString();
        }

        @Override
        public Octets read(String text, Octets original) {
            var out = new Octets.Builder();
            var secrets = new Secrets(original);
            for (var i = 0; i < text.length(); i++) {
                if (Character.isWhitespace(text.charAt(i))) {
                    continue;
                }
                if (text.startsWith(HIDDEN, i)) {
                    var size = secrets.size(secrets.next(), i);
                    for (var octet = 0; octet < size; octet++) {
                        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
                            i++;
                        }
                        if (!text.startsWith(HIDDEN, i)) {
                            throw new Wrong("A secret of " + size + " octets stays whole: " + HIDDEN + " for each", i);
                        }
                        i += 2;
                    }
                    i--;
                    out.hidden(size);
                } else if (i + 1 < text.length() && isHex(text.charAt(i)) && isHex(text.charAt(i + 1))) {
                    out.write(Integer.parseInt(text, i, i + 2, 16));
                    i++;
                } else {
                    throw new Wrong("Each octet is two digits, 0 to 9 or A to F", i);
                }
            }
            return out.toOctets();
        }
    };

    /** Text that stands for no octets, and where. */
    public static final class Wrong extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Wrong(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        /** The character that is wrong, from 0. */
        public int offset() {
            return offset;
        }
    }

    private static final int PER_ROW = 16;
    private static final String HIDDEN = "**";

    /** The octets as text. */
    public abstract String write(Octets octets);

    /**
     * The octets that the text stands for.
     *
     * @param original what is replaced by them; its secrets, and no others, may be among them
     * @throws Wrong saying in words what is wrong, and where
     */
    public abstract Octets read(String text, Octets original);

    private static byte[] bytes(Octets.Piece piece) {
        return Octets.of(List.of(piece)).toBytes();
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /** The secrets of what is replaced. They are put back in their order, the first one first. */
    private static final class Secrets {
        private final int[] sizes;
        private int used;

        Secrets(Octets original) {
            sizes = original.pieces().stream().filter(Octets.Hidden.class::isInstance).mapToInt(Octets.Piece::size)
                    .toArray();
        }

        int next() {
            return used + 1;
        }

        int size(int number, int offset) {
            if (number < 1 || number > sizes.length) {
                throw new Wrong(sizes.length == 0 ? "There is no secret in what is replaced"
                        : "There is no secret " + number + " in what is replaced", offset);
            }
            if (number != used + 1) {
                throw new Wrong("Secret " + (used + 1) + " has to come before this one, since they are put in as they"
                        + " came", offset);
            }
            return sizes[used++];
        }
    }

    /** Collects text; the octets between two secrets are looked at together. */
    private static final class TextWriter {
        private final StringBuilder out = new StringBuilder();
        private final ByteArrayOutputStream open = new ByteArrayOutputStream();
        private int secrets;

        void add(Octets.Piece piece) {
            if (piece instanceof Octets.Hidden) {
                flush();
                out.append("\\{secret ").append(++secrets).append('}');
            } else {
                open.writeBytes(bytes(piece));
            }
        }

        String end() {
            flush();
            return out.toString();
        }

        private void flush() {
            var bytes = open.toByteArray();
            open.reset();
            for (var i = 0; i < bytes.length;) {
                if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    out.append('\n');
                    i += 2;
                } else {
                    i += one(bytes, i);
                }
            }
        }

        // Gives how many octets it took.
        private int one(byte[] bytes, int at) {
            switch (bytes[at]) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append(isItself(bytes, at) ? "\\" : "\\\\");
                default -> {
                    var length = length(bytes, at);
                    if (length > 1) {
                        out.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                        return length;
                    }
                    Escape.octet(out, bytes[at] & 0xFF);
                }
            }
            return 1;
        }

        // True for a backslash that is not read as something else, whatever comes.
        private static boolean isItself(byte[] bytes, int at) {
            return at + 1 < bytes.length && bytes[at + 1] >= ' ' && bytes[at + 1] < 0x7F
                    && "rntx{\\".indexOf(bytes[at + 1]) < 0;
        }

        // How many octets a visible character has; 1 where there is none.
        private static int length(byte[] bytes, int at) {
            var b = bytes[at] & 0xFF;
            var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 1;
            if (length > 1 && at + length <= bytes.length) {
                try {
                    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
                    return text.chars().anyMatch(c -> Escape.isControl((char) c)) ? 1 : length;
                } catch (CharacterCodingException e) {
                    return 1; // not UTF-8: written octet by octet
                }
            }
            return 1;
        }
    }

    private static final class TextReader {
        private static final Pattern SECRET = Pattern.compile("\\\\\\{secret ([0-9]{1,4})\\}");

        private final Octets.Builder out = new Octets.Builder();
        private final Secrets secrets;
        private final String text;

        TextReader(String text, Octets original) {
            this.text = text;
            this.secrets = new Secrets(original);
        }

        Octets read() {
            for (var i = 0; i < text.length();) {
                var c = text.charAt(i);
                if (c == '\\') {
                    i += escaped(i);
                } else if (c == '\r' || c == '\n') {
                    out.text("\r\n");
                    i += text.startsWith("\r\n", i) ? 2 : 1;
                } else {
                    var end = text.offsetByCodePoints(i, 1);
                    if (end == i + 1 && Character.isSurrogate(c)) {
                        throw new Wrong("This is half a character", i);
                    }
                    out.text(text.substring(i, end));
                    i = end;
                }
            }
            return out.toOctets();
        }

        // Gives how many characters it took.
        private int escaped(int at) {
            var secret = SECRET.matcher(text).region(at, text.length());
            if (secret.lookingAt()) {
                out.hidden(secrets.size(Integer.parseInt(secret.group(1)), at));
                return secret.end() - at;
            }
            var kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (kind == 'x' && at + 3 < text.length() && isHex(text.charAt(at + 2)) && isHex(text.charAt(at + 3))) {
                out.write(Integer.parseInt(text, at + 2, at + 4, 16));
                return 4;
            }
            out.write(switch (kind) {
                case 'r' -> '\r';
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'x' -> throw new Wrong("Behind \\x there are two digits, 0 to 9 or A to F; a backslash before x is"
                        + " written \\\\", at);
                case '{' -> throw new Wrong("A secret is written \\{secret 1}; a backslash before { is written \\\\",
                        at);
                default -> '\\';
            });
            return "rnt\\".indexOf(kind) < 0 ? 1 : 2;
        }
    }
}
