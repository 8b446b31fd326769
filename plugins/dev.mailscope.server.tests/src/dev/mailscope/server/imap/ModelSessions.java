package dev.mailscope.server.imap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.MailboxModel.Known;
import dev.mailscope.server.imap.ResponseGrammar.Read;

/** Several clients that do this and that in the same folders, one after the other, as a seed decides. */
final class ModelSessions implements AutoCloseable {
    private static final List<String> FLAGS = List.of("\\Deleted", "\\Seen", "\\Flagged", "\\Seen \\Deleted", "$Work",
            "\\Answered late");

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
    private final String name;
    private final List<Actor> actors = new ArrayList<>();
    private int mails;
    private int commands;

    ModelSessions(InetSocketAddress address, long seed) throws IOException {
        this(address, seed, new MailboxModel.World(), true, 4);
    }

    /** So many clients beside others in the same world. */
    ModelSessions(InetSocketAddress address, long seed, MailboxModel.World world, boolean alone, int clients)
            throws IOException {
        this.address = address;
        this.world = world;
        this.alone = alone;
        this.name = "of" + seed + "n";
        this.random = new Random(seed);
        for (var i = 0; i < clients; i++) {
            actors.add(new Actor(client()));
        }
        for (var i = 0; i < 6; i++) {
            append(actors.getFirst().client, "INBOX");
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
        return commands;
    }

    void run(int rounds) throws IOException {
        for (var round = 0; round < rounds; round++) {
            var actor = pick(actors);
            try {
                act(actor);
            } catch (AssertionError e) {
                throw e.getMessage() != null && e.getMessage().contains("C: ") ? e : actor.client.failed(e);
            }
            commands++;
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
                    converge(actor.client);
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
            case 5, 6 -> converge(client);
            case 7, 8 -> append(client, pick(List.of("INBOX", "Other")));
            case 9 -> store(client, random.nextBoolean());
            case 10, 11 -> store(client, true);
            case 12 -> unchangedSince(client);
            case 13, 14 -> expunge(client);
            case 15, 16 -> copy(client, "COPY");
            case 17, 18 -> copy(client, "MOVE");
            case 19, 20 -> search(client);
            case 21 -> saved(client);
            case 22 -> status(client);
            case 23, 24 -> fetch(client);
            case 25 -> notify(client);
            case 26 -> renameInbox(client);
            case 27 -> recreate(client);
            case 28 -> changedSince(client);
            case 29 -> pipeline(client);
            case 30 -> renameOther(client);
            case 31 -> replace(client);
            default -> converge(client);
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
            if (response.kind().equals("VANISHED")) {
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

    /** After NOOP it has been told everything: what FETCH tells is no news. */
    private void converge(ModelClient client) throws IOException {
        var model = client.model();
        client.ok("NOOP");
        if (!alone || model.standsStill() || model.isToldAtAnyTime()) {
            return;
        }
        var before = model.flagsByUid();
        var exists = model.exists();
        client.ok("UID FETCH 1:* (FLAGS" + (model.isCondstore() ? " MODSEQ)" : ")"));
        model.check(exists == model.exists(), "NOOP has not told of all messages");
        before.forEach((uid, flags) -> model.check(flags == null || flags.equals(model.flagsByUid().get(uid)), "UID "
                + uid + " was told to have " + flags + " and has " + model.flagsByUid().get(uid)));
        model.check(before.keySet().stream().allMatch(model.flagsByUid()::containsKey), "NOOP left one that is gone");
        var status = status(client, model.folder(), "MESSAGES UIDNEXT UNSEEN"
                + (model.isCondstore() ? " HIGHESTMODSEQ" : ""));
        model.check(status.get("MESSAGES").equals((long) exists), "STATUS has " + status + " of " + exists);
        model.check(status.get("UNSEEN").equals(model.all().stream().filter(known -> !known.flags.contains("\\SEEN"))
                .count()), "STATUS has " + status);
        if (model.isCondstore()) {
            var highest = model.all().stream().mapToLong(known -> known.modSeq).max().orElse(0);
            model.check((Long) status.get("HIGHESTMODSEQ") >= Math.max(highest, model.highestModSeq()),
                    "HIGHESTMODSEQ " + status + " below " + highest + " or " + model.highestModSeq());
        }
    }

    /** What STATUS answers, which NOTIFY may tell of the same folder too. */
    private static Map<?, ?> status(ModelClient client, String folder, String items) throws IOException {
        var names = Set.of(items.split(" "));
        return client.ok("STATUS " + folder + " (" + items + ")").stream().filter(each -> each.kind().equals("STATUS"))
                .<Map<?, ?>>map(each -> (Map<?, ?>) ((List<?>) each.data()).getLast())
                .filter(each -> each.keySet().equals(names)).findFirst().orElseThrow();
    }

    private void append(ModelClient client, String folder) throws IOException {
        var subject = "mail " + name + ++mails;
        var mail = "Subject: " + subject + "\r\n\r\n" + "text ".repeat(random.nextInt(20)) + "\r\n";
        var all = client.ok("APPEND " + folder + " (" + pick(FLAGS) + ") {" + mail.length()
                + (mail.length() % 2 == 0 ? "+}\r\n" : "+}\r\n") + mail);
        var code = all.getLast();
        client.model().check(code.code().equals("APPENDUID"), "APPEND without APPENDUID");
        identify(client, (Long) code.about().getFirst(), only(code.about().getLast()), "Subject: " + subject);
    }

    private void identify(ModelClient client, long validity, long uid, String what) {
        var before = world.identify(validity, uid, what);
        client.model().check(before == null || before.equals(what), "UID " + uid + " in " + validity + " is " + what
                + " and was " + before);
    }

    private static long only(Object set) {
        return ((long[]) ((List<?>) set).getFirst())[0];
    }

    /** A set of messages by number or UID, and whether it is of UIDs. */
    private String some(MailboxModel model, boolean uid) {
        var exists = model.exists();
        if (uid) {
            var uids = model.flagsByUid().keySet().stream().toList();
            if (!uids.isEmpty() && random.nextInt(3) > 0) {
                var from = pick(uids);
                return switch (random.nextInt(4)) {
                    case 0 -> from + ":*";
                    case 1 -> "*:" + from;
                    case 2 -> from + "," + (from + 3) + ":" + from;
                    default -> from + "";
                };
            }
            return pick(List.of("1:*", "*", "1:10", "4294967295:*", "3:1"));
        }
        var one = 1 + random.nextInt(exists);
        return switch (random.nextInt(5)) {
            case 0 -> one + ":*";
            case 1 -> "*:" + one;
            case 2 -> "*";
            case 3 -> one + "," + exists + ":" + one;
            default -> one + "";
        };
    }

    private boolean byUid(MailboxModel model) {
        return model.isShifting() || model.exists() == 0 || random.nextBoolean();
    }

    private void store(ModelClient client, boolean any) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        var silent = random.nextInt(3) == 0;
        var sign = pick(List.of("+", "-", ""));
        var flags = pick(FLAGS);
        var set = some(model, uid);
        var before = model.all().stream().map(known -> known.flags).toList();
        var all = client.command((uid ? "UID " : "") + "STORE " + set + " " + sign + "FLAGS"
                + (silent ? ".SILENT" : "") + " (" + flags + ")");
        if (model.isReadOnly()) {
            model.check(!all.getLast().kind().equals("OK"), "a change of a read-only folder");
            return;
        }
        model.check(all.getLast().kind().equals("OK") || all.getLast().code().equals("EXPUNGEISSUED"), "STORE failed");
        if (silent) {
            // It works the rest out as the RFC has it; where the server says more, that stands.
            silently(client, all, set, uid, sign, flags, before);
        }
    }

    private void silently(ModelClient client, List<Read> all, String set, boolean uid, String sign, String names,
            List<Set<String>> before) throws IOException {
        var model = client.model();
        if (all.getLast().code().equals("EXPUNGEISSUED") || all.stream().anyMatch(each -> Set.of("EXPUNGE", "VANISHED",
                "EXISTS").contains(each.kind())) || model.isToldAtAnyTime() || uid && lastUid(model) == 0) {
            model.all().forEach(known -> known.flags = null);
            return;
        }
        var told = all.stream().filter(each -> each.kind().equals("FETCH")
                && ((Map<?, ?>) each.data()).containsKey("FLAGS")).map(Read::number).collect(Collectors.toSet());
        var list = Arrays.stream(names.split(" ")).map(name -> name.toUpperCase(java.util.Locale.ROOT)).toList();
        for (var i = 1; i <= model.exists(); i++) {
            var known = model.get(i);
            if (uid && known.uid == 0) {
                known.flags = null;
            } else if (!told.contains((long) i) && in(set, uid ? known.uid : i, uid ? lastUid(model) : model.exists())) {
                if (sign.isEmpty() || known.flags != null) {
                    var flags = new java.util.TreeSet<>(sign.isEmpty() ? Set.of() : known.flags);
                    if (sign.equals("-")) {
                        flags.removeAll(list);
                    } else {
                        flags.addAll(list);
                    }
                    known.flags = flags;
                }
            }
        }
    }

    private static long lastUid(MailboxModel model) {
        return model.exists() == 0 ? 0 : model.get(model.exists()).uid;
    }

    private static boolean in(String set, long number, long last) {
        for (var range : set.split(",")) {
            var ends = Arrays.stream(range.split(":")).mapToLong(end -> end.equals("*") ? last : Long.parseLong(end))
                    .sorted().toArray();
            if (number >= ends[0] && number <= ends[ends.length - 1]) {
                return true;
            }
        }
        return false;
    }

    private boolean knowsAll(ModelClient client) throws IOException {
        var model = client.model();
        if (!alone || model.standsStill() || model.isToldAtAnyTime()) {
            return false;
        }
        converge(client);
        return model.exists() > 0;
    }

    private void unchangedSince(ModelClient client) throws IOException {
        var model = client.model();
        if (model.isReadOnly() || !knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS MODSEQ)");
        var limit = random.nextInt(5) == 0 ? 0 : pick(model.all()).modSeq;
        var uid = random.nextBoolean();
        var set = some(model, uid);
        var named = new ArrayList<Known>();
        for (var i = 1; i <= model.exists(); i++) {
            if (in(set, uid ? model.get(i).uid : i, uid ? lastUid(model) : model.exists())) {
                named.add(model.get(i));
            }
        }
        var expected = new HashSet<Long>();
        var before = new HashMap<Known, Long>();
        named.forEach(known -> before.put(known, known.modSeq));
        for (var known : named) {
            if (known.modSeq > limit) {
                expected.add(uid ? known.uid : model.all().indexOf(known) + 1L);
            }
        }
        var flags = pick(FLAGS);
        var silent = random.nextBoolean();
        var all = client.command((uid ? "UID " : "") + "STORE " + set + " (UNCHANGEDSINCE " + limit + ") +FLAGS"
                + (silent ? ".SILENT" : "") + " (" + flags + ")");
        var modified = all.getLast().code().equals("MODIFIED") ? expand(all.getLast().about().getFirst())
                : Set.<Long>of();
        model.check(modified.equals(expected), "MODIFIED " + modified + " and not " + expected);
        var told = all.stream().filter(each -> each.kind().equals("FETCH")).map(Read::number)
                .collect(Collectors.toSet());
        for (var known : named) {
            var number = model.all().indexOf(known) + 1L;
            model.check(before.get(known) > limit || told.contains(number), "no FETCH for what was stored: " + number);
        }
        model.all().forEach(known -> known.flags = null);
        client.ok("FETCH 1:* (UID FLAGS MODSEQ)");
        for (var known : named) {
            model.check(before.get(known) <= limit || known.modSeq == before.get(known), "changed all the same");
            model.check(before.get(known) > limit || known.flags.containsAll(Arrays.stream(flags.split(" "))
                    .map(flag -> flag.toUpperCase(java.util.Locale.ROOT)).toList()), "not changed: " + known);
        }
    }

    private static Set<Long> expand(Object set) {
        var all = new HashSet<Long>();
        for (var range : (List<?>) set) {
            var ends = (long[]) range;
            for (var number = Math.min(ends[0], ends[1]); number <= Math.max(ends[0], ends[1]); number++) {
                all.add(number);
            }
        }
        return all;
    }

    private static List<Long> inOrder(Object set) {
        var all = new ArrayList<Long>();
        for (var range : (List<?>) set) {
            var ends = (long[]) range;
            for (var number = ends[0]; number <= ends[1]; number++) {
                all.add(number);
            }
        }
        return all;
    }

    private void expunge(ModelClient client) throws IOException {
        var model = client.model();
        var all = client.command(random.nextBoolean() ? "EXPUNGE" : "UID EXPUNGE " + some(model, true));
        model.check(all.getLast().kind().equals("OK") != model.isReadOnly(), "EXPUNGE " + all.getLast());
        if (model.isQresync() && !model.isReadOnly() && !all.getLast().data().toString().startsWith("0 ") && all.stream().anyMatch(each -> each.kind().equals("VANISHED"))) {
            model.check(all.getLast().code().equals("HIGHESTMODSEQ"), "EXPUNGE without HIGHESTMODSEQ");
        }
    }

    private void copy(ModelClient client, String verb) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        var set = some(model, uid);
        var to = pick(List.of("INBOX", "Other"));
        var before = model.all().stream().map(known -> known.uid).toList();
        var all = client.command((uid ? "UID " : "") + verb + " " + set + " " + to);
        if (verb.equals("MOVE") && model.isReadOnly()) {
            model.check(!all.getLast().kind().equals("OK"), "MOVE from a read-only folder");
            return;
        }
        var code = all.stream().filter(each -> each.code().equals("COPYUID")).findFirst();
        if (code.isEmpty()) {
            model.check(uid || !all.getLast().kind().equals("OK"), verb + " without COPYUID");
            return;
        }
        var about = code.get().about();
        var from = inOrder(about.get(1));
        var into = inOrder(about.get(2));
        model.check(from.size() == into.size(), "COPYUID of different length");
        for (var i = 0; i < from.size(); i++) {
            var what = model.identity(model.uidValidity(), from.get(i));
            if (what != null) {
                identify(client, (Long) about.getFirst(), into.get(i), what);
            }
            if (uid && !model.isToldAtAnyTime()) {
                model.check(in(set, from.get(i), Math.max(from.getLast(), lastUid(model))), "COPYUID of " + from.get(i)
                        + ", which was not named");
            }
        }
        // Who is told at any time cannot know which is the last (RFC 5465 section 5.2).
        if (!uid && !before.contains(0L) && !(model.isToldAtAnyTime() && set.contains("*"))) {
            var expected = new ArrayList<Long>();
            for (var i = 0; i < before.size(); i++) {
                if (in(set, i + 1L, before.size())) {
                    expected.add(before.get(i));
                }
            }
            model.check(from.equals(expected), "COPYUID from " + from + " and not " + expected);
        }
        if (verb.equals("MOVE")) {
            model.check(model.all().stream().noneMatch(known -> from.contains(known.uid)), "moved and still there");
        }
    }

    private void search(ModelClient client) throws IOException {
        var model = client.model();
        if (!knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS)");
        var flag = pick(List.of("SEEN", "DELETED", "FLAGGED", "ANSWERED"));
        var uid = random.nextBoolean();
        var not = random.nextBoolean();
        var set = some(model, true);
        var expected = new ArrayList<Long>();
        for (var i = 1; i <= model.exists(); i++) {
            var known = model.get(i);
            if (known.flags.contains("\\" + flag) != not && in(set, known.uid, lastUid(model))) {
                expected.add(uid ? known.uid : i);
            }
        }
        var esearch = random.nextBoolean();
        var all = client.ok((uid ? "UID " : "") + "SEARCH " + (esearch ? "RETURN (MIN MAX COUNT ALL) " : "") + "UID "
                + set + (not ? " NOT " : " ") + flag);
        if (!esearch && !model.isRev2()) {
            var found = all.stream().filter(each -> each.kind().equals("SEARCH")).findFirst().orElseThrow().data();
            model.check(expected.equals(found), "found " + found + " and not " + expected);
            return;
        }
        var result = (Map<?, ?>) all.stream().filter(each -> each.kind().equals("ESEARCH")).findFirst().orElseThrow(
                ).data();
        model.check(result.containsKey("UID") == uid, "UID or not: " + result);
        var found = result.containsKey("ALL") ? inOrder(result.get("ALL")) : List.of();
        model.check(expected.equals(found), "found " + found + " and not " + expected);
        if (esearch) {
            model.check(result.get("COUNT").equals((long) expected.size()), "COUNT " + result);
            model.check(expected.isEmpty() ? !result.containsKey("MIN") : result.get("MIN").equals(
                    expected.getFirst()) && result.get("MAX").equals(expected.getLast()), "MIN, MAX " + result);
        }
    }

    private void saved(ModelClient client) throws IOException {
        var model = client.model();
        if (!knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS)");
        var flag = pick(List.of("SEEN", "DELETED", "FLAGGED"));
        var expected = model.all().stream().filter(known -> known.flags.contains("\\" + flag)).map(known -> known.uid)
                .collect(Collectors.toSet());
        var uid = random.nextBoolean();
        var both = client.commands((random.nextBoolean() ? "UID " : "") + "SEARCH RETURN (SAVE) " + flag,
                (uid ? "UID " : "") + "FETCH $ (UID)");
        var got = both.getLast().stream().filter(each -> each.kind().equals("FETCH"))
                .map(each -> (Long) ((Map<?, ?>) each.data()).get("UID")).collect(Collectors.toSet());
        model.check(got.equals(expected), "$ is " + got + " and not " + expected);
        // What others remove goes from $, too.
        if (!model.isReadOnly()) {
            client.ok("UID EXPUNGE $");
            client.ok("UID SEARCH RETURN (COUNT) $");
        }
    }

    private void status(ModelClient client) throws IOException {
        client.ok("STATUS " + pick(List.of("INBOX", "Other")) + " (MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)");
        client.ok("LIST \"\" * RETURN (STATUS (MESSAGES HIGHESTMODSEQ))".replace(" HIGHESTMODSEQ", client.model()
                .isCondstore() ? " HIGHESTMODSEQ" : ""));
    }

    private void fetch(ModelClient client) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        client.ok((uid ? "UID " : "") + "FETCH " + some(model, uid) + " " + pick(List.of("(UID FLAGS)",
                "(UID BODY.PEEK[HEADER.FIELDS (Subject)])", "(UID BODY[HEADER.FIELDS (Subject)] FLAGS)", "BODY[]",
                "(UID RFC822.SIZE ENVELOPE)", "FULL", "(BODYSTRUCTURE INTERNALDATE UID)", "RFC822.TEXT",
                "(FLAGS BODY[TEXT])")));
    }

    private void changedSince(ModelClient client) throws IOException {
        var model = client.model();
        if (!knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS MODSEQ)");
        var limit = pick(model.all()).modSeq;
        var expected = model.all().stream().filter(known -> known.modSeq > limit).map(known -> known.uid).collect(
                Collectors.toSet());
        var all = client.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + limit + (model.isQresync() ? " VANISHED)" : ")"));
        var got = all.stream().filter(each -> each.kind().equals("FETCH")).map(each -> {
            model.check(((Map<?, ?>) each.data()).containsKey("MODSEQ"), "CHANGEDSINCE without MODSEQ");
            return (Long) ((Map<?, ?>) each.data()).get("UID");
        }).collect(Collectors.toSet());
        model.check(got.equals(expected), "changed " + got + " and not " + expected);
        var found = client.ok("UID SEARCH RETURN (ALL) MODSEQ " + (limit + 1));
        var result = (Map<?, ?>) found.stream().filter(each -> each.kind().equals("ESEARCH")).findFirst()
                .orElseThrow().data();
        model.check((result.containsKey("ALL") ? expand(result.get("ALL")) : Set.of()).equals(expected), "MODSEQ found "
                + result + " and not " + expected);
    }

