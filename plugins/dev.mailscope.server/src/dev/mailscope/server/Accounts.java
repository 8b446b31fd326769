package dev.mailscope.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.store.DurableStore;

/**
 * A server's accounts: how they begin, what opens them, and, where there is a store, that both are kept. Its exceptions
 * are those of {@link MailServer}.
 */
final class Accounts {
    private final MailStore store;
    private final Credentials credentials;
    // Null while accounts and mail are in memory.
    private final DurableStore durable;
    private final Beginning beginning;

    Accounts(MailStore store, Credentials credentials, DurableStore durable, Beginning beginning) {
        this.store = store;
        this.credentials = credentials;
        this.durable = durable;
        this.beginning = beginning;
    }

    /**
     * Goes on with what the store holds; makes the accounts that are missing, with the mail they begin with.
     *
     * @param remark takes what the trace is to say of it
     * @param note   takes what the user is to hear of it
     * @return the configuration, with the accounts that it is about
     */
    ServerConfig resume(ServerConfig config, Consumer<String> remark, Consumer<String> note) {
        remark.accept("opened the store " + config.store() + (durable.swept() == 0 ? "" : "; removed " + durable.swept()
                + " unfinished or deleted mails that a crash had left"));
        durable.passwords().forEach((user, verifiers) -> {
            if (durable.state().account(user).isPresent()) {
                credentials.set(user, verifiers);
            }
        });
        // The sample account is for an empty server; nobody asked for its well-known password elsewhere.
        if (!durable.state().accounts().isEmpty() && config.hasSampleAccountOnly()) {
            return config.withAccounts(List.of());
        }
        var missing = config.accounts().stream().map(AccountConfig::user)
                .filter(user -> durable.state().account(user).isEmpty()).toList();
        for (var account : config.accounts()) {
            var user = account.user();
            var known = durable.passwords().containsKey(user) && !missing.contains(user);
            var same = known && credentials.verify(user, account.password());
            open(account);
            if (!same) {
                // Before the account itself: an account is never there without its password.
                keepPassword(user);
            }
            if (known && !same) {
                note.accept("The password of " + user + " is the given one from now on; the store had another.");
            }
        }
        store.transact(Cause.SERVER, t -> {
            // What a client has set stays, unless something else is asked for.
            config.accounts().stream().filter(account -> t.state().account(account.user()).isPresent()
                    && (!account.quota().limits().isEmpty() || account.quota().fixed()))
                    .forEach(account -> t.setQuota(account.user(), account.quota()));
            return null;
        });
        if (!missing.isEmpty()) {
            holding(filled -> store.transact(Cause.SERVER, t -> {
                missing.forEach(user -> filled.fill(t, user));
                return null;
            }));
        }
        return config;
    }

    /** Makes all as in the beginning, opened as these say. */
    void reset(List<AccountConfig> opened) {
        holding(filled -> store.transact(Cause.SERVER, t -> {
            for (var name : new ArrayList<>(t.state().accounts().keySet())) {
                t.removeAccount(name);
                credentials.remove(name);
            }
            Annotations.difference(t.state().annotations(), filled.annotations())
                    .forEach((entry, value) -> t.annotateServer("", entry, value));
            filled.users().forEach(user -> filled.fill(t, user));
            filled.share(t);
            open(opened);
            return null;
        }));
        opened.forEach(account -> keepPassword(account.user()));
    }

    /** Makes an account with an empty INBOX. */
    void create(AccountConfig account) {
        store.transact(Cause.SERVER, t -> {
            t.createAccount(account.user());
            t.setQuota(account.user(), account.quota());
            open(account);
            return null;
        });
        keepPassword(account.user());
        store.awaitKept();
    }

    /** Sets what opens an account that is there, and does that as well. */
    void change(AccountConfig account, Runnable also) {
        ofExisting(account.user(), () -> {
            also.run();
            open(account);
        });
        keepPassword(account.user());
    }

    /** Removes an account with all its mail. */
    void remove(String user) {
        store.transact(Cause.SERVER, t -> {
            t.removeAccount(user);
            return null;
        });
        credentials.remove(user);
        if (durable != null) {
            durable.forgetPassword(user);
        }
        store.awaitKept();
    }

    /** Changes something of an account, while it is certain that it is there. */
    void ofExisting(String user, Runnable change) {
        store.transact(Cause.SERVER, t -> {
            t.account(user);
            change.run();
            return null;
        });
    }

    /** Says what those of these accounts are opened with that are there in the beginning. */
    void open(List<AccountConfig> accounts) {
        accounts.stream().filter(account -> beginning.users().contains(account.user())).forEach(this::open);
    }

    private void open(AccountConfig account) {
        if (account.keepsSecret()) {
            credentials.set(account.user(), account.password());
            credentials.derive(account.user());
        } else {
            credentials.setWithoutSecret(account.user(), account.password());
        }
        credentials.setTokens(account.user(), account.tokens());
        credentials.setCertificate(account.user(), account.certificate());
    }

    private void keepPassword(String user) {
        if (durable != null) {
            durable.keepPassword(user, credentials.verifiers(user));
        }
    }

    /** Does something with the beginning's mail kept. */
    private void holding(Consumer<Beginning> work) {
        var holds = new ArrayList<Storage.Hold>();
        try {
            work.accept(beginning.withContents(content -> {
                holds.add(store.hold(content));
                return holds.getLast().content();
            }));
            store.awaitKept();
        } finally {
            holds.forEach(Storage.Hold::close);
        }
    }
}
