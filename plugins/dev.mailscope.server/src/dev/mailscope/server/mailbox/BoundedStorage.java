package dev.mailscope.server.mailbox;

import java.util.Locale;
import java.util.Optional;

import dev.mailscope.server.message.Content;

/**
 * Keeps what another storage keeps, as long as accounts and mail take no more of the memory than they may. What makes
 * them smaller, or leaves them as large as they are, is always kept.
 */
public final class BoundedStorage implements Storage {
    private final Storage kept;
    private final Footprint footprint;
    private final Footprint withoutGone;
    private final long most;
    private final Memory memory;
    private long taken;
    // What is taken with the commit that was admitted last.
    private long next;

    /**
     * A storage that goes on with that state.
     *
     * @param kept     keeps it
     * @param withMail true where that keeps the mail's octets in memory too
     * @param state    what it has kept so far
     * @param most     how many octets of memory all may take, about
     * @param memory   while that is short, half as many are enough
     */
    public BoundedStorage(Storage kept, boolean withMail, ServerState state, long most, Memory memory) {
        this.kept = kept;
        this.footprint = new Footprint(withMail, true);
        this.withoutGone = new Footprint(withMail, false);
        this.most = most;
        this.memory = memory;
        this.taken = footprint.of(state);
        this.next = taken;
    }

    @Override
    public Optional<Arrival> receive(long octets) {
        return kept.receive(octets);
    }

    @Override
    public Hold hold(Content content) {
        return kept.hold(content);
    }

    @Override
    public void admit(Commit commit) {
        next = footprint.after(commit, taken);
        // What is remembered of a message that has gone is no reason to keep it: who moves mail away may do so.
        if ((next > most || next > most / 2 && memory.isShort()) && withoutGone.after(commit, 0) > 0) {
            throw new MailboxException(MailboxException.Reason.LIMIT, String.format(Locale.ROOT,
                    "Accounts and mail count for %,d MiB of the server's memory, and there is no room for more:"
                    + " delete something.", taken >> 20));
        }
        kept.admit(commit);
    }

    @Override
    public void committed(Commit commit) {
        taken = next;
        kept.committed(commit);
    }

    @Override
    public void awaitKept(long version) {
        kept.awaitKept(version);
    }
}
