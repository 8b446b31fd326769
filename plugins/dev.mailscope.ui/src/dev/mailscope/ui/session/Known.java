package dev.mailscope.ui.session;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Summary;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;

/**
 * What one moment tells about the names and numbers that a session's commands can be about.
 *
 * @param accounts the user names
 * @param folders  the folders' names as IMAP writes them
 * @param messages the messages that the session's client knows of, by their numbers
 */
record Known(List<String> accounts, List<String> folders, List<Known.Message> messages) {
    /**
     * A message as its session's client knows it.
     *
     * @param number  its message number (IMAP: sequence number)
     * @param uid     its UID
     * @param octets  its size
     * @param marked  true when DELE has marked it
     * @param content what it holds; null when that is not known
     */
    record Message(int number, long uid, int octets, boolean marked, Content content) {
        /** Sender and subject, by which a person knows it again; empty when they are not at hand. */
        String summary() {
            if (content == null || octets > READ_AT_MOST) {
                return "";
            }
            try {
                var summary = Summary.of(content);
                return summary.sender().isEmpty() ? summary.subject() : summary.sender() + ": " + summary.subject();
            } catch (UncheckedIOException e) {
                return ""; // its number is enough to name it
            }
        }
    }

    /** How many messages are offered, at most. */
    static final int MOST = 50;
    /** Nothing is known: the server has no trace here. */
    static final Known NOTHING = new Known(List.of(), List.of(), List.of());

    private static final int READ_AT_MOST = 1 << 18;
    // atom = 1*ATOM-CHAR: what needs no quotation marks (RFC 9051 section 9)
    private static final Pattern ATOM = Pattern.compile("[!#$&'+,\\-./0-9:;<=>?@A-Z\\[^_`a-z|}~]+");

    /** What that moment tells a session; null for one that the trace has not shown yet. */
    static Known of(Moment moment, SessionState session) {
        var accounts = moment.server().accounts();
        // Of a folder of another user's it is not known whose session it is.
        var own = session == null || session.folder().startsWith(Reach.OTHERS) ? null : accounts.get(session.account());
        var folders = (own == null ? accounts.values().stream() : List.of(own).stream())
                .flatMap(Known::names).distinct().toList();
        return new Known(List.copyOf(accounts.keySet()), folders, session == null ? List.of() : messages(session));
    }

    private static Stream<String> names(Account account) {
        return account.folders().values().stream().filter(folder -> folder.selectable())
                .map(folder -> written(folder.name()));
    }

    private static List<Message> messages(SessionState session) {
        var messages = new ArrayList<Message>();
        for (var message : session.told().values()) {
            if (messages.size() == MOST) {
                break;
            }
            messages.add(new Message(messages.size() + 1, message.uid(), message.size(),
                    session.marked().contains(message.uid()), message.content()));
        }
        return messages;
    }

    /** As an atom where it is one, otherwise quoted; in modified UTF-7 (RFC 3501 section 5.1.3). */
    private static String written(String name) {
        var encoded = new String(MailboxName.encode(name, Dialect.REV1), StandardCharsets.US_ASCII);
        return ATOM.matcher(encoded).matches() ? encoded
                : '"' + encoded.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
