package dev.mailscope.server.fuzz;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;

import dev.mailscope.server.imap.command.EncodedText;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.message.SearchText;

/** What SEARCH looks for, in a charset; and where it looks. */
public final class FuzzSearch {
    private FuzzSearch() {
    }

    /** A line with a charset's name, a line with what is looked for, and the text where. */
    public static void fuzzerTestOneInput(byte[] data) {
        var name = end(data, 0);
        var wanted = end(data, Math.min(data.length, name + 1));
        var where = new String(data, Math.min(data.length, wanted + 1), data.length - Math.min(data.length, wanted + 1),
                StandardCharsets.UTF_8);
        try {
            var charset = Charset.forName(new String(data, 0, name, StandardCharsets.ISO_8859_1));
            var octets = Arrays.copyOfRange(data, Math.min(data.length, name + 1), wanted);
            var text = new EncodedText(octets).decode(charset);
            var search = new SearchText(text);
            search.in(where);
            if (!search.in(where + text + where)) {
                throw new AssertionError("not found in itself: " + text);
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | CharacterCodingException e) {
            // the server refuses it
        } catch (UnsupportedOperationException e) {
            throw new AssertionError("a charset that cannot decode", e);
        }
        Folder.canonicalName(where);
    }

    private static int end(byte[] data, int from) {
        var at = from;
        while (at < data.length && data[at] != '\n') {
            at++;
        }
        return at;
    }
}
