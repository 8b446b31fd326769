package dev.mailscope.bench.clients;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What programs do to the form of a mail when they keep it in a file. */
final class Form {
    private Form() {
    }

    /** The mail with bare LF for each CRLF, as Unix keeps texts. */
    static byte[] lf(byte[] octets) {
        return octets(text(octets).replace("\r\n", "\n"));
    }

    /** The mail with a line end after its last line, which POP3 cannot do without (RFC 1939 section 3). */
    static byte[] ended(byte[] octets) {
        return octets.length > 0 && octets[octets.length - 1] == '\n' ? octets : octets(text(octets) + "\r\n");
    }

    /**
     * The mail, with Unix line ends, as Python's email package writes it: it adds an empty line after a multipart that
     * ends inside another, and so that line counts for nothing here.
     */
    static byte[] throughPython(byte[] octets) {
        return octets(text(octets).replace("--\n\n--", "--\n--"));
    }

    /** The mail without a header field, wherever in the header it stands. */
    static byte[] without(String field, byte[] octets) {
        var text = text(octets);
        var header = headerEnd(text);
        var pattern = Pattern.compile("(?im)^" + Pattern.quote(field) + ":.*\r?\n(?:[ \t].*\r?\n)*");
        return octets(pattern.matcher(text.substring(0, header)).replaceAll("") + text.substring(header));
    }

    /** The value of a header field on one line, or empty. */
    static String field(String name, byte[] octets) {
        var text = text(octets);
        var matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ \t]*(.*?)\r?$")
                .matcher(text.substring(0, headerEnd(text)));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The octets as characters, one each. */
    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** The reverse of {@link #text}. */
    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where two mails differ, in words. */
    static String difference(byte[] expected, byte[] found) {
        var at = Arrays.mismatch(expected, found);
        return "of " + expected.length + " octets expected and " + found.length + " found, octet " + at
                + " is the first to differ: " + around(expected, at) + " expected, " + around(found, at) + " found";
    }

    private static String around(byte[] octets, int at) {
        var part = text(Arrays.copyOfRange(octets, Math.max(0, Math.min(octets.length, at - 10)),
                Math.min(octets.length, at + 25)));
        return '"' + part.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }

    private static int headerEnd(String text) {
        var crlf = text.indexOf("\r\n\r\n");
        var lf = text.indexOf("\n\n");
        return crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 2 : lf >= 0 ? lf + 1 : text.length();
    }
}
