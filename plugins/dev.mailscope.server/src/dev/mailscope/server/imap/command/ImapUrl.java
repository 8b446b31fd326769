package dev.mailscope.server.imap.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Objects;
import java.util.OptionalLong;

import dev.mailscope.server.message.Section;

/**
 * A URL that names a message of this session's user, or a part of one: {@code imessagepart} (RFC 5092 section 11), in the
 * relative forms that CATENATE has (RFC 4469 section 3). URLs with a scheme or a server are not read, even if they name
 * this one.
 *
 * @param mailbox     the folder's name in Unicode; null for the open one
 * @param uidValidity the folder's UIDVALIDITY when the URL was made; empty where it does not tell
 * @param uid         the message's UID
 * @param section     what of the message
 * @param partial     the piece of that; null for all of it
 */
public record ImapUrl(String mailbox, OptionalLong uidValidity, long uid, Section section,
        FetchAttribute.Partial partial) {
    /** How many octets such a URL may have. */
    public static final int LONGEST = 8_192;

    private static final String UIDVALIDITY = ";UIDVALIDITY=";
    private static final String UID = "/;UID=";
    private static final String SECTION = "/;SECTION=";
    private static final String PARTIAL = "/;PARTIAL=";
    // What of US-ASCII may stand in bchar as it is, beside letters and digits.
    private static final String PLAIN = "-._~!$'()*+,&=:@/";

    /** Text that is no such URL; the message says why, in words for people. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Refuses a URL without section. */
    public ImapUrl {
        Objects.requireNonNull(uidValidity);
        Objects.requireNonNull(section);
    }

    /** Reads a URL from its octets, one in each character. */
    public static ImapUrl parse(String text) throws Malformed {
        return new Reading(text).url();
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (OctetClass.isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || PLAIN.indexOf(c) >= 0);
    }

    private static final class Reading {
        private final String text;
        // What is left after dot segments have been followed, and where in it the next character is.
        private String path;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        // iabsolute-path = "/" [icommand]; imsg-or-part = iuid-only ["/" isection-only] ["/" ipartial-only] / …
        ImapUrl url() throws Malformed {
            checkKind();
            checkCharacters();
            var inOpenFolder = text.charAt(0) != '/';
            path = withoutDots(text);
            String mailbox = null;
            var validity = OptionalLong.empty();
            if (!inOpenFolder) {
                mailbox = mailbox();
                if (skip(UIDVALIDITY)) {
                    validity = OptionalLong.of(number(1, SequenceSet.LARGEST, "UIDVALIDITY"));
                }
            }
            if (!skip(inOpenFolder ? UID.substring(1) : UID)) {
                throw new Malformed("It names a folder and no message of it: /;UID= and a number are missing.");
            }
            var uid = number(1, SequenceSet.LARGEST, "UID");
            var section = skip(SECTION) ? section() : Section.MESSAGE;
            var partial = skip(PARTIAL) ? partial() : null;
            if (at < path.length()) {
                throw rest();
            }
            return new ImapUrl(mailbox, validity, uid, section, partial);
        }

        private void checkKind() throws Malformed {
            if (text.startsWith("//") || text.regionMatches(true, 0, "imap://", 0, 7)) {
                throw new Malformed("It names a server: here a URL begins with a slash and a folder (RFC 4469 section"
                        + " 3).");
            }
            if (text.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
                throw new Malformed("It begins with a scheme, and a URL that stays on this server has none.");
            }
            // RFC 5092 section 7.2 has no other relative-path reference accepted; RFC 4469 section 3 needs this one.
            if (!text.startsWith("/") && !text.regionMatches(true, 0, UID, 1, UID.length() - 1)) {
                throw new Malformed("It begins with neither a slash and a folder nor, for the open folder, ;UID=.");
            }
        }

        // bchar = uchar / "&" / "=" / ":" / "@" / "/"; uchar = unreserved / sub-delims-sh / pct-encoded
        private void checkCharacters() throws Malformed {
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c == '?') {
                    throw new Malformed("It names a search, which begins with ?, and no message.");
                }
                if (c == '%' ? !isHex(i + 1) || !isHex(i + 2) : c != ';' && !isPlain(c)) {
                    throw new Malformed("Character " + (i + 1) + " of it is " + (c == '%' ? "a percent sign without two"
                            + " hexadecimal digits" : "one that has to be written with a percent sign, as in %20")
                            + '.');
                }
            }
        }

        private boolean isHex(int i) {
            return i < text.length() && Character.digit(text.charAt(i), 16) >= 0;
        }

        // enc-mailbox = 1*bchar
        private String mailbox() throws Malformed {
            at = 1;
            var end = path.indexOf(';');
            if (end < 0) {
                end = path.length();
            } else if (path.charAt(end - 1) == '/') {
                end--;
            }
            if (end <= at) {
                throw new Malformed("It names no folder.");
            }
            var octets = decoded(path.substring(at, end));
            at = end;
            try {
                return MailboxName.decode(octets, Dialect.UTF8);
            } catch (MailboxName.Malformed e) {
                throw new Malformed("It names a folder wrongly: " + e.getMessage() + '.');
            }
        }

        // enc-section = 1*bchar
        private Section section() throws Malformed {
            var end = path.indexOf("/;", at);
            var octets = decoded(path.substring(at, end < 0 ? path.length() : end));
            at = end < 0 ? path.length() : end;
            if (octets.length == 0) {
                throw new Malformed("Behind ;SECTION= stands nothing.");
            }
            var bracketed = new byte[octets.length + 1];
            System.arraycopy(octets, 0, bracketed, 0, octets.length);
            bracketed[octets.length] = ']';
            try {
                var in = new CommandReader(RawCommand.of(bracketed), Dialect.UTF8);
                var section = FetchSyntax.section(in);
                in.require(']', "the end of the section");
                if (in.offset() == bracketed.length) {
                    return section;
                }
                throw new Malformed("Behind ;SECTION= stands more than a section.");
            } catch (SyntaxError e) {
                // The bracket is not the client's.
                throw new Malformed("Behind ;SECTION= stands no section: " + (e.offset() < octets.length
                        ? e.getMessage() : e.getMessage().replace("a closing bracket", "the end of it")) + '.');
            }
        }

        // partial-range = number ["." nz-number]
        private FetchAttribute.Partial partial() throws Malformed {
            var offset = number(0, Long.MAX_VALUE, "PARTIAL");
            return new FetchAttribute.Partial(offset,
                    skip(".") ? number(1, Long.MAX_VALUE, "PARTIAL") : Long.MAX_VALUE);
        }

        private long number(long smallest, long largest, String name) throws Malformed {
            var from = at;
            while (at < path.length() && OctetClass.isDigit(path.charAt(at))) {
                at++;
            }
            try {
                var value = Long.parseLong(path.substring(from, at));
                if (value >= smallest && value <= largest && (smallest == 0 || path.charAt(from) != '0')) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // no digits, or more than 63 bits: refused below
            }
            throw new Malformed("Behind ;" + name + "= stands no number from " + smallest + " to " + largest + '.');
        }

        private boolean skip(String word) {
            if (!path.regionMatches(true, at, word, 0, word.length())) {
                return false;
            }
            at += word.length();
            return true;
        }

        private Malformed rest() {
            var rest = path.substring(at);
            return rest.regionMatches(true, 0, ";URLAUTH=", 0, 9) || rest.regionMatches(true, 0, ";EXPIRE=", 0, 8)
                    ? new Malformed("It is authorized by URLAUTH, which the server does not know.")
                    : new Malformed("More stands behind it than /;SECTION= and /;PARTIAL=, each once and in this order.");
        }

        private static byte[] decoded(String encoded) {
            var out = new ByteArrayOutputStream();
            for (var i = 0; i < encoded.length(); i++) {
                if (encoded.charAt(i) == '%') {
                    out.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                    i += 2;
                } else {
                    out.write(encoded.charAt(i));
                }
            }
            return out.toByteArray();
        }

        /** Follows the segments . and .. (RFC 3986 section 5.2.4): in a folder's name they are written as %2E. */
        private static String withoutDots(String path) {
            var kept = new ArrayList<String>();
            var segments = path.split("/", -1);
            for (var i = 0; i < segments.length; i++) {
                var last = i == segments.length - 1;
                switch (segments[i]) {
                    case "." -> {
                        if (last) {
                            kept.add("");
                        }
                    }
                    case ".." -> {
                        if (kept.size() > 1) {
                            kept.removeLast();
                        }
                        if (last) {
                            kept.add("");
                        }
                    }
                    default -> kept.add(segments[i]);
                }
            }
            return String.join("/", kept);
        }
    }
}
