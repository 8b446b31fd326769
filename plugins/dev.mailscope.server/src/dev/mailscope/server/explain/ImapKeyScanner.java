package dev.mailscope.server.explain;

/** The arguments of SEARCH, SORT and THREAD (RFC 9051 section 6.4.4, RFC 5256), part by part. */
class ImapKeyScanner extends ImapScanner {
    private static final int MOST_KEYS = 1_000;

    private int keys;

    ImapKeyScanner(Line line, Context context) {
        super(line, context);
    }

    /** Takes what stands behind SEARCH. */
    void search() {
        if (returnOption()) {
            space();
        }
        if (follows("CHARSET ")) {
            part(at() + 7, "charset", "The charset of the text to look for follows.");
            then(() -> string("charset", ""));
        }
        each(this::key);
    }

    private void searchOption() {
        if (isNumber() || peek() == '-') {
            part(run(c -> c >= '0' && c <= '9' || c == ':' || c == '-'), "window", "");
        } else {
            word("search option", "search");
        }
    }

    /** Takes one search key with what belongs to it. */
    private void key() {
        if (peek() == '(') {
            list(this::key);
            return;
        }
        if (isNumber() || peek() == '*' || peek() == '$') {
            set(false);
            return;
        }
        var name = word(ImapScanner::isAtom);
        term(run(ImapScanner::isAtom), "search key", "key", name, "");
        switch (name) {
            case "NOT", "FUZZY" -> nested();
            case "OR" -> {
                nested();
                nested();
            }
            case "KEYWORD", "UNKEYWORD" -> then(this::flag);
            case "BCC", "CC", "FROM", "SUBJECT", "TO", "BODY", "TEXT" -> then(() -> string("search text", ""));
            case "HEADER" -> each("header field name", "search text");
            case "BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE", "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE" ->
                then(() -> string("date", ""));
            case "LARGER", "SMALLER" -> then(() -> number("size", ""));
            case "OLDER", "YOUNGER" -> then(() -> number("number", "number of seconds", ""));
            case "EMAILID", "THREADID" -> then(() -> string("object id", ""));
            case "UID" -> then(() -> set(true));
            case "MODSEQ" -> {
                space();
                if (peek() == '"') {
                    string("metadata entry", "What the modification sequence is about.");
                    then(() -> string("atom", "Whose entry: priv, shared or all."));
                    space();
                }
                guarded(() -> number("modification sequence", ""));
            }
            default -> {
                // The key is a word alone.
            }
        }
    }

    // NOT NOT NOT … needs no parentheses to nest.
    private void nested() {
        if (++keys > MOST_KEYS) {
            restOfLine("rest", "");
        }
        then(this::key);
    }

    /** Takes what stands behind SORT. */
    void sort() {
        returnOption();
        then(() -> list(() -> word("sort criterion", "sort")));
        then(() -> string("charset", ""));
        each(this::key);
    }

    private boolean returnOption() {
        space();
        var wanted = follows("RETURN ");
        if (wanted) {
            part(at() + 6, "search option", "What is to be told follows in parentheses.");
            then(() -> list(this::searchOption));
        }
        return wanted;
    }

    /** Takes what stands behind THREAD. */
    void thread() {
        then(() -> word("thread algorithm", "thread"));
        then(() -> string("charset", ""));
        each(this::key);
    }
}