    private void notify(ModelClient client) throws IOException {
        client.ok(pick(List.of("NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))",
                "NOTIFY SET (selected-delayed (MessageNew (UID) MessageExpunge FlagChange))",
                "NOTIFY SET (selected-delayed (MessageNew MessageExpunge FlagChange)) (personal (MessageNew"
                        + " FlagChange MessageExpunge MailboxName))",
                "NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (subtree Other (MessageNew"
                        + " MessageExpunge))")));
    }

    private void renameInbox(ModelClient client) throws IOException {
        if (!alone || random.nextInt(3) > 0) {
            return;
        }
        var old = "Old" + name + ++mails;
        client.ok("RENAME inbox " + old);
        var status = status(client, "INBOX", "MESSAGES UIDNEXT");
        client.model().check(status.get("MESSAGES").equals(0L), "INBOX is not empty after RENAME");
        client.ok("DELETE " + old);
    }

    private void recreate(ModelClient client) throws IOException {
        if (!alone) {
            return;
        }
        client.ok("CREATE Again/and/again");
        var one = status(client, "Again/and/again", "UIDVALIDITY UIDNEXT");
        append(client, "Again/and/again");
        client.ok("DELETE Again/and/again");
        client.ok("CREATE Again/and/again");
        var two = status(client, "Again/and/again", "UIDVALIDITY UIDNEXT MESSAGES");
        client.model().check((Long) two.get("UIDVALIDITY") > (Long) one.get("UIDVALIDITY"), "UIDVALIDITY " + one + " "
                + two);
        client.model().check(two.get("MESSAGES").equals(0L), "mail in a new folder");
        client.ok("DELETE Again/and/again");
        client.command("DELETE Again/and");
        client.command("DELETE Again");
    }

