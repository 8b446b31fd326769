package dev.mailscope.server.message;

/** Where lines begin and end. A line ends with CRLF or a bare LF; a bare CR is an ordinary octet. */
final class Lines {

    private Lines() {
    }

    /** The offset behind the line that begins at {@code start}, its line break included. */
    static int next(MessageOctets octets, int start, int limit) {
        final int end = octets.indexOf((byte) '\n', start, limit);
        return end < 0 ? limit : end + 1;
    }

    /** Where the line begins that the octet before {@code end} belongs to, be it a line break or not. */
    static int start(MessageOctets octets, int limit, int end) {
        for (int i = end - 1; i > limit; i--) {
            if (octets.at(i - 1) == '\n') {
                return i;
            }
        }
        return limit;
    }

    /** Where the content of the line (or lines) from {@code start} to {@code end} ends: before the last line break. */
    static int contentEnd(MessageOctets octets, int start, int end) {
        if (end <= start || octets.at(end - 1) != '\n') {
            return end;
        }
        return end - 2 >= start && octets.at(end - 2) == '\r' ? end - 2 : end - 1;
    }

    /** True where the line from {@code start} to {@code end} is nothing but a line break. */
    static boolean isBlank(MessageOctets octets, int start, int end) {
        return end > start && octets.at(end - 1) == '\n' && contentEnd(octets, start, end) == start;
    }
}
