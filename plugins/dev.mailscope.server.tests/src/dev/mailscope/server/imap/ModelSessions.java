package dev.mailscope.server.imap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.ResponseGrammar.Read;

/** Several clients that do this and that in the same folders, one after the other, as a seed decides. */
final class ModelSessions implements AutoCloseable {

    private static final int MANY = 60;

    /** What a client keeps of a folder when it leaves it. */
    private record Kept(long uidValidity, long modSeq, TreeMap<Long, Set<String>> flags) {
    }

    /** A client and what it keeps. */
    private static final class Actor {
        private final ModelClient client;
        private final Map<String, Kept> kept = new HashMap<>();
        private boolean idle;

        Actor(ModelClient client) {
            this.client = client;
        }
    }

    private final InetSocketAddress address;
    private final Random random;
    private final MailboxModel.World world;
    // Others are at work in the same folders: what has been told may be past already.
    private final boolean alone;
    private final ModelCommands commands;
    private final List<Actor> actors = new ArrayList<>();
    private int done;

    ModelSessions(InetSocketAddress address, long seed) throws IOException {
        this(address, seed, new MailboxModel.World(), true, 4);
    }

    /** So many clients beside others in the same world. */
    ModelSessions(InetSocketAddress address, long seed, MailboxModel.World world, boolean alone, int clients)
            throws IOException {
        this.address = address;
        this.world = world;
        this.alone = alone;
        this.random = new Random(seed);
        this.commands = new ModelCommands(random, world, alone, "of" + seed + "n");
        for (var i = 0; i < clients; i++) {
            actors.add(new Actor(client()));
        }
        for (var i = 0; i < 6; i++) {
            commands.append(actors.getFirst().client, "INBOX");
        }
    }

    private ModelClient client() throws IOException {
        var client = new ModelClient(address, new MailboxModel(world), random);
        client.ok("LOGIN alice secret");
        if (random.nextInt(4) == 0) {
            client.compress();
        }
        switch (random.nextInt(6)) {
            case 0 -> client.ok("ENABLE CONDSTORE");
            case 1 -> client.ok("ENABLE QRESYNC");
            case 2 -> client.ok("ENABLE IMAP4rev2");
            case 3 -> client.ok("ENABLE QRESYNC IMAP4rev2 UTF8=ACCEPT");
            case 4 -> client.ok("ENABLE UTF8=ACCEPT");
            default -> {
                // IMAP4rev1
            }
        }
        return client;
    }

    int commands() {
        return done;
    }

    void run(int rounds) throws IOException {
        for (var round = 0; round < rounds; round++) {
            var actor = actors.get(random.nextInt(actors.size()));
            try {
                act(actor);
            } catch (AssertionError e) {
                throw e.getMessage() != null && e.getMessage().contains("C: ") ? e : actor.client.failed(e);
            }
            done++;
        }
        for (var actor : actors) {
            if (actor.idle) {
                actor.client.done();
                actor.idle = false;
            }
        }
        for (var actor : actors) {
            if (actor.client.model().folder() != null) {
                try {
                    commands.converge(actor.client);
                } catch (AssertionError e) {
                    throw e.getMessage().contains("C: ") ? e : actor.client.failed(e);
                }
            }
        }
    }

