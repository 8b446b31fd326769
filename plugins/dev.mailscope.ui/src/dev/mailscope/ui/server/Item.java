package dev.mailscope.ui.server;

import java.util.Optional;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ServerState;

/** Something in the tree of mail. It names what it stands for and holds none of it, so that it outlives a state. */
sealed interface Item {
    /** The user name of the account it is or belongs to. */
    String account();

    /** An account. */
    record OfAccount(String account) implements Item {
        Optional<Account> in(ServerState state) {
            return state.account(account);
        }
    }

    /** A folder. */
    record OfFolder(String account, long folderId) implements Item {
        Optional<Folder> in(ServerState state) {
            return state.folder(account, folderId);
        }
    }

    /** A message in a folder. */
    record OfMessage(String account, long folderId, long uid) implements Item {
        Optional<Message> in(ServerState state) {
            return state.folder(account, folderId).map(folder -> folder.message(uid));
        }
    }

    /** Messages of a folder that are too many to be listed: all before that UID. */
    record Older(String account, long folderId, long uid) implements Item {
    }
}
