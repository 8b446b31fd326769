package dev.mailscope.server.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;

/** The lines of a transcript that make the server what it was, and those that change it from outside the sessions. */
final class TranscriptSetup {
    /** Where a line goes. */
    interface Lines {
        void add(String line) throws IOException;
    }

    private final TranscriptSurvey survey;
    private final Set<String> accounts;
    private final Lines lines;

    TranscriptSetup(TranscriptSurvey survey, Lines lines) {
        this.survey = survey;
        this.accounts = survey.accounts();
        this.lines = lines;
    }

    /** The accounts that the sessions open, with all that is in them. */
    void state(ServerState state) throws IOException {
        for (var name : accounts) {
            var account = state.account(name).orElse(null);
            if (account != null) {
                lines.add("account " + word(name) + " " + survey.password(name));
                var folders = new ArrayList<>(account.folders().values());
                for (var folder : folders) {
                    folder(name, folder);
                }
                for (var folder : folders) {
                    if (!folder.selectable()) {
                        lines.add("delete " + word(name) + " " + folder.name());
                    }
                }
                // After all are made, because a folder gets the list of the one above it.
                for (var folder : folders) {
                    access(word(name), name, folder);
                }
                for (var subscription : account.subscriptions()) {
                    lines.add("subscribe " + word(name) + " " + subscription);
                }
                // Last, because what an account holds may lie beyond it.
                quota(word(name), account.quota());
            }
        }
    }

    /**
     * A change that no session of the transcript made.
     *
     * @param all those of the same transaction, which may come by themselves with another one
     */
    void change(Change change, List<Change> all) throws IOException {
        if (!accounts.contains(change.account())) {
            return;
        }
        var account = word(change.account());
        switch (change) {
            case Change.AccountAdded c -> lines.add("account " + account + " " + survey.password(c.account()));
            case Change.AccountRemoved c -> lines.add("# the account " + c.account() + " was removed here");
            case Change.FolderCreated c -> {
                if (!c.folder().equals(Folder.INBOX) && !isHolder(c.folderId(), all)) {
                    lines.add("folder " + account + " " + c.folder());
                }
            }
            case Change.FolderDeleted c -> lines.add("delete " + account + " " + c.folder());
            case Change.FolderRenamed c -> {
                // It takes those below it along.
                if (all.stream().noneMatch(other -> other instanceof Change.FolderRenamed above
                        && c.folder().startsWith(above.folder() + Folder.SEPARATOR))) {
                    lines.add("rename " + account + " " + word(c.folder()) + " " + word(c.newName()));
                }
            }
            case Change.SelectableChanged c -> {
                if (c.selectable()) {
                    lines.add("folder " + account + " " + c.folder());
                }
            }
            case Change.SpecialUseChanged c -> uses(account, c.folder(), c.uses());
            case Change.SubscriptionChanged c -> lines.add((c.subscribed() ? "subscribe " : "unsubscribe ") + account
                    + " " + c.name());
            case Change.QuotaChanged c -> quota(account, c.quota());
            case Change.AccessChanged c -> {
                // A new folder gets the list of the one above it.
                if (all.stream().noneMatch(other -> other instanceof Change.FolderCreated made
                        && made.folderId() == c.folderId())) {
                    access(account, c.folder(), c.identifier(), c.rights());
                }
            }
            case Change.AnnotationChanged c -> note(c.entry(), "the folder " + c.folder());
            case Change.ServerAnnotationChanged c -> note(c.entry(), "the server");
            case Change.MessageAdded c -> lines.add("D: " + account + " " + mail(c.folder(), c.message(),
                    c.message().flags()));
            case Change.MessageRemoved c -> lines.add("R: " + account + " " + word(c.folder()) + " " + c.uid());
            case Change.FlagsChanged c -> flags(account, c.folder(), c.uid(), c.flags());
            case Change.RecentClaimed c -> lines.add("recent " + account + " " + c.folder());
        }
    }

    /** True for a folder that only takes the place of one that is deleted and has others below it. */
    private static boolean isHolder(long folderId, List<Change> all) {
        return all.stream().anyMatch(other -> other instanceof Change.SelectableChanged changed
                && changed.folderId() == folderId && !changed.selectable());
    }

