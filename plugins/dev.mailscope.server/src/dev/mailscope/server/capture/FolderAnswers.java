package dev.mailscope.server.capture;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.SpecialUse;

/** What follows for an account's folders from LIST, LSUB and STATUS, and what a folder is called there. */
final class FolderAnswers {
    private final Mailboxes mail;
    private Dialect dialect = Dialect.REV1;

    FolderAnswers(Mailboxes mail) {
        this.mail = mail;
    }

    /** Names are written in that dialect from now on. */
    void dialect(Dialect now) {
        dialect = now;
    }

    /** A LIST response, or an LSUB response. */
    void listed(AccountFacts account, ServerResponse response, boolean subscribed) {
        var values = response.values();
        if (values.size() < 5) {
            return;
        }
        var separator = values.get(3).word();
        if (mail.isLearning() && values.get(3) instanceof Value.Text && separator.length() == 1) {
            account.separator = separator.charAt(0);
        }
        var name = name(account, values.get(4));
        var attributes = values.get(2).members().stream().map(value -> value.word().toLowerCase(Locale.ROOT)).toList();
        if (name.isEmpty()) {
            return;
        }
        if (subscribed || attributes.contains("\\subscribed")) {
            mail.subscribed(account, name);
        }
        if (subscribed || attributes.contains("\\nonexistent")) {
            return;
        }
        var folder = mail.folder(account, name);
        if (mail.isLearning()) {
            folder.selectable &= !attributes.contains("\\noselect");
            Stream.of(SpecialUse.values()).filter(use -> attributes.contains(use.wireName().toLowerCase(Locale.ROOT)))
                    .forEach(folder.uses::add);
        }
    }

    /** A STATUS response. */
    void status(AccountFacts account, ServerResponse response) {
        var values = response.values();
        if (values.size() < 4) {
            return;
        }
        var items = values.get(3).members();
        var uidValidity = 0L;
        var uidNext = 0L;
        for (var i = 0; i + 1 < items.size(); i += 2) {
            switch (items.get(i).word().toUpperCase(Locale.ROOT)) {
                case "UIDVALIDITY" -> uidValidity = items.get(i + 1).number();
                case "UIDNEXT" -> uidNext = items.get(i + 1).number();
                default -> {
                    // numbers that follow from the messages
                }
            }
        }
        var folder = mail.folder(account, name(account, values.get(2)), uidValidity);
        if (mail.isLearning()) {
            folder.next(uidNext);
        }
    }

    private String name(AccountFacts account, Value value) {
        try {
            return name(account, MailboxName.decode(value.octets(), dialect));
        } catch (MailboxName.Malformed e) {
            return name(account, new String(value.octets(), StandardCharsets.ISO_8859_1));
        }
    }

    /** The name of a folder, as a client wrote it. */
    String name(AccountFacts account, String text) {
        var name = account.separator == Folder.SEPARATOR || text.indexOf(Folder.SEPARATOR) >= 0 ? text
                : text.replace(account.separator, Folder.SEPARATOR);
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        return Folder.canonicalName(name);
    }
}
