package dev.mailscope.server.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the structure of a message in one pass over its lines, with a stack of its own instead of recursion. */
final class MimeReader {
    private final MessageOctets octets;
    private final List<Open> open = new ArrayList<>();
    private int at;
    private int lineBreaks;
    private int count;
    private long inHeaders;
    private MimePart root;

    /** A part whose end has not been found yet. */
    private static final class Open {
        final int start;
        final ContentType byDefault;
        int blankStart;
        int bodyStart;
        int lineBreaksBefore;
        ContentType type = ContentType.TEXT_PLAIN;
        /** Two hyphens and the boundary; null where no boundary of this part is awaited. */
        byte[] delimiter;
        boolean opaque;
        final List<MimePart> parts = new ArrayList<>();

        Open(int start, ContentType byDefault) {
            this.start = start;
            this.byDefault = byDefault;
        }
    }

    MimeReader(MessageOctets octets) {
        this.octets = octets;
    }

    MimePart read() {
        begin(ContentType.TEXT_PLAIN);
        while (at < octets.length()) {
            final int start = at;
            final int index = delimiterAt(start);
            nextLine();
            if (index >= 0) {
                delimiter(index, start);
            }
        }
        closeFrom(0, octets.length(), lineBreaks);
        return root;
    }

    private void nextLine() {
        at = Lines.next(octets, at, octets.length());
        if (octets.at(at - 1) == '\n') {
            lineBreaks++;
        }
    }

    /** Opens the part that begins here, and the message it encloses, and so on, each with its header read. */
    private void begin(ContentType byDefault) {
        ContentType type = byDefault;
        while (true) {
            final var part = new Open(at, type);
            open.add(part);
            count++;
            readHeader(part);
            if (part.type.is("multipart")) {
                part.opaque = open.size() >= MimePart.MAX_DEPTH;
                part.delimiter = part.opaque ? null : part.type.parameter("boundary")
                        .map(boundary -> ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1)).orElse(null);
                return;
            }
            if (!part.type.isMessage()) {
                return;
            }
            part.opaque = open.size() >= MimePart.MAX_DEPTH || count >= MimePart.MAX_PARTS;
            if (part.opaque) {
                return;
            }
            type = ContentType.TEXT_PLAIN;
        }
    }

    private void readHeader(Open part) {
        part.blankStart = -1;
        while (at < octets.length() && part.blankStart < 0 && delimiterAt(at) < 0) {
            final int start = at;
            nextLine();
            inHeaders += at - start;
            octets.admitHeader(inHeaders);
            if (Lines.isBlank(octets, start, at)) {
                part.blankStart = start;
            }
        }
        part.bodyStart = at;
        part.lineBreaksBefore = lineBreaks;
        if (part.blankStart < 0) {
            part.blankStart = at;
        }
        part.type = Header.of(octets, Range.between(part.start, at)).first("Content-Type")
                .map(value -> ContentType.parse(value).orElse(ContentType.TEXT_PLAIN)).orElse(part.byDefault);
    }

    /** Which open part's delimiter the line begins with: the longest, then the innermost; -1 for none. */
    private int delimiterAt(int start) {
        if (start + 1 >= octets.length() || octets.at(start) != '-' || octets.at(start + 1) != '-') {
            return -1;
        }
        int best = -1;
        int length = 0;
        for (int i = open.size() - 1; i >= 0; i--) {
            final byte[] delimiter = open.get(i).delimiter;
            if (delimiter != null && delimiter.length > length && beginsWith(start, delimiter)) {
                best = i;
                length = delimiter.length;
            }
        }
        return best;
    }

    private boolean beginsWith(int start, byte[] delimiter) {
        if (octets.length() - start < delimiter.length) {
            return false;
        }
        for (int i = 2; i < delimiter.length; i++) {
            if (octets.at(start + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@code delimiter / close-delimiter}: the line from {@code start} is one of the open part with this index. */
    private void delimiter(int index, int start) {
        final Open multipart = open.get(index);
        final int behind = start + multipart.delimiter.length;
        final boolean closing = behind + 1 < octets.length() && octets.at(behind) == '-'
                && octets.at(behind + 1) == '-';
        if (!closing && count >= MimePart.MAX_PARTS) {
            open.forEach(part -> part.delimiter = null);
            return;
        }
        final int end = Lines.contentEnd(octets, 0, start);
        // The line break before the delimiter belongs to it; the delimiter's own line is not counted yet.
        closeFrom(index + 1, end, lineBreaks - (octets.at(at - 1) == '\n' ? 1 : 0) - 1);
        if (closing) {
            multipart.delimiter = null;
        } else if (octets.at(at - 1) == '\n') {
            begin(multipart.type.is("multipart", "digest") ? ContentType.MESSAGE_RFC822 : ContentType.TEXT_PLAIN);
        }
    }

    private static MimePart emptyPart(int at) {
        final Range nothing = Range.between(at, at);
        return new MimePart(nothing, nothing, nothing, ContentType.TEXT_PLAIN, List.of(), 0, false);
    }

    private void closeFrom(int index, int end, int lineBreaksBeforeEnd) {
        while (open.size() > index) {
            final Open part = open.removeLast();
            if (part.type.is("multipart") && !part.opaque && part.parts.isEmpty()) {
                part.parts.add(emptyPart(end));
            }
            final int bodyStart = Math.min(part.bodyStart, end);
            final var closed = new MimePart(Range.between(Math.min(part.start, end), bodyStart),
                    Range.between(Math.min(part.blankStart, end), bodyStart), Range.between(bodyStart, end), part.type,
                    part.parts, Math.max(0, lineBreaksBeforeEnd - part.lineBreaksBefore), part.opaque);
            if (open.isEmpty()) {
                root = closed;
            } else {
                open.getLast().parts.add(closed);
            }
        }
    }
}