    private void quota(String account, Quota quota) throws IOException {
        for (var limit : quota.limits().entrySet()) {
            lines.add("quota " + account + " " + limit.getKey() + " " + limit.getValue());
        }
        if (quota.fixed()) {
            lines.add("quota " + account + " FIXED");
        }
    }

    private void access(String account, String owner, Folder folder) throws IOException {
        for (var entry : AccessList.difference(AccessList.ofOwner(owner), folder.access()).entrySet()) {
            access(account, folder.name(), entry.getKey(), entry.getValue());
        }
    }

    private void access(String account, String folder, String identifier, Optional<Rights> rights) throws IOException {
        lines.add("access " + account + " " + word(folder) + " " + word(identifier)
                + rights.map(now -> " \"" + now + '"').orElse(""));
    }

    private void note(String entry, String of) throws IOException {
        lines.add("# the entry " + entry + " of " + of + " got another value here");
    }

    private void folder(String account, Folder folder) throws IOException {
        var user = word(account);
        if (!folder.isInbox()) {
            lines.add("folder " + user + " " + folder.name());
        }
        if (!folder.uses().isEmpty()) {
            uses(user, folder.name(), List.copyOf(folder.uses()));
        }
        var late = changedLate(folder);
        var next = 1L;
        for (var message : folder.messages().values()) {
            upTo(user, folder, next, message.uid());
            next = message.uid() + 1;
            // What it gets below has to be another value, or it would be no change.
            var flags = !late.contains(message) ? message.flags()
                    : message.flags().isEmpty() ? Flags.FLAGGED : Flags.NONE;
            lines.add("mail " + user + " " + mail(folder.name(), message, flags));
        }
        upTo(user, folder, next, folder.uidNext());
        for (var message : late) {
            flags(user, folder.name(), message.uid(), message.flags());
        }
    }

    /** The UIDs between two messages are used up, and where nobody is told of those before as recent, that is said. */
    private void upTo(String user, Folder folder, long from, long to) throws IOException {
        var next = from;
        if (folder.recentFrom() > 1 && folder.recentFrom() >= from && folder.recentFrom() <= to) {
            gone(user, folder, next, folder.recentFrom());
            lines.add("recent " + user + " " + folder.name());
            next = folder.recentFrom();
        }
        gone(user, folder, next, to);
    }

    private void gone(String user, Folder folder, long from, long to) throws IOException {
        if (to > from) {
            lines.add("gone " + user + " " + word(folder.name()) + " " + (to - from));
        }
    }

    /** The messages that were changed after a later one had come or gone, in the order of their changes. */
    private static List<Message> changedLate(Folder folder) {
        var modSeqs = new TreeMap<Long, Long>();
        folder.vanished().forEach((modSeq, uid) -> modSeqs.put(uid, modSeq));
        folder.messages().values().forEach(message -> modSeqs.put(message.uid(), message.modSeq()));
        var late = new ArrayList<Message>();
        var lowest = Long.MAX_VALUE;
        for (var later : modSeqs.descendingMap().entrySet()) {
            var message = folder.message(later.getKey());
            if (message != null && message.modSeq() > lowest) {
                late.add(message);
            }
            lowest = Math.min(lowest, later.getValue());
        }
        late.sort(Comparator.comparingLong(Message::modSeq));
        return late;
    }

    private void flags(String user, String folder, long uid, Flags flags) throws IOException {
        lines.add(("F: " + user + " " + word(folder) + " " + uid + " " + String.join(" ", flags.names())).strip());
    }

    private void uses(String user, String folder, List<SpecialUse> uses) throws IOException {
        lines.add(("uses " + user + " " + word(folder) + " "
                + uses.stream().map(SpecialUse::wireName).collect(Collectors.joining(" "))).strip());
    }

    private static String mail(String folder, Message message, Flags flags) {
        var words = new ArrayList<String>();
        words.add(word(folder));
        words.add("raw \"" + Marked.quotedMail(message.content().octets()) + "\"");
        words.addAll(flags.names());
        words.add("@" + message.internalDate());
        return String.join(" ", words);
    }

    /** A word that may have spaces in it. */
    static String word(String text) {
        return text.indexOf(' ') < 0 && !text.startsWith("\"") && !text.isEmpty() ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
