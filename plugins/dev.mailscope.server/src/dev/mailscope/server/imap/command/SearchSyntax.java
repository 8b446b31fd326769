package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

/** SEARCH (RFC 3501 section 6.4.4) and UID SEARCH. */
final class SearchSyntax {
    /** How deep keys may be nested: parentheses, NOT and OR. */
    static final int MAX_DEPTH = 100;

    private static final Pattern OBJECT_ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final String OPTION = "one of MIN, MAX, ALL, COUNT, SAVE and PARTIAL";
    static final String KEY = "a search key such as ALL, UNSEEN or FROM";

    private SearchSyntax() {
    }

    // search = "SEARCH" [SP "RETURN" SP "(" [search-return-opts] ")"] [SP "CHARSET" SP astring] 1*(SP search-key)
    static ImapCommand search(CommandReader in, boolean uid) {
        in.space(KEY);
        var from = in.offset();
        var word = in.word();
        SearchResult result = null;
        if (word.equals("RETURN")) {
            in.space("options in parentheses");
            result = result(in);
            in.space(KEY);
            from = in.offset();
            word = in.word();
        }
        String charset = null;
        if (word.equals("CHARSET")) {
            in.space("the name of a charset");
            charset = new String(in.astring("the name of a charset"), StandardCharsets.ISO_8859_1);
            in.space(KEY);
            from = in.offset();
            word = in.word();
        }
        return new ImapCommand.Search(uid, result, charset, keys(in, key(in, word, from, 0)));
    }

    // search-key *(SP search-key)
    static SearchKey keys(CommandReader in) {
        return keys(in, key(in, 0));
    }

    private static SearchKey keys(CommandReader in, SearchKey first) {
        var keys = new ArrayList<SearchKey>(2);
        keys.add(first);
        while (in.skip(' ')) {
            keys.add(key(in, 0));
        }
        return keys.size() == 1 ? first : new SearchKey.And(keys);
    }

    // search-return-opts = search-return-opt *(SP search-return-opt)
    static SearchResult result(CommandReader in) {
        var options = EnumSet.noneOf(SearchResult.Option.class);
        PartialRange partial = null;
        in.require('(', "options in parentheses");
        if (!in.skip(')')) {
            do {
                var from = in.offset();
                var word = in.word();
                if (!word.equals("PARTIAL")) {
                    options.add(option(in, word, from));
                } else if (partial == null) {
                    partial = partial(in);
                } else {
                    throw in.unexpectedWord("PARTIAL only once", from);
                }
                if (partial != null && options.contains(SearchResult.Option.ALL)) {
                    throw new SyntaxError("expected either ALL or PARTIAL, found both", from, word.length());
                }
            } while (in.skip(' '));
            in.require(')', "a space or a closing parenthesis");
        }
        return new SearchResult(options, partial);
    }

    // modifier-partial = "PARTIAL" SP partial-range
    static PartialRange partial(CommandReader in) {
        var expected = "a range such as 1:100 or -1:-100";
        in.space(expected);
        var fromLast = in.skip('-');
        var from = in.number(1, expected);
        in.require(':', "a colon and the other end of the range");
        if (fromLast) {
            in.require('-', "a minus sign, as the other end of the range has it,");
        }
        return new PartialRange(from, in.number(1, "the other end of the range"), fromLast);
    }

    private static SearchResult.Option option(CommandReader in, String word, int from) {
        if (word.isEmpty()) {
            throw in.expected(OPTION);
        }
        return Arrays.stream(SearchResult.Option.values()).filter(option -> option.name().equals(word)).findFirst()
                .orElseThrow(() -> in.unexpectedWord(OPTION, from));
    }

    private static SearchKey key(CommandReader in, int depth) {
        var from = in.offset();
        return key(in, in.word(), from, depth);
    }

