package dev.mailscope.ui.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** What just changed, in a word for each item of the tree. Immutable. */
record Marks(Map<Item, String> words) {
    /** Nothing has changed. */
    static final Marks NONE = new Marks(Map.of());

    /** What these events changed; NONE when they changed nothing. */
    static Marks of(List<TraceEvent> events) {
        var found = new Collector();
        for (var event : events) {
            if (event.what() instanceof What.StateChanged(var version, var changes)) {
                changes.forEach(found::add);
            }
        }
        return found.marks();
    }

    /** The word for an item, empty when it did not change. */
    String word(Item item) {
        return words.getOrDefault(item, "");
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Counts, as an account or a folder changes several times in a batch. */
    private static final class Collector {
        private final Map<Item, String> words = new HashMap<>();
        private final Map<Item, int[]> counts = new HashMap<>();
        private final Set<String> removed = new HashSet<>();

        void add(Change change) {
            switch (change) {
                case Change.AccountAdded c -> words.put(new Item.OfAccount(c.account()),
                        removed.contains(c.account()) ? Messages.mark_anew : Messages.mark_new);
                case Change.AccountRemoved c -> forget(c.account());
                case Change.SubscriptionChanged c -> words.putIfAbsent(new Item.OfAccount(c.account()),
                        Messages.mark_subscriptions);
                case Change.QuotaChanged c -> words.putIfAbsent(new Item.OfAccount(c.account()),
                        Messages.mark_changed);
                case Change.AccessChanged c -> words.putIfAbsent(folder(c), Messages.mark_changed);
                case Change.AnnotationChanged c -> words.putIfAbsent(folder(c), Messages.mark_changed);
                case Change.ServerAnnotationChanged c -> {
                    // Nothing a user can see in the tree.
                }
                case Change.FolderCreated c -> words.put(folder(c), Messages.mark_new);
                case Change.FolderDeleted c -> words.put(new Item.OfAccount(c.account()),
                        NLS.bind(Messages.mark_folderDeleted, c.folder()));
                case Change.FolderRenamed c -> words.put(folder(c), NLS.bind(Messages.mark_renamed, c.folder()));
                case Change.SpecialUseChanged c -> words.putIfAbsent(folder(c), Messages.mark_changed);
                case Change.SelectableChanged c -> words.put(folder(c), Messages.mark_changed);
                case Change.RecentClaimed c -> {
                    // Nothing a user can see in the tree.
                }
                case Change.MessageAdded c -> {
                    words.put(message(c), Messages.mark_new);
                    counts(c)[0]++;
                }
                case Change.MessageRemoved c -> {
                    words.remove(message(c));
                    counts(c)[1]++;
                }
                case Change.FlagsChanged c -> {
                    words.put(message(c), flags(c));
                    counts(c)[2]++;
                }
            }
        }

        Marks marks() {
            counts.forEach((item, n) -> words.merge(item, counted(n),
                    (word, count) -> word.equals(Messages.mark_new) ? word : word + ", " + count));
            return words.isEmpty() ? NONE : new Marks(Map.copyOf(words));
        }

        private void forget(String account) {
            removed.add(account);
            words.keySet().removeIf(item -> item.account().equals(account));
            counts.keySet().removeIf(item -> item.account().equals(account));
        }

        private int[] counts(Change.OfFolder change) {
            return counts.computeIfAbsent(folder(change), key -> new int[3]);
        }

        private static String counted(int[] n) {
            var parts = new LinkedHashSet<String>();
            if (n[0] > 0) {
                parts.add(NLS.bind(Messages.mark_added, n[0]));
            }
            if (n[1] > 0) {
                parts.add(NLS.bind(Messages.mark_removed, n[1]));
            }
            if (n[2] > 0) {
                parts.add(Messages.mark_flags);
            }
            return String.join(", ", parts);
        }

        private static String flags(Change.FlagsChanged change) {
            var more = change.flags().minus(change.was().flags()).names();
            var less = change.was().flags().minus(change.flags()).names();
            var parts = new LinkedHashSet<String>();
            more.forEach(name -> parts.add("+" + name));
            less.forEach(name -> parts.add("−" + name));
            return String.join(" ", parts);
        }

        private static Item folder(Change.OfFolder change) {
            return new Item.OfFolder(change.account(), change.folderId());
        }

        private static Item message(Change.OfMessage change) {
            return new Item.OfMessage(change.account(), change.folderId(), change.uid());
        }
    }
}