    private void renameOther(ModelClient client) throws IOException {
        if (!alone) {
            return;
        }
        var before = status(client, "Other", "UIDVALIDITY UIDNEXT MESSAGES");
        client.ok("RENAME Other Renamed/Other");
        var after = status(client, "Renamed/Other", "UIDVALIDITY UIDNEXT MESSAGES");
        client.model().check(before.equals(after), "RENAME changed " + before + " to " + after);
        client.ok("RENAME Renamed/Other Other");
        client.command("DELETE Renamed");
    }

    private void pipeline(ModelClient client) throws IOException {
        var model = client.model();
        if (model.exists() == 0 || model.isShifting()) {
            return;
        }
        client.commands("FETCH 1:* (FLAGS)", "UID STORE 1:* +FLAGS (\\Seen)", "SEARCH SEEN", "NOOP", "UID FETCH 1:* (UID)");
    }

    private void replace(ModelClient client) throws IOException {
        var model = client.model();
        var uids = List.copyOf(model.flagsByUid().keySet());
        if (uids.isEmpty()) {
            return;
        }
        var uid = pick(uids);
        var mail = "Subject: mail " + name + ++mails + "\r\n\r\nx\r\n";
        var all = client.command("UID REPLACE " + uid + " " + pick(List.of("INBOX", "Other")) + " {" + mail.length()
                + "+}\r\n" + mail);
        if (all.getLast().kind().equals("OK")) {
            var code = all.stream().filter(each -> each.code().equals("APPENDUID")).findFirst().orElseThrow();
            identify(client, (Long) code.about().getFirst(), only(code.about().getLast()), "Subject: mail " + name + mails);
            model.check(!model.flagsByUid().containsKey(uid), "replaced and still there");
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @Override
    public void close() throws IOException {
        for (var actor : actors) {
            actor.client.close();
        }
    }
}
