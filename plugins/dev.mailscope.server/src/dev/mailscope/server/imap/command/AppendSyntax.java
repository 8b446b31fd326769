package dev.mailscope.server.imap.command;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** APPEND (RFC 3501 section 6.3.11), of several messages too (RFC 3502). */
final class AppendSyntax {
    private AppendSyntax() {
    }

    // append = "APPEND" SP mailbox 1*append-message
    static ImapCommand append(CommandReader in) {
        var folder = MailboxSyntax.folder(in);
        var messages = new ArrayList<AppendMessage>();
        do {
            messages.add(message(in));
        } while (in.peek() == ' ');
        return new ImapCommand.Append(folder, messages);
    }

    // append-message = [SP flag-list] [SP date-time] SP append-data
    private static AppendMessage message(CommandReader in) {
        in.space("flags, a date and time, or the message as a literal");
        List<String> flags = List.of();
        if (in.peek() == '(') {
            flags = StoreSyntax.flagList(in);
            in.space("a date and time, or the message as a literal");
        }
        OffsetDateTime date = null;
        if (in.peek() == '"') {
            date = DateSyntax.dateTime(in);
            in.space("the message as a literal");
        }
        return new AppendMessage(flags, date, in.appendData("the message as a literal, such as {310},").content());
    }
}
