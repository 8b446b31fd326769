package dev.mailscope.server.message;

import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import java.util.Set;

/**
 * What a reader sees of HTML, as far as that can be told without a style sheet: the text without tags, comments,
 * scripts, styles and the title, with character references decoded. Reads each character once, whatever comes.
 */
final class HtmlText {
    private static final int END = -1;
    private static final int LONGEST_NAME = 32;
    /** Elements whose content is no text of the page. */
    private static final Set<String> HIDDEN = Set.of("script", "style", "title");
    /** Elements that stand within a word; all others part words. */
    private static final Set<String> INLINE = Set.of("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del",
            "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
            "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");

    private final Reader reader;
    private final Preview out;
    private int next;

    /** Reads that HTML into that preview. */
    HtmlText(Reader reader, Preview out) throws IOException {
        this.reader = reader;
        this.out = out;
        this.next = reader.read();
    }

    /** Reads until the end, or until the preview is full. */
    void read() throws IOException {
        while (next != END && !out.isFull()) {
            final int c = take();
            switch (c) {
                case '<' -> markup();
                case '&' -> reference();
                default -> out.add(c);
            }
        }
    }

    private int take() throws IOException {
        final int c = next;
        next = reader.read();
        return c;
    }

    private void markup() throws IOException {
        if (next == '!' || next == '?') {
            declaration();
        } else if (next == '/') {
            take();
            // Behind it stands a name, or a comment of sorts.
            parting(name());
            skipTag();
        } else if (isLetter(next)) {
            final String name = name();
            final boolean whole = endsName();
            parting(name);
            skipTag();
            if (whole && HIDDEN.contains(name)) {
                skipContent(name);
            }
        } else {
            out.add('<');
        }
    }

    private void parting(String name) {
        if (!INLINE.contains(name)) {
            out.separate();
        }
    }

    // "<!--" … "-->", or "<!" … ">"
    private void declaration() throws IOException {
        final boolean comment = take() == '!' && next == '-' && take() == '-' && next == '-';
        int dashes = 1; // "<!-->" is a whole comment
        while (next != END) {
            final int c = take();
            if (c == '>' && (!comment || dashes >= 2)) {
                return;
            }
            dashes = c == '-' ? dashes + 1 : 0;
        }
    }

    // A ">" in a quoted value ends nothing; quotes count behind "=" only.
    private void skipTag() throws IOException {
        int last = 0;
        while (next != END) {
            final int c = take();
            if (c == '>') {
                return;
            }
            if ((c == '"' || c == '\'') && last == '=') {
                while (next != END && take() != c) {
                    // the value
                }
            }
            if (!Character.isWhitespace(c)) {
                last = c;
            }
        }
    }

    private void skipContent(String element) throws IOException {
        while (next != END) {
            if (take() == '<' && next == '/') {
                take();
                if (name().equals(element) && endsName()) {
                    skipTag();
                    return;
                }
            }
        }
    }

    private void reference() throws IOException {
        if (next == '#') {
            take();
            number();
            return;
        }
        final String name = run();
        final int c = HtmlEntities.character(name);
        if (c >= 0) {
            out.add(c);
            if (next == ';') {
                take();
            }
        } else {
            out.add('&');
            name.chars().forEach(out::add);
        }
    }

    private void number() throws IOException {
        final boolean hexadecimal = next == 'x' || next == 'X';
        final int x = hexadecimal ? take() : 0;
        final int radix = hexadecimal ? 16 : 10;
        int value = 0;
        boolean any = false;
        while (next < 0x80 && Character.digit(next, radix) >= 0) {
            value = Math.min(value * radix + Character.digit(take(), radix), Character.MAX_CODE_POINT + 1);
            any = true;
        }
        if (any) {
            out.add(HtmlEntities.character(value));
            if (next == ';') {
                take();
            }
        } else {
            out.add('&');
            out.add('#');
            if (hexadecimal) {
                out.add(x);
            }
        }
    }

    /** The name of an element, in lower case; of a longer one only the beginning. */
    private String name() throws IOException {
        return run().toLowerCase(Locale.ROOT);
    }

    private boolean endsName() {
        return next == '>' || next == '/' || next == END || Character.isWhitespace(next);
    }

    private String run() throws IOException {
        final var run = new StringBuilder();
        while (run.length() < LONGEST_NAME && (isLetter(next) || next >= '0' && next <= '9')) {
            run.append((char) take());
        }
        return run.toString();
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
