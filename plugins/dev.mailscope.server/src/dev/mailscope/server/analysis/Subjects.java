package dev.mailscope.server.analysis;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

import dev.mailscope.server.mailbox.Message;

/** The subject of a message, to name it by. */
final class Subjects {
    private static final int MOST = 60;
    private static final int HEADER = 16_384;
    // A larger message in a recording is not fetched from disk just to be named.
    private static final int LARGEST = 1 << 20;
    private static final Pattern SUBJECT = Pattern.compile("(?im)^subject[ \\t]*:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)");
    private static final Pattern END = Pattern.compile("(?m)^\\r?\\n");

    private Subjects() {
    }

    /** A comma and the subject in quotation marks; empty when there is none or it cannot be had. */
    static String quoted(Message message) {
        var subject = of(message);
        return subject.isEmpty() ? "" : ", \"" + subject + "\"";
    }

    private static String of(Message message) {
        if (message.size() > LARGEST) {
            return "";
        }
        byte[] octets;
        try {
            octets = message.content().octets();
        } catch (UncheckedIOException e) {
            return ""; // the recording has lost this mail; the event itself still tells its story
        }
        var header = new String(octets, 0, Math.min(HEADER, octets.length), StandardCharsets.UTF_8);
        var end = END.matcher(header);
        var subject = SUBJECT.matcher(end.find() ? header.substring(0, end.start()) : header);
        if (!subject.find()) {
            return "";
        }
        var text = DecoderUtil.decodeEncodedWords(subject.group(1).replaceAll("\\r?\\n", ""), DecodeMonitor.SILENT)
                .strip();
        return text.length() <= MOST ? text : text.substring(0, MOST) + "\u2026";
    }
}
