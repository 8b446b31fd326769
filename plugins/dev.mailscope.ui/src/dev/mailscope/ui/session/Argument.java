package dev.mailscope.ui.session;

import java.util.List;

/** Arguments that the protocols themselves define, each with what it means and where that is said. */
enum Argument {
    /** Lines of the body that TOP fetches. */
    TOP("RFC 1939 section 7", Messages.Argument_top),
    /** SASL mechanisms. */
    MECHANISM("RFC 4616", Messages.Argument_mechanism),
    /** System flags. */
    FLAGS("RFC 3501 section 2.3.2", Messages.Argument_flags),
    /** What STATUS can tell of a folder. */
    STATUS("RFC 3501 section 6.3.10", Messages.Argument_status),
    /** What the pattern of LIST is relative to. */
    REFERENCE("RFC 3501 section 6.3.8", Messages.Argument_reference),
    /** Which names LIST gives. */
    PATTERN("RFC 3501 section 6.3.8", Messages.Argument_pattern),
    /** What FETCH can give of a message. */
    FETCH("RFC 3501 section 6.4.5", Messages.Argument_fetch),
    /** What STORE does with flags. */
    STORE("RFC 3501 section 6.4.6", Messages.Argument_store),
    /** What SEARCH looks for. */
    SEARCH("RFC 3501 section 6.4.4", Messages.Argument_search);

    /** One argument as it is written, and what it means. */
    record Item(String text, String explanation, String section) {
    }

    private final List<Item> items;

    Argument(String section, String lines) {
        // One item a line: the argument, a tab, its explanation.
        items = lines.lines().map(line -> line.split("\t", 2)).map(parts -> new Item(parts[0], parts[1], section))
                .toList();
    }

    List<Item> items() {
        return items;
    }
}
