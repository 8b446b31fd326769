package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;

/** What the server says it can do (RFC 3501 section 7.2.1): what works in full, and nothing else. */
final class Capabilities {
    private static final List<String> ALWAYS = List.of("IMAP4rev1", "LITERAL+", "ID", "IDLE", "NAMESPACE", "UIDPLUS",
            "UNSELECT", "CHILDREN", "ENABLE", "CONDSTORE", "QRESYNC", "ESEARCH", "SEARCHRES", "MOVE", "STATUS=SIZE");

    /** Before login: the ways to log in too. */
    static final List<String> BEFORE_LOGIN = and("SASL-IR", "AUTH=PLAIN");
    /** After login. */
    static final List<String> AFTER_LOGIN = ALWAYS;

    private Capabilities() {
    }

    static List<String> in(Phase phase) {
        return phase instanceof Phase.LoggedIn ? AFTER_LOGIN : BEFORE_LOGIN;
    }

    private static List<String> and(String... more) {
        var all = new ArrayList<>(ALWAYS);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
