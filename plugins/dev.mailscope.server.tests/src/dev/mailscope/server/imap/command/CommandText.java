package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Range;

/** Writes commands as a client would: what the parser must make the same command of. */
final class CommandText {
    private CommandText() {
    }

    /** The command with its tag and line end; non-synchronizing literals where a quoted string will not do. */
    static String of(String tag, ImapCommand command) {
        return tag + " " + command.verb().wireName() + switch (command) {
            case ImapCommand.Simple simple -> "";
            case ImapCommand.Id(var fields) -> fields.isEmpty() ? " NIL" : fields.stream()
                    .map(field -> string(utf8(field.name())) + " "
                            + (field.value() == null ? "NIL" : string(utf8(field.value()))))
                    .collect(Collectors.joining(" ", " (", ")"));
            case ImapCommand.Login(var user, var password) -> " " + string(utf8(user)) + " " + string(utf8(password));
            case ImapCommand.Authenticate(var mechanism, var response) -> " " + mechanism
                    + (response == null ? "" : response.length == 0 ? " ="
                            : " " + Base64.getEncoder().encodeToString(response));
            case ImapCommand.Compress(var algorithm) -> " " + algorithm;
            case ImapCommand.Enable(var names) -> " " + String.join(" ", names);
            case ImapCommand.Select select -> mailbox(select.mailbox()) + parameters(select);
            case ImapCommand.Create(var mailbox, var uses) -> mailbox(mailbox)
                    + (uses.isEmpty() ? "" : " (USE (" + String.join(" ", uses) + "))");
            case ImapCommand.Delete(var mailbox) -> mailbox(mailbox);
            case ImapCommand.Rename(var from, var to) -> mailbox(from) + mailbox(to);
            case ImapCommand.Subscribe(var mailbox) -> mailbox(mailbox);
            case ImapCommand.Unsubscribe(var mailbox) -> mailbox(mailbox);
            case ImapCommand.ListMailboxes(var reference, var patterns, var options) -> options == null
                    ? mailbox(reference) + mailbox(patterns.getFirst())
                    : options.selection().stream().map(ListOptions.Selection::wireName)
                            .collect(Collectors.joining(" ", " (", ")"))
                            + mailbox(reference) + patterns.stream().map(CommandText::mailbox)
                                    .collect(Collectors.joining()).replaceFirst(" ", " (") + ") RETURN ("
                            + results(options) + ")";
            case ImapCommand.ListSubscribed(var reference, var pattern) -> mailbox(reference) + mailbox(pattern);
            case ImapCommand.Status(var mailbox, var items) -> mailbox(mailbox)
                    + items.stream().map(StatusItem::wireName).collect(Collectors.joining(" ", " (", ")"));
            case ImapCommand.SetAcl(var mailbox, var identifier, var mode, var rights) -> mailbox(mailbox) + " "
                    + string(utf8(identifier)) + " \"" + switch (mode) {
                        case REPLACE -> "";
                        case ADD -> "+";
                        case REMOVE -> "-";
                    } + rights.compatible() + '"';
            case ImapCommand.DeleteAcl(var mailbox, var identifier) -> mailbox(mailbox) + " "
                    + string(utf8(identifier));
            case ImapCommand.GetAcl(var mailbox) -> mailbox(mailbox);
            case ImapCommand.ListRights(var mailbox, var identifier) -> mailbox(mailbox) + " "
                    + string(utf8(identifier));
            case ImapCommand.MyRights(var mailbox) -> mailbox(mailbox);
            case ImapCommand.GetQuota(var root) -> " " + string(root.getBytes(StandardCharsets.UTF_8));
            case ImapCommand.GetQuotaRoot(var mailbox) -> mailbox(mailbox);
            case ImapCommand.SetQuota(var root, var limits) -> " " + string(root.getBytes(StandardCharsets.UTF_8))
                    + limits.entrySet().stream().map(limit -> limit.getKey() + " " + limit.getValue())
                            .collect(Collectors.joining(" ", " (", ")"));
            case ImapCommand.GetMetadata(var mailbox, var maxSize, var depth, var entries) ->
                (maxSize.isPresent() ? " (DEPTH " + depth.wireName() + " MAXSIZE " + maxSize.getAsLong() + ")"
                        : " (DEPTH " + depth.wireName() + ")") + mailbox(mailbox)
                        + entries.stream().collect(Collectors.joining(" ", " (", ")"));
            case ImapCommand.SetMetadata(var mailbox, var values) -> mailbox(mailbox) + values.entrySet().stream()
                    .map(entry -> entry.getKey() + entry.getValue().map(value -> " ~{" + value.length() + "+}\r\n"
                            + value).orElse(" nil")).collect(Collectors.joining(" ", " (", ")"));
            case ImapCommand.Append(var mailbox, var messages) -> mailbox(mailbox)
                    + messages.stream().map(CommandText::message).collect(Collectors.joining());
            case ImapCommand.Notify(var status, var groups) -> groups.isEmpty() ? " NONE" : " SET"
                    + (status ? " STATUS" : "") + groups.stream().map(CommandText::group).collect(Collectors.joining());
            case ImapCommand.UidExpunge(var uids) -> " " + uids;
            case ImapCommand.Search(var uid, var result, var charset, var key) ->
                (result == null ? "" : " " + result) + (charset == null ? "" : " CHARSET " + charset) + " " + key(key);
            case ImapCommand.Sort(var uid, var result, var criteria, var charset, var key) ->
                (result == null ? "" : " " + result) + criteria.stream().map(SortCriterion::toString)
                        .collect(Collectors.joining(" ", " (", ")")) + " " + charset + " " + key(key);
            case ImapCommand.Thread(var uid, var algorithm, var charset, var key) ->
                " " + algorithm + " " + charset + " " + key(key);
            case ImapCommand.Fetch(var uid, var set, var attributes, var modifier) -> " " + set + attributes.stream()
                    .map(FetchAttribute::toString).collect(Collectors.joining(" ", " (", ")")) + modifier;
            case ImapCommand.Store(var uid, var set, var since, var flags) -> " " + set
                    + (since.isEmpty() ? "" : " (UNCHANGEDSINCE " + since.getAsLong() + ")") + " " + flags;
            case ImapCommand.Copy(var uid, var set, var mailbox) -> " " + set + mailbox(mailbox);
            case ImapCommand.Replace(var uid, var set, var mailbox, var message) -> " " + set + mailbox(mailbox)
                    + message(message);
            case ImapCommand.Move(var uid, var set, var mailbox) -> " " + set + mailbox(mailbox);
        } + "\r\n";
    }

