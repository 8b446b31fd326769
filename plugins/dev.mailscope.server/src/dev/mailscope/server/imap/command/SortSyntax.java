package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;

/** SORT and THREAD (RFC 5256 section 5), with the return options of ESORT (RFC 5267 section 3), and by UID. */
final class SortSyntax {
    private static final String CRITERIA = "sort criteria in parentheses, such as (REVERSE DATE)";
    private static final String CRITERION = "a sort criterion such as DATE, SUBJECT or REVERSE ARRIVAL";
    private static final String ALGORITHM = "ORDEREDSUBJECT or REFERENCES";
    private static final String CHARSET = "the charset of the search keys, such as UTF-8";

    private SortSyntax() {
    }

    // sort = ["UID" SP] "SORT" [SP "RETURN" SP "(" … ")"] SP sort-criteria SP search-criteria
    static ImapCommand sort(CommandReader in, boolean uid) {
        in.space(CRITERIA);
        SearchResult result = null;
        var from = in.offset();
        var word = in.word();
        if (word.equals("RETURN")) {
            in.space("options in parentheses");
            result = SearchSyntax.result(in);
            in.space(CRITERIA);
        } else if (!word.isEmpty()) {
            throw in.unexpectedWord(CRITERIA, from);
        }
        in.require('(', CRITERIA);
        var criteria = new ArrayList<SortCriterion>(2);
        do {
            criteria.add(criterion(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return new ImapCommand.Sort(uid, result, criteria, charset(in), SearchSyntax.keys(in));
    }

    // sort-criterion = ["REVERSE" SP] sort-key
    private static SortCriterion criterion(CommandReader in) {
        var from = in.offset();
        var word = in.word();
        var reverse = word.equals("REVERSE");
        if (reverse) {
            in.space(CRITERION);
            from = in.offset();
            word = in.word();
        }
        return new SortCriterion(constant(in, SortCriterion.Key.values(), word, from, CRITERION), reverse);
    }

    // thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria
    static ImapCommand thread(CommandReader in, boolean uid) {
        in.space(ALGORITHM);
        var from = in.offset();
        var algorithm = constant(in, ThreadAlgorithm.values(), in.word(), from, ALGORITHM);
        return new ImapCommand.Thread(uid, algorithm, charset(in), SearchSyntax.keys(in));
    }

    // search-criteria = charset 1*(SP search-key)
    private static String charset(CommandReader in) {
        in.space(CHARSET);
        var charset = new String(in.astring(CHARSET), StandardCharsets.ISO_8859_1);
        in.space(SearchSyntax.KEY);
        return charset;
    }

    private static <E extends Enum<E>> E constant(CommandReader in, E[] all, String word, int from, String expected) {
        if (word.isEmpty()) {
            throw in.expected(expected);
        }
        return Arrays.stream(all).filter(each -> each.name().equals(word)).findFirst()
                .orElseThrow(() -> in.unexpectedWord(expected, from));
    }
}