    private void act(Actor actor) throws IOException {
        var client = actor.client;
        var model = client.model();
        if (actor.idle) {
            client.done();
            actor.idle = false;
            return;
        }
        if (random.nextInt(60) == 0) {
            keep(actor);
            client.close();
            actors.remove(actor);
            var next = new Actor(client());
            next.kept.putAll(actor.kept);
            actors.add(next);
            return;
        }
        if (model.folder() == null) {
            open(actor);
            return;
        }
        if (model.exists() > MANY && !model.isReadOnly()) {
            client.ok("UID STORE 1:* +FLAGS.SILENT (\\Deleted)");
            model.all().forEach(known -> known.flags = null);
            client.ok("EXPUNGE");
            return;
        }
        switch (random.nextInt(34)) {
            case 0 -> client.ok("NOOP");
            case 1 -> client.ok("CHECK");
            case 2 -> {
                client.idle();
                actor.idle = true;
            }
            case 3 -> {
                keep(actor);
                client.ok(random.nextBoolean() ? "UNSELECT" : "CLOSE");
            }
            case 4 -> open(actor);
            case 5, 6 -> commands.converge(client);
            case 7, 8 -> commands.append(client, random.nextBoolean() ? "INBOX" : "Other");
            case 9 -> commands.store(client, random.nextBoolean());
            case 10, 11 -> commands.store(client, true);
            case 12 -> commands.unchangedSince(client);
            case 13, 14 -> commands.expunge(client);
            case 15, 16 -> commands.copy(client, "COPY");
            case 17, 18 -> commands.copy(client, "MOVE");
            case 19, 20 -> commands.search(client);
            case 21 -> commands.saved(client);
            case 22 -> commands.status(client);
            case 23, 24 -> commands.fetch(client);
            case 25 -> commands.notify(client);
            case 26 -> commands.renameInbox(client);
            case 27 -> commands.recreate(client);
            case 28 -> commands.changedSince(client);
            case 29 -> commands.pipeline(client);
            case 30 -> commands.renameOther(client);
            case 31 -> commands.replace(client);
            default -> commands.converge(client);
        }
    }

    private void open(Actor actor) throws IOException {
        var client = actor.client;
        keep(actor);
        var name = random.nextInt(4) == 0 ? "Other" : "INBOX";
        var verb = random.nextInt(5) == 0 ? "EXAMINE" : "SELECT";
        var kept = actor.kept.get(name);
        if (client.model().isQresync() && kept != null && random.nextInt(4) > 0) {
            var uids = kept.flags.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
            // Who names what it knows is not told of what is new.
            var named = !uids.isEmpty() && random.nextBoolean();
            var all = client.ok(verb + " " + name + " (QRESYNC (" + kept.uidValidity + " " + kept.modSeq
                    + (named ? " " + uids : "") + "))");
            if (alone && kept.uidValidity == client.model().uidValidity()) {
                resynchronized(client, kept, all, named);
            }
            return;
        }
        client.ok(verb + " " + name + (random.nextInt(5) == 0 ? " (CONDSTORE)" : ""));
    }

    /** What it kept, and what it has been told, are all there is. */
    private void resynchronized(ModelClient client, Kept kept, List<Read> told, boolean named) throws IOException {
        var model = client.model();
        var flags = new TreeMap<>(kept.flags);
        for (var response : told) {
            // Others may still be of the folder that was open before.
            if (response.kind().equals("VANISHED") && (Boolean) ((List<?>) response.data()).getFirst()) {
                for (var range : (List<?>) ((List<?>) response.data()).getLast()) {
                    var ends = (long[]) range;
                    flags.subMap(ends[0], true, ends[1], true).clear();
                }
            }
        }
        model.all().stream().filter(known -> known.uid != 0).forEach(known -> flags.put(known.uid, known.flags));
        var before = new TreeMap<>(flags);
        client.ok("UID FETCH 1:* (FLAGS)");
        var there = new TreeMap<>(model.flagsByUid());
        if (named) {
            there.keySet().retainAll(kept.flags.keySet());
        }
        model.check(there.keySet().equals(before.keySet()), "after QRESYNC " + before.keySet()
                + " and there are " + model.flagsByUid().keySet());
        before.forEach((uid, known) -> model.check(known == null || known.equals(model.flagsByUid().get(uid)),
                "after QRESYNC UID " + uid + " has " + known + " and really " + model.flagsByUid().get(uid)));
    }

    private static void keep(Actor actor) {
        var model = actor.client.model();
        if (model.folder() != null && model.isCondstore() && model.highestModSeq() > 0) {
            var flags = model.flagsByUid();
            // Only who knows all UIDs can do without them.
            if (flags.size() == model.exists()) {
                actor.kept.put(model.folder(), new Kept(model.uidValidity(), model.highestModSeq(), flags));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var actor : actors) {
            actor.client.close();
        }
    }
}