    private static String group(EventGroup group) {
        var events = group.events().stream().map(event -> event.wireName()
                + (event != NotifyEvent.Named.MESSAGE_NEW || group.attributes().isEmpty() ? "" : group.attributes()
                        .stream().map(FetchAttribute::toString).collect(Collectors.joining(" ", " (", ")"))));
        return " (" + switch (group.mailboxes()) {
            case MailboxFilter.Simple simple -> simple.wireName();
            case MailboxFilter.Subtree(var names) -> "Subtree" + several(names);
            case MailboxFilter.Mailboxes(var names) -> "MAILBOXES" + several(names);
        } + (group.events().isEmpty() ? " NONE)" : events.collect(Collectors.joining(" ", " (", "))")));
    }

    private static String several(List<String> names) {
        return names.size() == 1 ? mailbox(names.getFirst())
                : names.stream().map(CommandText::mailbox).collect(Collectors.joining()).replaceFirst(" ", " (") + ")";
    }

    private static String results(ListOptions options) {
        var all = new ArrayList<>(options.results().stream().map(ListOptions.Result::wireName).toList());
        if (!options.status().isEmpty()) {
            all.add(options.status().stream().map(StatusItem::wireName)
                    .collect(Collectors.joining(" ", "STATUS (", ")")));
        }
        if (!options.metadata().isEmpty()) {
            all.add(options.metadata().stream().map(entry -> string(entry.getBytes(StandardCharsets.ISO_8859_1)))
                    .collect(Collectors.joining(" ", "METADATA (", ")")));
        }
        return String.join(" ", all);
    }

