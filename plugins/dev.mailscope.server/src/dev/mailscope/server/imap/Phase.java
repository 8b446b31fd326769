package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Rights;

/** Where a session is (RFC 3501 section 3), with what it holds there. */
sealed interface Phase {
    /** Nobody has logged in yet. */
    record NotAuthenticated() implements Phase {
        @Override
        public ImapPhase kind() {
            return ImapPhase.NOT_AUTHENTICATED;
        }
    }

    /** A user has logged in. */
    sealed interface LoggedIn extends Phase {
        /** The user name. */
        String account();
    }

    /** No folder is open. */
    record Authenticated(String account) implements LoggedIn {
        @Override
        public ImapPhase kind() {
            return ImapPhase.AUTHENTICATED;
        }
    }

    /**
     * A folder is open.
     *
     * @param account  the user who has logged in; the folder's own account is the view's
     * @param view     what the client has been told of it
     * @param folder   its name when it was opened
     * @param rights   what the user may do with it, as the client was last told
     * @param keywords how many of the folder's keywords the client has been told; a folder never loses one
     * @param saved    the UIDs that the last saved search has found; some may be gone by now (RFC 5182)
     */
    record Selected(String account, FolderView view, String folder, Rights rights, int keywords, SequenceSet saved)
            implements LoggedIn {
        @Override
        public ImapPhase kind() {
            return ImapPhase.SELECTED;
        }

        Selected with(FolderView next) {
            return new Selected(account, next, folder, rights, keywords, saved);
        }

        Selected saving(SequenceSet uids) {
            return new Selected(account, view, folder, rights, keywords, uids);
        }

        /** Knowing of all flags there are, and which of them can be changed. */
        Selected knowing(Folder now, Rights allowed) {
            return new Selected(account, view, folder, allowed, now.keywords().size(), saved);
        }
    }

    /** The session is over, on whichever side's wish. */
    record Logout() implements Phase {
        @Override
        public ImapPhase kind() {
            return ImapPhase.LOGOUT;
        }
    }

    /** Its name, by which commands are legal or not. */
    ImapPhase kind();
}
