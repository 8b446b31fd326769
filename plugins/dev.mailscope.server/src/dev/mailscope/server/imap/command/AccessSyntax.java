package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;

import dev.mailscope.server.imap.command.ImapCommand.SetAcl.Mode;
import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Rights;

/** The commands about access lists (RFC 4314 section 7). */
final class AccessSyntax {
    private static final String IDENTIFIER = "an identifier: a user name, or anyone, maybe with - before it,";
    private static final String RIGHTS = "rights, letters from lrswipkxteacd, maybe with + or - before them,";

    private AccessSyntax() {
    }

    // setacl = "SETACL" SP mailbox SP identifier SP mod-rights
    static ImapCommand setAcl(CommandReader in) {
        var folder = MailboxSyntax.folder(in);
        var identifier = identifier(in);
        in.space(RIGHTS);
        var from = in.offset();
        var text = new String(in.astring(RIGHTS), StandardCharsets.UTF_8);
        var mode = text.startsWith("+") ? Mode.ADD : text.startsWith("-") ? Mode.REMOVE : Mode.REPLACE;
        try {
            return new ImapCommand.SetAcl(folder, identifier, mode,
                    Rights.parse(mode == Mode.REPLACE ? text : text.substring(1)));
        } catch (IllegalArgumentException e) {
            throw new SyntaxError("expected " + RIGHTS + " found " + e.getMessage(), from, in.offset() - from);
        }
    }

    // deleteacl = "DELETEACL" SP mailbox SP identifier
    static ImapCommand deleteAcl(CommandReader in) {
        return new ImapCommand.DeleteAcl(MailboxSyntax.folder(in), identifier(in));
    }

    // listrights = "LISTRIGHTS" SP mailbox SP identifier
    static ImapCommand listRights(CommandReader in) {
        return new ImapCommand.ListRights(MailboxSyntax.folder(in), identifier(in));
    }

    // identifier = astring
    private static String identifier(CommandReader in) {
        in.space(IDENTIFIER);
        var from = in.offset();
        var identifier = new String(in.astring(IDENTIFIER), StandardCharsets.UTF_8);
        if (AccessList.prepared(identifier).isEmpty()) {
            throw new SyntaxError("expected " + IDENTIFIER + " found one that SASLprep (RFC 4013) refuses", from,
                    in.offset() - from);
        }
        return identifier;
    }
}