    private static String parameters(ImapCommand.Select select) {
        var all = new ArrayList<String>();
        if (select.condstore()) {
            all.add("CONDSTORE");
        }
        if (select.resync() != null) {
            all.add(select.resync().toString());
        }
        return all.isEmpty() ? "" : " (" + String.join(" ", all) + ")";
    }

    private static String message(AppendMessage message) {
        return " (" + String.join(" ", message.flags()) + ")"
                + (message.date() == null ? "" : " \"" + DateSyntax.print(message.date()) + '"')
                + " " + data(message.data());
    }

    private static String data(AppendData data) {
        return switch (data) {
            case AppendData.Text text -> text(text, "");
            case AppendData.Catenate(var parts) -> parts.stream().map(part -> switch (part) {
                case AppendData.Text text -> text(text, "TEXT ");
                case AppendData.Url(var url) -> "URL " + string(url.getBytes(StandardCharsets.ISO_8859_1));
            }).collect(Collectors.joining(" ", "CATENATE (", ")"));
        };
    }

    private static String text(AppendData.Text text, String keyword) {
        return text.utf8() ? "UTF8 (~" + literal(text.content()) + ")"
                : keyword + (latin1(text.content().octets()).indexOf(0) < 0 ? "" : "~") + literal(text.content());
    }

    private static String literal(Content content) {
        return "{" + content.size() + "+}\r\n" + latin1(content.octets());
    }

    private static String key(SearchKey key) {
        return switch (key) {
            case SearchKey.And(var keys) ->
                keys.stream().map(CommandText::key).collect(Collectors.joining(" ", "(", ")"));
            case SearchKey.Or(var one, var other) -> "OR " + key(one) + " " + key(other);
            case SearchKey.Not(var inner) -> "NOT " + key(inner);
            case SearchKey.Envelope(var field, var text) -> field + " " + string(text.octets());
            case SearchKey.Header(var field, var text) ->
                "HEADER " + string(field.getBytes(StandardCharsets.ISO_8859_1)) + " " + string(text.octets());
            case SearchKey.Body(var text) -> "BODY " + string(text.octets());
            case SearchKey.Text(var text) -> "TEXT " + string(text.octets());
            case SearchKey.All all -> all.toString();
            case SearchKey.Flag flag -> flag.toString();
            case SearchKey.Recent recent -> recent.toString();
            case SearchKey.Sequence sequence -> sequence.toString();
            case SearchKey.Uid uid -> uid.toString();
            case SearchKey.ModSeq modSeq -> modSeq.toString();
            case SearchKey.Received received -> received.toString();
            case SearchKey.Sent sent -> sent.toString();
            case SearchKey.Saved saved -> saved.toString();
            case SearchKey.SaveDateSupported supported -> supported.toString();
            case SearchKey.Older older -> older.toString();
            case SearchKey.Younger younger -> younger.toString();
            case SearchKey.EmailId id -> id.toString();
            case SearchKey.ThreadId id -> id.toString();
            case SearchKey.Larger larger -> larger.toString();
            case SearchKey.Smaller smaller -> smaller.toString();
        };
    }

    private static String mailbox(String name) {
        return " " + string(MailboxName.encode(name, Dialect.REV1));
    }

    private static String string(byte[] octets) {
        for (var octet : octets) {
            if (octet < ' ') {
                return "{" + octets.length + "+}\r\n" + latin1(octets);
            }
        }
        return '"' + latin1(octets).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** The raw command that the framer makes of this text; all literals are accepted. */
    static RawCommand raw(String text) {
        var framer = new ImapFramer();
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        framer.feed(octets, 0, octets.length);
        while (true) {
            switch (framer.next()) {
                case Frame.Command(var raw) -> {
                    return raw;
                }
                case Frame.LiteralAnnounced announced -> framer.accept();
                case null -> {
                    return framer.pending();
                }
                default -> throw new IllegalArgumentException("not a command: " + text);
            }
        }
    }

    /** The octets of the ranges, one string for each. */
    static List<String> octets(RawCommand raw, List<Range> ranges) {
        return ranges.stream().map(range -> latin1(raw.octets(range))).toList();
    }
}
