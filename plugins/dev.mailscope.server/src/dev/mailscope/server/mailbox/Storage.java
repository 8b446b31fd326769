package dev.mailscope.server.mailbox;

import java.util.Optional;

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

    /** A large content while it comes in, piece by piece; for one thread. Close it when nobody needs it any more. */
    interface Arrival extends AutoCloseable {
        /** Takes some octets. Does not fail: see {@link #failure}. */
        void write(byte[] octets, int offset, int length);

        /** What has come so far, while more may come: for showing. */
        Content soFar();

        /** All that has come, as a content that can be held like any other; nothing is taken after that. */
        Content content();

        /** Why it cannot be kept, in words: for one, the disk is full. Empty when it can. */
        Optional<String> failure();

        /** Gives it back: it goes, unless a message has it now. */
        @Override
        void close();
    }

    /**
     * Makes room for a content that comes piece by piece and is too large for memory; empty where contents are kept in
     * memory anyway. MailboxException with LIMIT when there is no room for that many octets.
     *
     * @param octets how many are announced; 0 when that is not known
     */
    default Optional<Arrival> receive(long octets) {
        return Optional.empty();
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
            var kept = content.isInMemory() ? content : Content.of(content.octets());
            return new Hold() {
                @Override
                public Content content() {
                    return kept;
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
