package dev.mailscope.server.message;

/**
 * A subject without what replying and forwarding put around it (RFC 5256 section 2.1).
 *
 * @param text  the base subject; empty where nothing else is left
 * @param reply true when something was taken away that marks a reply or a forwarded message (RFC 5256 section 3,
 *              THREAD=REFERENCES)
 */
public record BaseSubject(String text, boolean reply) {
    /** The base subject of a subject field's value, an octet string with encoded words as they are. */
    public static BaseSubject of(String octets) {
        return new Extraction(oneSpace(DecodedText.of(octets))).run();
    }

    /** Step 1: tabs, line breaks and several spaces become one space. */
    private static String oneSpace(String text) {
        final var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!space) {
                clean.append(c);
            } else if (clean.isEmpty() || clean.charAt(clean.length() - 1) != ' ') {
                clean.append(' ');
            }
        }
        return clean.toString();
    }

    /** Steps 2 to 6 by moving the ends inwards, in time linear in the length. */
    private static final class Extraction {
        private static final String FORWARDED = "(fwd)";
        private static final String FORWARD_HEADER = "[fwd:";
        private static final int NONE = -1;

        private final String text;
        private int start;
        private int end;
        private boolean reply;
        /** Where the run of blobs ends that is known to have no subj-refwd behind it. */
        private int noRefwdAt = NONE;

        Extraction(String text) {
            this.text = text;
            end = text.length();
        }

        BaseSubject run() {
            do {
                trailers();
                boolean found = true;
                while (found) {
                    // Both are tried each time: a blob may stand before a leader and the other way round.
                    found = leader() | blob();
                }
            } while (forward());
            return new BaseSubject(text.substring(start, end), reply);
        }

        /** Step 2: {@code subj-trailer = "(fwd)" / WSP}. */
        private void trailers() {
            while (end > start) {
                if (text.charAt(end - 1) == ' ') {
                    end--;
                } else if (end - FORWARDED.length() >= start && is(FORWARDED, end - FORWARDED.length())) {
                    end -= FORWARDED.length();
                    reply = true;
                } else {
                    return;
                }
            }
        }

        /** Step 3: {@code subj-leader = (*subj-blob subj-refwd) / WSP}, as often as there is one. */
        private boolean leader() {
            final int before = start;
            int behind = start;
            while (behind != NONE && start > noRefwdAt) {
                start = afterSpace(behind);
                int at = start;
                for (int next = afterBlob(at); next != NONE; next = afterBlob(at)) {
                    at = next;
                }
                behind = afterRefwd(at);
                if (behind == NONE) {
                    noRefwdAt = at;
                } else {
                    reply = true;
                }
            }
            return start > before;
        }

        /** Step 4: a subj-blob, where something is left behind it. */
        private boolean blob() {
            final int behind = afterBlob(start);
            if (behind == NONE || behind >= end) {
                return false;
            }
            start = behind;
            return true;
        }

        /** Step 6: {@code subj-fwd = subj-fwd-hdr subject subj-fwd-trl}. */
        private boolean forward() {
            if (end - start <= FORWARD_HEADER.length() || !is(FORWARD_HEADER, start) || text.charAt(end - 1) != ']') {
                return false;
            }
            start += FORWARD_HEADER.length();
            end--;
            reply = true;
            noRefwdAt = NONE;
            return true;
        }

        /** {@code subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"}. */
        private int afterRefwd(int from) {
            int at;
            if (is("re", from)) {
                at = from + 2;
            } else if (is("fw", from)) {
                at = is("fwd", from) ? from + 3 : from + 2;
            } else {
                return NONE;
            }
            at = afterSpace(at);
            final int behind = afterBlob(at);
            at = behind == NONE ? at : behind;
            return at < end && text.charAt(at) == ':' ? at + 1 : NONE;
        }

        /** {@code subj-blob = "[" *BLOBCHAR "]" *WSP}; BLOBCHAR is all but brackets. */
        private int afterBlob(int from) {
            if (from >= end || text.charAt(from) != '[') {
                return NONE;
            }
            int at = from + 1;
            while (at < end && text.charAt(at) != '[' && text.charAt(at) != ']') {
                at++;
            }
            return at < end && text.charAt(at) == ']' ? afterSpace(at + 1) : NONE;
        }

        private int afterSpace(int from) {
            int at = from;
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        private boolean is(String word, int at) {
            return at + word.length() <= end && text.regionMatches(true, at, word, 0, word.length());
        }
    }
}
