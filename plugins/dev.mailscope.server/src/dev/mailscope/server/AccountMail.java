package dev.mailscope.server;

import java.nio.file.Path;

import dev.mailscope.server.mailbox.Account;

/** What the accounts of a server begin with, and come back to when it is reset: the same for each of them. */
public sealed interface AccountMail {
    /** An empty INBOX, and no other folder. */
    AccountMail NONE = new None();
    /** The sample mail: three messages in the INBOX, the usual folders, and a custom one. */
    AccountMail SAMPLE = new Sample();

    /** An empty INBOX. */
    record None() implements AccountMail {
    }

    /** The sample mail. */
    record Sample() implements AccountMail {
    }

    /**
     * The {@code .eml} files below a folder; its subfolders become folders.
     *
     * @param folder read when the server is opened
     */
    record Files(Path folder) implements AccountMail {
    }

    /** The folders and messages that this account has; each gets UIDs of its own. */
    record Like(Account account) implements AccountMail {
        @Override
        public String toString() {
            return "Like[" + account.name() + "]";
        }
    }
}
