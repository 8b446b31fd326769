package dev.mailscope.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.Content;

/** What accounts there are in the beginning, and again after a reset, and what they hold. */
sealed interface Beginning {
    /** The accounts' user names. */
    Collection<String> users();

    /** The server's shared annotations (RFC 5464). */
    Map<String, String> annotations();

    /** Makes the account and all that is in it. */
    void fill(Transaction t, String user);

    /** The same with every mail's octets replaced by what the step makes of them; they must be the same octets. */
    Beginning withContents(UnaryOperator<Content> step);

    /** Says who may do what with the folders, and what users have noted of others', when all accounts are filled. */
    void share(Transaction t);

    /** The same mail for every account. */
    record Same(List<AccountConfig> accounts, InitialMail mail) implements Beginning {
        @Override
        public Collection<String> users() {
            return accounts.stream().map(AccountConfig::user).toList();
        }

        @Override
        public Map<String, String> annotations() {
            return Map.of();
        }

        @Override
        public void fill(Transaction t, String user) {
            t.createAccount(user);
            t.subscribe(user, "INBOX", true);
            for (var folder : mail.folders()) {
                if (t.account(user).folder(folder).isEmpty()) {
                    t.createFolder(user, folder);
                }
                t.subscribe(user, folder, true);
                var use = mail.uses().get(folder);
                t.setSpecialUses(user, t.folder(user, folder).id(), use == null ? List.of() : List.of(use));
            }
            for (var item : mail.messages()) {
                t.append(user, t.folder(user, item.folder()).id(), item.flags(), item.received(), item.content());
            }
            accounts.stream().filter(account -> account.user().equals(user))
                    .forEach(account -> t.setQuota(user, account.quota()));
        }

        @Override
        public Beginning withContents(UnaryOperator<Content> step) {
            return new Same(accounts, new InitialMail(mail.folders(), mail.uses(), mail.messages().stream()
                    .map(item -> new InitialMail.Item(item.folder(), item.flags(), item.received(),
                            step.apply(item.content()))).toList()));
        }

        @Override
        public void share(Transaction t) {
            // Every folder is its owner's alone.
        }
    }

    /** What each account held in a state from which a server was forked. */
    record Forked(ServerState state) implements Beginning {
        @Override
        public Collection<String> users() {
            return state.accounts().keySet();
        }

        @Override
        public Map<String, String> annotations() {
            return state.annotations();
        }

        @Override
        public void fill(Transaction t, String user) {
            t.createAccount(user);
            var was = state.account(user).orElseThrow();
            for (var folder : was.folders().values()) {
                if (t.account(user).folder(folder.name()).isEmpty()) {
                    t.createFolder(user, folder.name());
                }
                var id = t.folder(user, folder.name()).id();
                t.setSpecialUses(user, id, List.copyOf(folder.uses()));
                for (var message : folder.messages().values()) {
                    t.append(user, id, message.flags(), message.internalDate(), message.content());
                }
            }
            for (var name : was.subscriptions()) {
                t.subscribe(user, name, true);
            }
            was.annotations(Account.SERVER)
                    .forEach((entry, value) -> t.annotateServer(user, entry, Optional.of(value)));
            t.setQuota(user, was.quota());
        }

        @Override
        public Beginning withContents(UnaryOperator<Content> step) {
            return new Forked(state.withContents(step));
        }

        @Override
        public void share(Transaction t) {
            for (var account : state.accounts().values()) {
                for (var folder : account.folders().values()) {
                    var id = t.folder(account.name(), folder.name()).id();
                    t.setAccess(account.name(), id, folder.access());
                    for (var user : state.accounts().values()) {
                        user.annotations(folder.id()).forEach((entry, value) ->
                                t.annotate(user.name(), account.name(), id, entry, Optional.of(value)));
                    }
                }
            }
        }
    }
}
