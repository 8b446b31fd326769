package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** APPEND (RFC 3501 section 6.3.11), of several messages too (RFC 3502), CATENATE (RFC 4469); REPLACE (RFC 8508). */
final class AppendSyntax {
    private static final String MESSAGE = "the message as a literal, such as {310},";
    private static final String PART = "TEXT with a literal, URL, or UTF8";

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

    // replace = "REPLACE" SP seq-number SP mailbox append-message
    static ImapCommand replace(CommandReader in, boolean uid) {
        var what = uid ? "the UID of a message" : "the number of a message";
        in.space(what);
        var message = in.oneMessage(what);
        return new ImapCommand.Replace(uid, message, MailboxSyntax.folder(in), message(in));
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
        return new AppendMessage(flags, date, data(in));
    }

    // append-data = literal / literal8 / utf8-literal / "CATENATE" SP "(" cat-part *(SP cat-part) ")"
    private static AppendData data(CommandReader in) {
        var from = in.offset();
        return switch (in.word()) {
            case "" -> new AppendData.Text(in.appendData(MESSAGE).content(), false);
            case "UTF8" -> utf8(in);
            case "CATENATE" -> catenate(in);
            default -> throw in.unexpectedWord("the message as a literal, UTF8 or CATENATE", from);
        };
    }

    private static AppendData catenate(CommandReader in) {
        in.space("parts in parentheses, each " + PART);
        in.require('(', "parts in parentheses, each " + PART);
        var parts = new ArrayList<AppendData.Part>();
        do {
            parts.add(part(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return new AppendData.Catenate(parts);
    }

    // cat-part = "TEXT" SP literal / "URL" SP astring / utf8-literal
    private static AppendData.Part part(CommandReader in) {
        var from = in.offset();
        return switch (in.word()) {
            case "TEXT" -> {
                in.space("a literal such as {310}");
                // BINARY's kind too, as everywhere in APPEND.
                yield new AppendData.Text(in.appendData("a literal such as {310},").content(), false);
            }
            case "URL" -> url(in);
            case "UTF8" -> utf8(in);
            case "" -> throw in.expected(PART);
            default -> throw in.unexpectedWord(PART, from);
        };
    }

    private static AppendData.Url url(CommandReader in) {
        in.space("the URL of a message");
        var octets = in.astring("the URL of a message such as \"/INBOX/;UID=20\",");
        if (octets.length > ImapUrl.LONGEST) {
            var where = in.lastToken();
            throw new SyntaxError("expected a URL of at most " + ImapUrl.LONGEST + " octets, found one of "
                    + octets.length, where.offset(), where.length());
        }
        return new AppendData.Url(new String(octets, StandardCharsets.ISO_8859_1));
    }

    // utf8-literal = "UTF8" SP "(" literal8 ")"
    private static AppendData.Text utf8(CommandReader in) {
        in.space("a literal such as ~{310} in parentheses");
        in.require('(', "a literal such as ~{310} in parentheses");
        var literal = in.literal8("a literal such as ~{310}, with the ~,");
        in.require(')', "a closing parenthesis");
        return new AppendData.Text(literal.content(), true);
    }
}
