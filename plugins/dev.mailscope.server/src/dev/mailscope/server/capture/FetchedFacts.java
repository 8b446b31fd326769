package dev.mailscope.server.capture;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.mailbox.Flags;

/** What FETCH responses (RFC 9051 section 7.5.2) tell of messages. */
final class FetchedFacts {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final Mailboxes mail;

    FetchedFacts(Mailboxes mail) {
        this.mail = mail;
    }

    /**
     * Takes what was fetched of the message with that number.
     *
     * @param items names and values in turn
     * @param cause the command that is answered, null for none
     */
    void take(View view, long number, List<Value> items, ImapTalk.Pending cause) {
        for (var i = 0; i + 1 < items.size(); i += 2) {
            if (items.get(i).word().equalsIgnoreCase("UID")) {
                view.isCalled(number, items.get(i + 1).number());
            }
        }
        var message = view.message(number);
        if (message == null) {
            return;
        }
        for (var i = 0; i + 1 < items.size(); i += 2) {
            var value = items.get(i + 1);
            var name = items.get(i).word().toUpperCase(Locale.ROOT);
            if (name.equals("FLAGS")) {
                var flags = flags(value.members());
                if (mail.isLearning() && message.flags == null) {
                    message.flags = before(flags, cause);
                }
                view.flags(number, flags);
            } else if (mail.isLearning()) {
                learn(message, name, value);
            }
        }
    }

    private void learn(MessageFacts message, String name, Value value) {
        switch (name) {
            case "INTERNALDATE" -> message.date = message.date == null ? date(value.word()) : message.date;
            case "RFC822.SIZE" -> message.size = value.number();
            case "BODY[]", "RFC822", "BINARY[]" -> {
                if (value instanceof Value.Text(var octets) && message.content == null) {
                    message.content = mail.content(octets);
                }
            }
            case "BODY[]<0>" -> {
                if (value instanceof Value.Text(var octets) && message.content == null
                        && octets.length == message.size) {
                    message.content = mail.content(octets);
                }
            }
            case "BODY[HEADER]", "RFC822.HEADER" -> {
                if (value instanceof Value.Text(var octets)) {
                    message.header = octets;
                }
            }
            default -> {
                // a part of the message, or what can be computed from it
            }
        }
    }

    private static OffsetDateTime date(String text) {
        try {
            return OffsetDateTime.parse(text.strip(), DATE);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Flags flags(List<Value> values) {
        return flagsOf(values.stream().map(Value::word).toList());
    }

    /** The flags of these names; what is no flag of a message, as {@code \Recent}, is left out. */
    static Flags flagsOf(List<String> names) {
        return Flags.of(names.stream().flatMap(name -> !name.startsWith("\\") ? Stream.of(name)
                : Flags.systemNames().stream().filter(name::equalsIgnoreCase)).filter(name -> !name.isEmpty())
                .toList());
    }

    /** The flags a message had before the command that ended with these, if it changed what it was to change. */
    private static Flags before(Flags after, ImapTalk.Pending cause) {
        if (cause == null || !(cause.command.orElse(null) instanceof ImapCommand.Store store)) {
            return after;
        }
        var changed = flagsOf(store.flags().flags());
        return switch (store.flags().mode()) {
            case ADD -> after.minus(changed);
            case REMOVE -> after.plus(changed);
            case REPLACE -> after.equals(changed) && !changed.isEmpty() ? Flags.NONE : after;
        };
    }
}