    // search-key = "ALL" / "ANSWERED" / … / sequence-set / "(" search-key *(SP search-key) ")"
    private static SearchKey key(CommandReader in, String word, int from, int depth) {
        if (depth > MAX_DEPTH) {
            throw new SyntaxError("expected search keys nested at most " + MAX_DEPTH + " deep, found them deeper", from,
                    0);
        }
        if (word.isEmpty()) {
            return unnamed(in, depth);
        }
        if (OctetClass.isDigit(word.charAt(0))) {
            in.back(from);
            return new SearchKey.Sequence(in.messages("a sequence set"));
        }
        return switch (word) {
            case "ALL" -> new SearchKey.All();
            case "ANSWERED" -> new SearchKey.Flag("\\Answered", true);
            case "DELETED" -> new SearchKey.Flag("\\Deleted", true);
            case "DRAFT" -> new SearchKey.Flag("\\Draft", true);
            case "FLAGGED" -> new SearchKey.Flag("\\Flagged", true);
            case "SEEN" -> new SearchKey.Flag("\\Seen", true);
            case "UNANSWERED" -> new SearchKey.Flag("\\Answered", false);
            case "UNDELETED" -> new SearchKey.Flag("\\Deleted", false);
            case "UNDRAFT" -> new SearchKey.Flag("\\Draft", false);
            case "UNFLAGGED" -> new SearchKey.Flag("\\Flagged", false);
            case "UNSEEN" -> new SearchKey.Flag("\\Seen", false);
            case "KEYWORD" -> new SearchKey.Flag(keyword(in), true);
            case "UNKEYWORD" -> new SearchKey.Flag(keyword(in), false);
            case "NEW" -> new SearchKey.And(List.of(new SearchKey.Recent(true),
                    new SearchKey.Flag("\\Seen", false)));
            case "OLD" -> new SearchKey.Recent(false);
            case "RECENT" -> new SearchKey.Recent(true);
            case "BCC", "CC", "FROM", "SUBJECT", "TO" ->
                new SearchKey.Envelope(SearchKey.EnvelopeField.valueOf(word), text(in));
            case "BODY" -> new SearchKey.Body(text(in));
            case "TEXT" -> new SearchKey.Text(text(in));
            case "HEADER" -> header(in);
            case "BEFORE", "ON", "SINCE" -> {
                in.space("a date");
                yield new SearchKey.Received(SearchKey.When.valueOf(word), DateSyntax.date(in));
            }
            case "SENTBEFORE", "SENTON", "SENTSINCE" -> {
                in.space("a date");
                yield new SearchKey.Sent(SearchKey.When.valueOf(word.substring(4)), DateSyntax.date(in));
            }
            case "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE" -> {
                in.space("a date");
                yield new SearchKey.Saved(SearchKey.When.valueOf(word.substring(5)), DateSyntax.date(in));
            }
            case "SAVEDATESUPPORTED" -> new SearchKey.SaveDateSupported();
            case "OLDER" -> new SearchKey.Older(seconds(in));
            case "YOUNGER" -> new SearchKey.Younger(seconds(in));
            case "EMAILID" -> new SearchKey.EmailId(objectId(in));
            case "THREADID" -> new SearchKey.ThreadId(objectId(in));
            case "LARGER" -> new SearchKey.Larger(octets(in));
            case "SMALLER" -> new SearchKey.Smaller(octets(in));
            case "UID" -> {
                in.space("a set of UIDs");
                yield new SearchKey.Uid(in.messages("a set of UIDs"));
            }
            case "MODSEQ" -> modSeq(in);
            case "NOT" -> {
                in.space("the search key that NOT turns around");
                yield new SearchKey.Not(key(in, depth + 1));
            }
            case "OR" -> {
                in.space("the first of two search keys");
                var one = key(in, depth + 1);
                in.space("the second of two search keys");
                yield new SearchKey.Or(one, key(in, depth + 1));
            }
            default -> throw in.unexpectedWord(KEY, from);
        };
    }

    private static SearchKey unnamed(CommandReader in, int depth) {
        if (in.peek() == '*' || in.peek() == '$') {
            return new SearchKey.Sequence(in.messages("a sequence set"));
        }
        if (!in.skip('(')) {
            throw in.expected(KEY);
        }
        var keys = new ArrayList<SearchKey>(2);
        do {
            keys.add(key(in, depth + 1));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
    }

    // search-modsequence = "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer
    private static SearchKey modSeq(CommandReader in) {
        in.space("a modification sequence");
        if (in.peek() == '"') {
            // There is one modification sequence for all of a message, so the entry makes no difference (RFC 7162
            // section 3.1.5).
            in.string("the name of an entry");
            in.space("priv, shared or all");
            var from = in.offset();
            var type = in.word();
            if (!type.equals("PRIV") && !type.equals("SHARED") && !type.equals("ALL")) {
                throw in.unexpectedWord("priv, shared or all", from);
            }
            in.space("a modification sequence");
        }
        return new SearchKey.ModSeq(in.modSeq(0));
    }

    private static EncodedText text(CommandReader in) {
        in.space("the text to look for");
        return new EncodedText(in.astring("the text to look for"));
    }

    // "HEADER" SP header-fld-name SP astring
    private static SearchKey header(CommandReader in) {
        in.space("the name of a header field");
        var field = new String(in.astring("the name of a header field"), StandardCharsets.ISO_8859_1);
        return new SearchKey.Header(field, text(in));
    }

    private static String keyword(CommandReader in) {
        in.space("a keyword");
        return in.atom("a keyword");
    }

    // "OLDER" SP nz-number, "YOUNGER" SP nz-number
    private static long seconds(CommandReader in) {
        in.space("a number of seconds");
        return in.number(1, "a number of seconds");
    }

    // objectid = 1*255(ALPHA / DIGIT / "_" / "-")
    private static String objectId(CommandReader in) {
        var expected = "an id of up to 255 letters, digits, _ and -";
        in.space(expected);
        var from = in.offset();
        var id = in.atom(expected);
        if (!OBJECT_ID.matcher(id).matches()) {
            throw in.unexpectedWord(expected, from);
        }
        return id;
    }

    private static long octets(CommandReader in) {
        in.space("a number of octets");
        return in.number(0, "a number of octets");
    }
}
