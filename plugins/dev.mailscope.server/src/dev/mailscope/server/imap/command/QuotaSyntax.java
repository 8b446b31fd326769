package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;

/** The commands about quotas (RFC 9208 section 7). */
final class QuotaSyntax {
    private static final String ROOT = "the name of a quota root";
    private static final String RESOURCE = "a resource such as STORAGE";

    private QuotaSyntax() {
    }

    // getquota = "GETQUOTA" SP quota-root-name
    static ImapCommand getQuota(CommandReader in) {
        return new ImapCommand.GetQuota(root(in));
    }

    // setquota = "SETQUOTA" SP quota-root-name SP "(" [setquota-resource *(SP setquota-resource)] ")"
    static ImapCommand setQuota(CommandReader in) {
        var root = root(in);
        in.space("limits in parentheses");
        in.require('(', "limits in parentheses");
        var limits = new LinkedHashMap<String, Long>();
        if (!in.skip(')')) {
            do {
                limit(in, limits);
            } while (in.skip(' '));
            in.require(')', "a space or a closing parenthesis");
        }
        return new ImapCommand.SetQuota(root, limits);
    }

    // setquota-resource = resource-name SP resource-limit
    private static void limit(CommandReader in, LinkedHashMap<String, Long> limits) {
        var from = in.offset();
        var name = in.atom(RESOURCE).toUpperCase(Locale.ROOT);
        if (limits.containsKey(name)) {
            throw new SyntaxError("expected each resource once, found " + name + " again", from, in.offset() - from);
        }
        in.space("the limit of the resource");
        limits.put(name, in.number64(0, "a limit"));
    }

    private static String root(CommandReader in) {
        in.space(ROOT);
        return new String(in.astring(ROOT), StandardCharsets.UTF_8);
    }
}
