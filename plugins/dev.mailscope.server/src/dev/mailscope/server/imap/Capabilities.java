package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.sasl.SaslMechanism;
import dev.mailscope.server.session.SessionContext;

/** What the server says it can do (RFC 3501 section 7.2.1): what works in full, and nothing else. */
final class Capabilities {
    private static final List<String> ALWAYS = List.of("IMAP4rev1", "IMAP4rev2", "ID", "IDLE", "NAMESPACE", "UIDPLUS",
            "UNSELECT", "CHILDREN", "LIST-EXTENDED", "LIST-STATUS", "SPECIAL-USE", "CREATE-SPECIAL-USE", "ENABLE",
            "CONDSTORE", "QRESYNC", "ESEARCH", "SEARCHRES", "MOVE", "STATUS=SIZE", "OBJECTID", "SAVEDATE", "WITHIN",
            "SORT", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES", "PARTIAL",
            "MULTIAPPEND", "CATENATE", "BINARY", "PREVIEW",
            "REPLACE", "QUOTA", "QUOTASET", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE", "QUOTA=RES-MAILBOX",
            "METADATA", "LIST-METADATA", "NOTIFY", "INPROGRESS");

    private Capabilities() {
    }

    /** In that phase, on that session's connection as it is now. */
    static List<String> in(Phase phase, SessionContext context) {
        var all = new ArrayList<>(ALWAYS);
        if (context.offersUtf8()) {
            all.add("UTF8=ACCEPT");
        }
        if (context.hasAccessLists()) {
            all.addAll(List.of("ACL", "RIGHTS=kxte", "LIST-MYRIGHTS"));
        }
        all.add(context.literalMinus() ? "LITERAL-" : "LITERAL+");
        all.add("APPENDLIMIT=" + context.limits().message());
        if (!context.isCompressed()) {
            all.add("COMPRESS=DEFLATE");
        }
        if (!(phase instanceof Phase.LoggedIn)) {
            all.addAll(beforeLogin(context));
        }
        return List.copyOf(all);
    }

    /** The ways to log in. */
    private static List<String> beforeLogin(SessionContext context) {
        var ways = new ArrayList<String>();
        if (context.canStartTls()) {
            ways.add("STARTTLS");
        }
        if (!context.circumstances().passwordsAllowed()) {
            ways.add("LOGINDISABLED");
        }
        ways.add("SASL-IR");
        SaslMechanism.offered(context.circumstances(), context.credentials())
                .forEach(mechanism -> ways.add("AUTH=" + mechanism.wireName()));
        return ways;
    }
}
