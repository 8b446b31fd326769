package dev.mailscope.server.imap;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.LongStream;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SearchResult;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4, RFC 4731, RFC 5182). */
final class Search {
    // Those RFC 3501 asks for and those mail is mostly written in; any other that Java knows will do too.
    private static final List<String> CHARSETS = List.of("US-ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-15",
            "windows-1252");

    private Search() {
    }

    static Reply run(Turn turn, ImapCommand.Search command) {
        var result = result(turn, command);
        var charset = charset(command.charset());
        if (charset == null) {
            return turn.read(state -> failed(turn, result, new ResponseCode.BadCharset(CHARSETS),
                    "The server does not know the charset that the search names."));
        }
        return turn.read(state -> {
            try {
                return found(turn, command, result, outcome(turn, command, charset, turn.folder(state)));
            } catch (CharacterCodingException e) {
                return failed(turn, result, null, "The text to look for is not written in " + charset.name() + ".");
            }
        });
    }

    /** What the client asks for; null for the answer of RFC 3501, which IMAP4rev2 knows no more. */
    private static SearchResult result(Turn turn, ImapCommand.Search command) {
        return command.result() == null && turn.enabled().rev2() ? SearchResult.EVERYTHING : command.result();
    }

    private static Outcome outcome(Turn turn, ImapCommand.Search command, Charset charset, Folder folder)
            throws CharacterCodingException {
        var view = turn.view();
        var match = Match.of(command.key(), turn.selected(), charset,
                turn.context().store().clock().instant());
        var sequences = LongStream.builder();
        var uids = LongStream.builder();
        var modSeqs = LongStream.builder();
        for (var sequence = 1; sequence <= view.exists(); sequence++) {
            var message = view.message(folder, view.uid(sequence));
            if (match.test(new Candidate(view, sequence, message))) {
                sequences.add(sequence);
                uids.add(message.uid());
                modSeqs.add(message.modSeq());
            }
        }
        return new Outcome(sequences.build().toArray(), uids.build().toArray(), modSeqs.build().toArray(),
                command.uid(), Enabled.asksModSeq(command.key()));
    }

    private static Reply found(Turn turn, ImapCommand.Search command, SearchResult result, Outcome outcome) {
        var text = command.verb() + " completed, " + outcome.count() + " found.";
        if (result == null) {
            return Reply.ok(turn.phase(), text).saying(new Response.Search(outcome.modSeq(), outcome.numbers()));
        }
        var save = result.has(SearchResult.Option.SAVE);
        var reply = Reply.ok(save ? turn.selected().saving(outcome.saved(result)) : turn.phase(), text);
        // Who only saves is told nothing (RFC 5182 section 2.1).
        return save && result.options().size() == 1 ? reply : reply.saying(outcome.extended(turn.tag(), result));
    }

    /** A search that was to be saved and fails leaves nothing saved (RFC 5182 section 2.1). */
    private static Reply failed(Turn turn, SearchResult result, ResponseCode code, String text) {
        var save = result != null && result.has(SearchResult.Option.SAVE);
        return Reply.no(save ? turn.selected().saving(SequenceSet.of()) : turn.phase(), code, text);
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
