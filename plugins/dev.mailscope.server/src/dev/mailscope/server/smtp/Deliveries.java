package dev.mailscope.server.smtp;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.message.Composition;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/**
 * Puts mail into the accounts' INBOXes.
 *
 * @param store       where the mail goes
 * @param credentials the accounts' names
 * @param trace       where it is recorded
 */
public record Deliveries(MailStore store, Credentials credentials, Recording trace) {
    private static final String POSTMASTER = "postmaster";

    /**
     * Who brings a message, and for whom.
     *
     * @param peer       the client's address and port
     * @param sender     the reverse-path, empty for the null one
     * @param recipients the forward-paths as the client wrote them
     */
    record Envelope(String peer, String sender, List<String> recipients) {
    }

    /**
     * The account for a recipient: the one that is called like the whole address, or like its local part whatever the
     * domain. Mail for the postmaster, whom every server has (RFC 5321 section 4.5.1), goes to the first account where
     * there is no such one.
     */
    Optional<String> account(Mailbox recipient) {
        return named(recipient.address()).or(() -> named(recipient.local()))
                .or(() -> recipient.local().equalsIgnoreCase(POSTMASTER) ? postmaster() : Optional.empty());
    }

    /** True when there is an account, so that somebody can log in. */
    boolean hasAccounts() {
        return !store.state().accounts().isEmpty();
    }

    /**
     * Delivers a message to these accounts, in one transaction that the trace's delivery event causes. MailboxException
     * when one of them cannot have it; then none has it. StorageException when it may not be kept.
     *
     * @param received how it came, for its Received field
     */
    void deliver(Envelope envelope, Collection<String> accounts, Received received, Content message) {
        var delivery = trace.record(0, SmtpListener.PROTOCOL, 0, "", Folder.INBOX, "",
                new What.Delivery(envelope.peer(), envelope.sender(), envelope.recipients()));
        var now = OffsetDateTime.now(store.clock()).withNano(0);
        var whole = new Composition().add(received.fields(envelope, delivery, now))
                .add(message, new Range(0, message.size())).toContent();
        try (var held = store.hold(whole)) {
            store.transact(new Cause(0, delivery, ""), transaction -> {
                for (var account : accounts) {
                    transaction.append(account, transaction.account(account).inbox().id(), Flags.NONE, now,
                            held.content());
                }
                return null;
            });
        }
        store.awaitKept();
    }

    private Optional<String> named(String name) {
        return credentials.account(name).filter(account -> store.state().account(account).isPresent());
    }

    private Optional<String> postmaster() {
        var names = store.state().accounts().keySet();
        return names.stream().filter(POSTMASTER::equalsIgnoreCase).findFirst().or(() -> names.stream().findFirst());
    }
}
