package dev.mailscope.server.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.MailboxModel.Known;
import dev.mailscope.server.imap.ResponseGrammar.Read;

/**
 * What a client may do in the folder it has open. Each command fails when its outcome is not what the client can work
 * out beforehand from what it has been told; where others are at work meanwhile, that is less.
 */
final class ModelCommands {
    private static final List<String> FLAGS = List.of("\\Deleted", "\\Seen", "\\Flagged", "\\Seen \\Deleted", "$Work",
            "\\Answered late");

    private final Random random;
    private final MailboxModel.World world;
    private final boolean alone;
    // Begins the names of what these clients make.
    private final String name;
    private int mails;

    ModelCommands(Random random, MailboxModel.World world, boolean alone, String name) {
        this.random = random;
        this.world = world;
        this.alone = alone;
        this.name = name;
    }

    /** After NOOP it has been told everything: what FETCH tells is no news. */
    void converge(ModelClient client) throws IOException {
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

    void append(ModelClient client, String folder) throws IOException {
        var subject = "mail " + name + ++mails;
        var mail = "Subject: " + subject + "\r\n\r\n" + "text ".repeat(random.nextInt(20)) + "\r\n";
        var all = client.ok("APPEND " + folder + " (" + pick(FLAGS) + ") {" + mail.length()
                + "+}\r\n" + mail);
        var code = all.getLast();
        client.model().check(code.code().equals("APPENDUID"), "APPEND without APPENDUID");
        identify(client, (Long) code.about().getFirst(), ModelSets.only(code.about().getLast()), "Subject: " + subject);
    }

    private void identify(ModelClient client, long validity, long uid, String what) {
        var before = world.identify(validity, uid, what);
        client.model().check(before == null || before.equals(what), "UID " + uid + " in " + validity + " is " + what
                + " and was " + before);
    }

    private boolean byUid(MailboxModel model) {
        return model.isShifting() || model.exists() == 0 || random.nextBoolean();
    }

    void store(ModelClient client, boolean any) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        var silent = random.nextInt(3) == 0;
        var sign = pick(List.of("+", "-", ""));
        var flags = pick(FLAGS);
        var set = ModelSets.some(model, uid, random);
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
                "EXISTS").contains(each.kind())) || model.isToldAtAnyTime() || uid && ModelSets.lastUid(model) == 0) {
            model.all().forEach(known -> known.flags = null);
            return;
        }
        var told = all.stream().filter(each -> each.kind().equals("FETCH")
                && ((Map<?, ?>) each.data()).containsKey("FLAGS")).map(Read::number).collect(Collectors.toSet());
        var list = Arrays.stream(names.split(" ")).map(name -> name.toUpperCase(Locale.ROOT)).toList();
        for (var i = 1; i <= model.exists(); i++) {
            var known = model.get(i);
            if (uid && known.uid == 0) {
                known.flags = null;
            } else if (!told.contains((long) i) && ModelSets.in(set, uid ? known.uid : i,
                    uid ? ModelSets.lastUid(model) : model.exists())) {
                if (sign.isEmpty() || known.flags != null) {
                    var flags = new TreeSet<>(sign.isEmpty() ? Set.of() : known.flags);
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

    private boolean knowsAll(ModelClient client) throws IOException {
        var model = client.model();
        if (!alone || model.standsStill() || model.isToldAtAnyTime()) {
            return false;
        }
        converge(client);
        return model.exists() > 0;
    }

    void unchangedSince(ModelClient client) throws IOException {
        var model = client.model();
        if (model.isReadOnly() || !knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS MODSEQ)");
        var limit = random.nextInt(5) == 0 ? 0 : pick(model.all()).modSeq;
        var uid = random.nextBoolean();
        var set = ModelSets.some(model, uid, random);
        var named = new ArrayList<Known>();
        for (var i = 1; i <= model.exists(); i++) {
            if (ModelSets.in(set, uid ? model.get(i).uid : i, uid ? ModelSets.lastUid(model) : model.exists())) {
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
        var modified = all.getLast().code().equals("MODIFIED") ? ModelSets.expand(all.getLast().about().getFirst())
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
                    .map(flag -> flag.toUpperCase(Locale.ROOT)).toList()), "not changed: " + known);
        }
    }

    void expunge(ModelClient client) throws IOException {
        var model = client.model();
        var all = client.command(random.nextBoolean() ? "EXPUNGE"
                : "UID EXPUNGE " + ModelSets.some(model, true, random));
        model.check(all.getLast().kind().equals("OK") != model.isReadOnly(), "EXPUNGE " + all.getLast());
        var none = all.getLast().data().toString().startsWith("0 ");
        if (model.isQresync() && !model.isReadOnly() && !none) {
            model.check(all.getLast().code().equals("HIGHESTMODSEQ"), "EXPUNGE without HIGHESTMODSEQ");
        }
    }

    void copy(ModelClient client, String verb) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        var set = ModelSets.some(model, uid, random);
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
        var from = ModelSets.inOrder(about.get(1));
        var into = ModelSets.inOrder(about.get(2));
        model.check(from.size() == into.size(), "COPYUID of different length");
        for (var i = 0; i < from.size(); i++) {
            var what = model.identity(model.uidValidity(), from.get(i));
            if (what != null) {
                identify(client, (Long) about.getFirst(), into.get(i), what);
            }
            if (uid && !model.isToldAtAnyTime()) {
                model.check(ModelSets.in(set, from.get(i), Math.max(from.getLast(), ModelSets.lastUid(model))),
                        "COPYUID of " + from.get(i) + ", which was not named");
            }
        }
        // Who is told at any time cannot know which is the last (RFC 5465 section 5.2).
        if (!uid && !before.contains(0L) && !(model.isToldAtAnyTime() && set.contains("*"))) {
            var expected = new ArrayList<Long>();
            for (var i = 0; i < before.size(); i++) {
                if (ModelSets.in(set, i + 1L, before.size())) {
                    expected.add(before.get(i));
                }
            }
            model.check(from.equals(expected), "COPYUID from " + from + " and not " + expected);
        }
        if (verb.equals("MOVE")) {
            model.check(model.all().stream().noneMatch(known -> from.contains(known.uid)), "moved and still there");
        }
    }

    void search(ModelClient client) throws IOException {
        var model = client.model();
        if (!knowsAll(client)) {
            return;
        }
        client.ok("FETCH 1:* (UID FLAGS)");
        var flag = pick(List.of("SEEN", "DELETED", "FLAGGED", "ANSWERED"));
        var uid = random.nextBoolean();
        var not = random.nextBoolean();
        var set = ModelSets.some(model, true, random);
        var expected = new ArrayList<Long>();
        for (var i = 1; i <= model.exists(); i++) {
            var known = model.get(i);
            if (known.flags.contains("\\" + flag) != not && ModelSets.in(set, known.uid, ModelSets.lastUid(model))) {
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
        var found = result.containsKey("ALL") ? ModelSets.inOrder(result.get("ALL")) : List.of();
        model.check(expected.equals(found), "found " + found + " and not " + expected);
        if (esearch) {
            model.check(result.get("COUNT").equals((long) expected.size()), "COUNT " + result);
            model.check(expected.isEmpty() ? !result.containsKey("MIN") : result.get("MIN").equals(
                    expected.getFirst()) && result.get("MAX").equals(expected.getLast()), "MIN, MAX " + result);
        }
    }

    void saved(ModelClient client) throws IOException {
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

    void status(ModelClient client) throws IOException {
        client.ok("STATUS " + pick(List.of("INBOX", "Other")) + " (MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)");
        client.ok("LIST \"\" * RETURN (STATUS (MESSAGES HIGHESTMODSEQ))".replace(" HIGHESTMODSEQ", client.model()
                .isCondstore() ? " HIGHESTMODSEQ" : ""));
    }

    void fetch(ModelClient client) throws IOException {
        var model = client.model();
        var uid = byUid(model);
        client.ok((uid ? "UID " : "") + "FETCH " + ModelSets.some(model, uid, random) + " " + pick(List.of(
                "(UID FLAGS)",
                "(UID BODY.PEEK[HEADER.FIELDS (Subject)])", "(UID BODY[HEADER.FIELDS (Subject)] FLAGS)", "BODY[]",
                "(UID RFC822.SIZE ENVELOPE)", "FULL", "(BODYSTRUCTURE INTERNALDATE UID)", "RFC822.TEXT",
                "(FLAGS BODY[TEXT])")));
    }

    void changedSince(ModelClient client) throws IOException {
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
        var named = result.containsKey("ALL") ? ModelSets.expand(result.get("ALL")) : Set.of();
        model.check(named.equals(expected), "MODSEQ found " + result + " and not " + expected);
    }

    void notify(ModelClient client) throws IOException {
        client.ok(pick(List.of("NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))",
                "NOTIFY SET (selected-delayed (MessageNew (UID) MessageExpunge FlagChange))",
                "NOTIFY SET (selected-delayed (MessageNew MessageExpunge FlagChange)) (personal (MessageNew"
                        + " FlagChange MessageExpunge MailboxName))",
                "NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (subtree Other (MessageNew"
                        + " MessageExpunge))")));
    }

    void renameInbox(ModelClient client) throws IOException {
        if (!alone || random.nextInt(3) > 0) {
            return;
        }
        var old = "Old" + name + ++mails;
        client.ok("RENAME inbox " + old);
        var status = status(client, "INBOX", "MESSAGES UIDNEXT");
        client.model().check(status.get("MESSAGES").equals(0L), "INBOX is not empty after RENAME");
        client.ok("DELETE " + old);
    }

    void recreate(ModelClient client) throws IOException {
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

    void renameOther(ModelClient client) throws IOException {
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

    void pipeline(ModelClient client) throws IOException {
        var model = client.model();
        if (model.exists() == 0 || model.isShifting()) {
            return;
        }
        client.commands("FETCH 1:* (FLAGS)", "UID STORE 1:* +FLAGS (\\Seen)", "SEARCH SEEN", "NOOP",
                "UID FETCH 1:* (UID)");
    }

    void replace(ModelClient client) throws IOException {
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
            identify(client, (Long) code.about().getFirst(), ModelSets.only(code.about().getLast()),
                    "Subject: mail " + name + mails);
            model.check(!model.flagsByUid().containsKey(uid), "replaced and still there");
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
