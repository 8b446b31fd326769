package dev.mailscope.server.mailbox;

/** Where transactions are written down. The trace is one; a durable store is another. */
public interface CommitLog {
    /** Called before the store's lock is taken: waits here, and only here, when the log cannot keep up. */
    void awaitRoom();

    /** Called inside the store's lock for each commit, in order. Must be quick, wait for nothing and not throw. */
    void committed(Commit commit);

    /** A log that keeps nothing. */
    CommitLog NONE = new CommitLog() {
        @Override
        public void awaitRoom() {
            // nothing to wait for
        }

        @Override
        public void committed(Commit commit) {
            // nobody asks
        }
    };
}
