package dev.mailscope.server.message;

/** Where lines begin and end. A line ends with CRLF or a bare LF; a bare CR is an ordinary octet. */
final class Lines {

    private Lines() {
    }

    /** The offset behind the line that begins at {@code start}, its line break included. */
    static int next(byte[] octets, int start, int limit) {
        for (int i = start; i < limit; i++) {
            if (octets[i] == '\n') {
                return i + 1;
            }
        }
        return limit;
    }

    /** Where the line begins that the octet before {@code end} belongs to, be it a line break or not. */
    static int start(byte[] octets, int limit, int end) {
        for (int i = end - 1; i > limit; i--) {
            if (octets[i - 1] == '\n') {
                return i;
            }
        }
        return limit;
    }

    /** Where the content of the line (or lines) from {@code start} to {@code end} ends: before the last line break. */
    static int contentEnd(byte[] octets, int start, int end) {
        if (end <= start || octets[end - 1] != '\n') {
            return end;
        }
        return end - 2 >= start && octets[end - 2] == '\r' ? end - 2 : end - 1;
    }

    /** True where the line from {@code start} to {@code end} is nothing but a line break. */
    static boolean isBlank(byte[] octets, int start, int end) {
        return end > start && octets[end - 1] == '\n' && contentEnd(octets, start, end) == start;
    }
}
