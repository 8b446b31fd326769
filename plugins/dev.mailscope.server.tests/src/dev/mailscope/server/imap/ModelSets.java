package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Sets of messages as commands write them and as {@link ResponseGrammar} reads them. */
final class ModelSets {
    private ModelSets() {
    }

    /** A set of messages by number or UID, some of which there are. */
    static String some(MailboxModel model, boolean uid, Random random) {
        var exists = model.exists();
        if (uid) {
            var uids = model.flagsByUid().keySet().stream().toList();
            if (!uids.isEmpty() && random.nextInt(3) > 0) {
                var from = uids.get(random.nextInt(uids.size()));
                return switch (random.nextInt(4)) {
                    case 0 -> from + ":*";
                    case 1 -> "*:" + from;
                    case 2 -> from + "," + (from + 3) + ":" + from;
                    default -> from + "";
                };
            }
            return List.of("1:*", "*", "1:10", "4294967295:*", "3:1").get(random.nextInt(5));
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

    static long only(Object set) {
        return ((long[]) ((List<?>) set).getFirst())[0];
    }

    static long lastUid(MailboxModel model) {
        return model.exists() == 0 ? 0 : model.get(model.exists()).uid;
    }

    static boolean in(String set, long number, long last) {
        for (var range : set.split(",")) {
            var ends = Arrays.stream(range.split(":")).mapToLong(end -> end.equals("*") ? last : Long.parseLong(end))
                    .sorted().toArray();
            if (number >= ends[0] && number <= ends[ends.length - 1]) {
                return true;
            }
        }
        return false;
    }

    static Set<Long> expand(Object set) {
        var all = new HashSet<Long>();
        for (var range : (List<?>) set) {
            var ends = (long[]) range;
            for (var number = Math.min(ends[0], ends[1]); number <= Math.max(ends[0], ends[1]); number++) {
                all.add(number);
            }
        }
        return all;
    }

    static List<Long> inOrder(Object set) {
        var all = new ArrayList<Long>();
        for (var range : (List<?>) set) {
            var ends = (long[]) range;
            for (var number = ends[0]; number <= ends[1]; number++) {
                all.add(number);
            }
        }
        return all;
    }
}
