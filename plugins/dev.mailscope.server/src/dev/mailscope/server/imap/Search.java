package dev.mailscope.server.imap;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.function.Function;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SearchKey;
import dev.mailscope.server.imap.command.SearchResult;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4, RFC 4731, RFC 5182, RFC 9394). */
final class Search {
    // Those RFC 3501 asks for and those mail is mostly written in; any other that Java knows will do too.
    private static final List<String> CHARSETS = List.of("US-ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-15",
            "windows-1252");

    private Search() {
    }

    static Reply run(Turn turn, ImapCommand.Search command) {
        if (command.charset() != null && turn.enabled().utf8()) {
            return turn.read(state -> Reply.bad(turn.phase(),
                    "SEARCH has no CHARSET after ENABLE UTF8=ACCEPT: its texts"
                    + " are in UTF-8 (RFC 6855 section 3)."));
        }
        var result = result(turn, command);
        return find(turn, command.key(), command.charset(), false, found -> {
            var outcome = Outcome.of(found, command.uid(), Enabled.asksModSeq(command.key()));
            return result == null
                    ? completed(turn, found).saying(new Response.Search(outcome.modSeq(), outcome.numbers()))
                    : extended(turn, found, result, outcome);
        });
    }

    /** What the client asks for; null for the answer of RFC 3501, which IMAP4rev2 knows no more. */
    private static SearchResult result(Turn turn, ImapCommand.Search command) {
        return command.result() == null && turn.enabled().rev2() ? SearchResult.EVERYTHING : command.result();
    }

    /**
     * What SEARCH, SORT and THREAD have in common: finds the messages, in the order of the mailbox, and answers what
     * was made of them. Where that has to read them, they are left to the session to look at, as it takes long.
     *
     * @param sorted  true when what is found is ordered by what its header says
     * @param charset the name of the key's charset; null for none
     * @param answer  takes a list of its own
     */
    static Reply find(Turn turn, SearchKey key, String charset, boolean sorted,
            Function<List<Candidate>, Reply> answer) {
        var known = charset(charset);
        if (known == null) {
            return turn.read(state -> Reply.no(turn.failed(), new ResponseCode.BadCharset(CHARSETS),
                    "The server does not know the charset that the search names."));
        }
        Searching searching;
        try {
            searching = new Searching(turn, Match.of(key, turn.selected(), known,
                    turn.context().store().clock().instant()), sorted, answer);
        } catch (CharacterCodingException e) {
            return turn.read(state -> Reply.no(turn.failed(), null,
                    "The text to look for is not written in " + known.name() + "."));
        }
        if (sorted || Match.readsMessages(key)) {
            return turn.say(Reply.still(turn.phase(), new Waiting.Search(turn, searching)));
        }
        searching.goOn(() -> false);
        return searching.reply();
    }

    /** The end of a command that has found so many. */
    static Reply completed(Turn turn, List<Candidate> found) {
        return Reply.ok(turn.phase(), turn.verb() + " completed, " + found.size() + " found.");
    }

    /** The answer to a client that says what it wants. */
    static Reply extended(Turn turn, List<Candidate> found, SearchResult result, Outcome outcome) {
        var reply = completed(turn, found);
        if (result.has(SearchResult.Option.SAVE)) {
            reply = reply.in(turn.selected().saving(outcome.saved(result)));
        }
        // Who only saves is told nothing (RFC 5182 section 2.1).
        return result.savesOnly() ? reply : reply.saying(outcome.extended(turn.tag(), result));
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
