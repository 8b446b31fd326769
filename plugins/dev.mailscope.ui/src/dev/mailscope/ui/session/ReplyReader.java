package dev.mailscope.ui.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

import dev.mailscope.ui.Counted;

/**
 * Cuts what a server sends into lines to show, and says where a reply begins. Keeps little: a long line, a large
 * literal and a long multi-line reply are cut, and a line says how much more there was. Fed by one thread.
 */
final class ReplyReader {
    /** Octets shown of one line outside a literal. */
    static final int LINE_LIMIT = 4_096;
    /** Octets shown of one literal, or of one POP3 multi-line reply. */
    static final int BODY_LIMIT = 16_384;

    // literal = ["~"] "{" number64 ["+"] "}" at the end of a line (RFC 9051 section 9)
    private static final Pattern LITERAL = Pattern.compile("~?\\{(\\d{1,18})\\+?}$");

    private final Protocol protocol;
    private final Consumer<TranscriptLine> lines;
    private final Consumer<Reply> replies;
    private final BooleanSupplier multiLine;
    private final LongFunction<String> cutNote;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Tail tail = new Tail();
    private long lineLength;
    private boolean startsReply = true;
    private boolean inBody;
    private long literalLeft;
    private long bodyShown;
    private long bodyHidden;
    private boolean paused;

    /**
     * @param lines     takes each line to show
     * @param replies   takes each reply's beginning, after its first line
     * @param multiLine asked at a POP3 {@code +OK}: true when lines up to a single dot follow
     * @param hasTrace  true when what is cut away can be read in the trace
     */
    ReplyReader(Protocol protocol, Consumer<TranscriptLine> lines, Consumer<Reply> replies, BooleanSupplier multiLine,
            boolean hasTrace) {
        this.protocol = protocol;
        this.lines = lines;
        this.replies = replies;
        this.multiLine = multiLine;
        this.cutNote = octets -> Counted.text(hasTrace ? Messages.ReplyReader_cut : Messages.ReplyReader_cutForeign,
                octets);
    }

    /** Takes what was read; gives how many octets of it, fewer than all when it was paused meanwhile. */
    int feed(byte[] octets, int length) {
        paused = false;
        var i = 0;
        for (; i < length && !paused; i++) {
            if (literalLeft > 0) {
                inLiteral(octets[i]);
            } else if (octets[i] == '\n') {
                endOfLine();
            } else {
                keep(octets[i]);
            }
        }
        return i;
    }

    /** Takes no more of what was read than the line that is being shown; called while a reply is handed out. */
    void pause() {
        paused = true;
    }

    /** The server sends no more: shows what it began. */
    void end() {
        if (lineLength > 0) {
            show();
        }
        endOfBody();
    }

    private void keep(byte octet) {
        lineLength++;
        tail.add(octet);
        if (line.size() < LINE_LIMIT) {
            line.write(octet);
        }
    }

    private void inLiteral(byte octet) {
        literalLeft--;
        if (bodyShown >= BODY_LIMIT) {
            bodyHidden++;
        } else {
            bodyShown++;
            if (octet == '\n') {
                show();
            } else {
                line.write(octet);
                lineLength++;
            }
        }
        if (literalLeft == 0) {
            if (bodyHidden > 0 && lineLength > 0) {
                show();
            }
            endOfBody();
        }
    }

    private void endOfLine() {
        switch (protocol) {
            case POP3 -> endOfPop3Line();
            case IMAP -> endOfImapLine();
        }
    }

    private void endOfImapLine() {
        var end = tail.text();
        var reply = startsReply ? Reply.of(protocol, shown()) : null;
        var literal = LITERAL.matcher(end);
        startsReply = true;
        if (literal.find()) {
            literalLeft = Long.parseLong(literal.group(1));
            startsReply = false;
        }
        show();
        bodyShown = 0;
        if (reply != null) {
            replies.accept(reply);
        }
    }

    private void endOfPop3Line() {
        if (!inBody) {
            var reply = Reply.of(protocol, shown());
            inBody = reply.isOk() && multiLine.getAsBoolean();
            show();
            bodyShown = 0;
            replies.accept(reply);
        } else if (lineLength <= 2 && shown().equals(".")) {
            inBody = false;
            endOfBody();
            show();
        } else if (bodyShown >= BODY_LIMIT) {
            bodyHidden += lineLength + 1;
            drop();
        } else {
            bodyShown += lineLength + 1;
            show();
        }
    }

    private void endOfBody() {
        if (bodyHidden > 0) {
            lines.accept(TranscriptLine.note(cutNote.apply(bodyHidden)));
            bodyHidden = 0;
        }
        bodyShown = 0;
    }

    private String shown() {
        return text(line.toByteArray());
    }

    private void show() {
        var text = shown();
        lines.accept(TranscriptLine.server(
                lineLength > line.size() ? text + ' ' + cutNote.apply(lineLength - line.size()) : text));
        drop();
    }

    private void drop() {
        line.reset();
        tail.clear();
        lineLength = 0;
    }

    /** The last octets of a line, in which a literal is announced, however long the line is. */
    private static final class Tail {
        private final byte[] ring = new byte[32];
        private int count;

        void add(byte octet) {
            ring[count++ % ring.length] = octet;
        }

        void clear() {
            count = 0;
        }

        String text() {
            var size = Math.min(count, ring.length);
            var bytes = new byte[size];
            for (var i = 0; i < size; i++) {
                bytes[i] = ring[(count - size + i) % ring.length];
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing();
        }
    }

    /** The octets as text, without a final CR: UTF-8 where they are that, otherwise those above 126 as {@code \xHH}. */
    static String text(byte[] octets) {
        var length = octets.length > 0 && octets[octets.length - 1] == '\r' ? octets.length - 1 : octets.length;
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length)).toString();
        } catch (CharacterCodingException e) {
            text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
            return visible(text, 0x7F);
        }
        return visible(text, Character.MAX_VALUE);
    }

    private static String visible(String text, int upTo) {
        var out = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\t' || c >= 0x20 && c < 0x7F || c >= 0xA0 && c < upTo && !reorders(c)) {
                out.append(c);
            } else {
                out.append(String.format(c > 0xFF ? "\\u%04X" : "\\x%02X", (int) c));
            }
        }
        return out.toString();
    }

    // Such characters change how the characters around them are shown, and so could hide what was sent.
    private static boolean reorders(char c) {
        return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
