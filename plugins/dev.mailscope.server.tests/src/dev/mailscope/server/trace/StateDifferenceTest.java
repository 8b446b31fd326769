package dev.mailscope.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.StateDifference;

class StateDifferenceTest {
    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8, 13})
    void itsChangesMakeAnyStateOfAHistoryIntoAnyOther(long seed) {
        try (var recording = Recording.inMemory()) {
            var history = new RandomTrace(seed);
            var store = RandomTrace.store(recording);
            var states = new ArrayList<ServerState>();
            for (var i = 0; i < 300; i++) {
                history.step(recording, store);
                states.add(store.state());
            }
            for (var from = 0; from < states.size(); from += 7) {
                for (var to = 0; to < states.size(); to += 11) {
                    var state = states.get(from);
                    for (var change : StateDifference.between(state, states.get(to))) {
                        state = change.applyTo(state);
                    }
                    assertEquals(content(states.get(to)), content(state));
                }
            }
        }
    }

    @Test
    void namesMayGoRound() {
        try (var recording = Recording.inMemory()) {
            var store = RandomTrace.store(recording);
            store.transact(Cause.SERVER, t -> t.createFolder("alice", "A"));
            store.transact(Cause.SERVER, t -> t.createFolder("alice", "B"));
            var before = store.state();
            store.transact(Cause.SERVER, t -> {
                t.renameFolder("alice", "A", "C");
                t.renameFolder("alice", "B", "A");
                t.renameFolder("alice", "C", "B");
                return null;
            });
            var state = before;
            for (var change : StateDifference.between(before, store.state())) {
                state = change.applyTo(state);
            }
            assertEquals(content(store.state()), content(state));
        }
    }

    /** What a client could see of it, apart from modification sequences. */
    private static Map<String, Object> content(ServerState state) {
        var content = new TreeMap<String, Object>();
        for (var account : state.accounts().values()) {
            content.put(account.name() + " subscriptions", account.subscriptions());
            content.put(account.name() + " quota", account.quota());
            content.put(account.name() + " annotations", account.annotations());
            content.put("shared annotations", state.annotations());
            for (var folder : account.folders().values()) {
                var messages = new TreeMap<Long, Flags>();
                folder.messages().values().forEach(m -> messages.put(m.uid(), m.flags()));
                content.put(account.name() + "/" + folder.name() + " access", folder.access());
                content.put(account.name() + "/" + folder.name(), List.of(folder.id(), folder.uidValidity(),
                        folder.selectable(), folder.uses(), folder.recentFrom(), folder.unseen(), folder.octets(),
                        messages));
            }
        }
        return content;
    }
}
