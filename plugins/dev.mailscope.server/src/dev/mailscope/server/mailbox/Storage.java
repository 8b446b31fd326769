package dev.mailscope.server.mailbox;

import dev.mailscope.server.message.Content;

/**
 * Where accounts and mail are kept. In memory, or in a folder on the disk: then a content is on the disk before the
 * transaction that puts it into a folder, and everything else before anybody is told of it.
 */
public interface Storage {
    /** A content is held while a message is on its way into a folder; close it then. */
    interface Hold extends AutoCloseable {
        /** The same octets, kept; what a transaction is given. */
        Content content();

        /** Gives it back: it goes, unless a message has it now. */
        @Override
        void close();
    }

    /**
     * Keeps a content, so that a transaction can put it into a folder. Waits for the disk: hold no lock. MailboxException
     * with LIMIT when it cannot be kept.
     */
    Hold hold(Content content);

    /**
     * Called inside the store's lock before a commit becomes the state. MailboxException with LIMIT when there is no room
     * for it, StorageException when nothing at all can be kept now; in both cases nothing has changed.
     */
    void admit(Commit commit);

    /** Called inside the store's lock for each commit, in order. Must be quick, wait for nothing and not throw. */
    void committed(Commit commit);

    /** Waits until that version of the state is kept for good. StorageException when it is not, for now. */
    void awaitKept(long version);

    /** Memory: all that is kept is kept at once, for as long as the process lasts. */
    Storage MEMORY = new Storage() {
        @Override
        public Hold hold(Content content) {
            return new Hold() {
                @Override
                public Content content() {
                    return content;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public void admit(Commit commit) {
            // there is room
        }

        @Override
        public void committed(Commit commit) {
            // the state itself is all there is
        }

        @Override
        public void awaitKept(long version) {
            // it is
        }
    };
}
