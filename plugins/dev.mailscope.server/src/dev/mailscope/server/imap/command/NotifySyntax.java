package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.imap.command.NotifyEvent.Named;

/** NOTIFY (RFC 5465 section 8). */
final class NotifySyntax {
    private static final String GROUP = "a group such as (personal (MessageNew MessageExpunge))";
    private static final String FILTER = "one of selected, selected-delayed, inboxes, personal, subscribed, subtree and"
            + " mailboxes";
    private static final String EVENTS = "NONE or events in parentheses";
    private static final String EVENT = "an event such as MessageNew";
    private static final String FOLDERS = "the name of a folder, or several in parentheses";

    private final CommandReader in;
    private final List<EventGroup> groups = new ArrayList<>();

    private NotifySyntax(CommandReader in) {
        this.in = in;
    }

    // notify = "NOTIFY" SP (notify-set / notify-none)
    static ImapCommand read(CommandReader in) {
        in.space("SET or NONE");
        var from = in.offset();
        return switch (in.name()) {
            case "NONE" -> new ImapCommand.Notify(false, List.of());
            case "SET" -> new NotifySyntax(in).set();
            case "" -> throw in.expected("SET or NONE");
            default -> throw in.unexpectedWord("SET or NONE", from);
        };
    }

    // notify-set = "SET" [SP "STATUS"] SP event-groups; event-groups = event-group *(SP event-group)
    private ImapCommand set() {
        in.space("STATUS or " + GROUP);
        var status = in.peek() != '(';
        if (status) {
            var from = in.offset();
            var word = in.name();
            if (!word.equals("STATUS")) {
                throw word.isEmpty() ? in.expected("STATUS or " + GROUP)
                        : in.unexpectedWord("STATUS or " + GROUP, from);
            }
            in.space(GROUP);
        }
        do {
            groups.add(group());
        } while (in.skip(' '));
        return new ImapCommand.Notify(status, groups);
    }

    // event-group = "(" filter-mailboxes SP events ")"
    private EventGroup group() {
        var start = in.offset();
        in.require('(', GROUP);
        var filter = filter();
        if (filter.isSelected() && groups.stream().anyMatch(group -> group.mailboxes().isSelected())) {
            throw new SyntaxError("expected selected or selected-delayed only once, found it again", start,
                    in.offset() - start);
        }
        in.space(EVENTS);
        var attributes = new LinkedHashSet<FetchAttribute>();
        var events = events(filter, attributes);
        in.require(')', "a closing parenthesis behind the events");
        requireTogether(events, start);
        return new EventGroup(filter, events, List.copyOf(attributes));
    }

    // filter-mailboxes = "selected" / "selected-delayed" / "inboxes" / … / "mailboxes" SP one-or-more-mailbox
    private MailboxFilter filter() {
        var from = in.offset();
        var word = in.name();
        return switch (word) {
            case "SUBTREE" -> new MailboxFilter.Subtree(folders());
            case "MAILBOXES" -> new MailboxFilter.Mailboxes(folders());
            case "" -> throw in.expected(FILTER);
            default -> Arrays.stream(MailboxFilter.Simple.values())
                    .filter(simple -> simple.wireName().equalsIgnoreCase(word)).findFirst()
                    .orElseThrow(() -> in.unexpectedWord(FILTER, from));
        };
    }

    // one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")"
    private List<String> folders() {
        in.space(FOLDERS);
        if (!in.skip('(')) {
            return List.of(in.mailbox(FOLDERS));
        }
        var names = new ArrayList<String>();
        do {
            names.add(in.mailbox("the name of a folder"));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return names;
    }

    // events = ( "(" event *(SP event) ")" ) / "NONE"
    private Set<NotifyEvent> events(MailboxFilter filter, Set<FetchAttribute> attributes) {
        var events = new LinkedHashSet<NotifyEvent>();
        if (!in.skip('(')) {
            var from = in.offset();
            var word = in.name();
            if (!word.equals("NONE")) {
                throw word.isEmpty() ? in.expected(EVENTS) : in.unexpectedWord(EVENTS, from);
            }
            return events;
        }
        do {
            events.add(event(filter, attributes));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return events;
    }

    // message-event = ("MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"]) / …; event-ext = atom
    private NotifyEvent event(MailboxFilter filter, Set<FetchAttribute> attributes) {
        var from = in.offset();
        var word = in.name();
        if (word.isEmpty()) {
            throw in.expected(EVENT);
        }
        var named = Arrays.stream(Named.values()).filter(event -> event.wireName().equalsIgnoreCase(word)).findFirst();
        if (named.isPresent() && !named.get().isOfMessage() && filter.isSelected()) {
            throw in.unexpectedWord("with selected only events of messages", from);
        }
        var end = in.offset();
        if (in.skip(' ') && in.skip('(')) {
            if (named.filter(Named.MESSAGE_NEW::equals).isEmpty() || !filter.isSelected()) {
                throw new SyntaxError("expected FETCH items only behind MessageNew with selected or selected-delayed,"
                        + " found a parenthesis", in.offset() - 1, 1);
            }
            attributes.addAll(FetchSyntax.list(in));
        } else {
            in.back(end);
        }
        return named.<NotifyEvent>map(event -> event).orElseGet(() -> new NotifyEvent.Other(word));
    }

    /** Who hears of some events of messages has to hear of others too (section 5). */
    private void requireTogether(Set<NotifyEvent> events, int start) {
        var any = events.stream().anyMatch(event -> event instanceof Named named && named.isOfMessage());
        if (any && !(events.contains(Named.MESSAGE_NEW) && events.contains(Named.MESSAGE_EXPUNGE))) {
            throw new SyntaxError("expected MessageNew and MessageExpunge beside each event of messages, found not"
                    + " both",
                    start, in.offset() - start);
        }
    }
}
