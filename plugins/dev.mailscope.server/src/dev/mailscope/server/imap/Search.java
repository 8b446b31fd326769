package dev.mailscope.server.imap;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.LongStream;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4). */
final class Search {
    // Those RFC 3501 asks for and those mail is mostly written in; any other that Java knows will do too.
    private static final List<String> CHARSETS = List.of("US-ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-15",
            "windows-1252");

    private Search() {
    }

    static Reply run(Turn turn, ImapCommand.Search command) {
        var charset = charset(command.charset());
        if (charset == null) {
            return turn.read(state -> Reply.no(turn.phase(), new ResponseCode.BadCharset(CHARSETS),
                    "The server does not know the charset that the search names."));
        }
        return turn.read(state -> {
            var view = turn.view();
            var folder = turn.folder(state);
            try {
                var match = Match.of(command.key(), view, charset);
                var found = LongStream.builder();
                var count = 0;
                for (var sequence = 1; sequence <= view.exists(); sequence++) {
                    var uid = view.uid(sequence);
                    if (match.test(new Candidate(view, sequence, view.message(folder, uid)))) {
                        found.add(command.uid() ? uid : sequence);
                        count++;
                    }
                }
                return Reply.ok(turn.phase(), command.verb() + " completed, " + count + " found.")
                        .saying(new Response.Search(found.build().toArray()));
            } catch (CharacterCodingException e) {
                return Reply.no(turn.phase(), null, "The text to look for is not written in " + charset.name() + ".");
            }
        });
    }

    /** The charset of that name, UTF-8 for none; null when Java does not know it. */
    private static Charset charset(String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
