package dev.mailscope.server.store;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;

/** A durable store for histories that do not hold their contents beforehand: it does so within the transaction. */
record HoldingStorage(DurableStore durable, List<Hold> open) implements Storage {
    HoldingStorage(DurableStore durable) {
        this(durable, new ArrayList<>());
    }

    @Override
    public Hold hold(Content content) {
        return durable.hold(content);
    }

    @Override
    public void admit(Commit commit) {
        for (var change : commit.changes()) {
            if (change instanceof Change.MessageAdded added) {
                open.add(durable.hold(added.message().content()));
            }
        }
        durable.admit(commit);
    }

    @Override
    public void committed(Commit commit) {
        durable.committed(commit);
        open.forEach(Hold::close);
        open.clear();
    }

    @Override
    public void awaitKept(long version) {
        durable.awaitKept(version);
    }
}
