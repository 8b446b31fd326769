package dev.mailscope.server.mailbox;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * About how many octets of memory accounts and mail take, to be told anew after each commit by what it has touched. Mail
 * that was copied counts each time.
 *
 * @param withMail true where the mail's octets are in memory too
 * @param withGone true when what is remembered of expunged messages counts
 */
record Footprint(boolean withMail, boolean withGone) {
    // What there is around a message's octets, of one of its keywords, of a folder, of an expunged message that is
    // remembered, of an identifier with rights, and of a name or an entry: about as much as they are measured to take,
    // or may be long.
    private static final long MESSAGE = 500;
    private static final long KEYWORD = 4;
    private static final long FOLDER = 600;
    private static final long EXPUNGED = 80;
    private static final long IDENTIFIER = 100;
    private static final long NAME = 200;

    /** Something that a commit may make larger or smaller, by the ids of account and folder. */
    private sealed interface Part {
        record Mail(String account, long folderId) implements Part {
        }

        record Notes(String account, long folderId) implements Part {
        }

        record Names(String account) implements Part {
        }
    }

    /** That of a whole state. */
    long of(ServerState state) {
        return state.accounts().values().stream().mapToLong(account -> of(account, new Part.Names(account.name()))
                + account.folders().values().stream().mapToLong(this::of).sum()
                + account.annotations().values().stream().mapToLong(Footprint::of).sum()).sum();
    }

    /** That of the state after a commit, given that of the state before. */
    long after(Commit commit, long before) {
        var touched = new HashSet<Part>();
        for (var change : commit.changes()) {
            if (change instanceof Change.AccountAdded || change instanceof Change.AccountRemoved) {
                return before + of(commit.after()) - of(commit.before());
            }
            touch(change, commit.before(), touched);
        }
        var grown = 0L;
        for (var part : touched) {
            grown += of(part, commit.after()) - of(part, commit.before());
        }
        return before + grown;
    }

    private static void touch(Change change, ServerState state, Set<Part> touched) {
        switch (change) {
            case Change.AnnotationChanged note -> touched.add(new Part.Notes(note.account(), note.folderId()));
            case Change.ServerAnnotationChanged note -> touched.add(new Part.Notes(note.account(), Account.SERVER));
            case Change.FolderDeleted gone -> {
                touched.add(new Part.Mail(gone.account(), gone.folderId()));
                // What anybody has noted of it goes too.
                state.accounts().keySet().forEach(user -> touched.add(new Part.Notes(user, gone.folderId())));
            }
            case Change.SubscriptionChanged named -> touched.add(new Part.Names(named.account()));
            case Change.FlagsChanged same when !same.flags().hasKeywords() -> { }
            case Change.RecentClaimed r -> { }
            case Change.OfFolder other -> touched.add(new Part.Mail(other.account(), other.folderId()));
            case Change.AccountAdded a -> { }
            case Change.AccountRemoved a -> { }
            case Change.QuotaChanged q -> { }
        }
    }

    private long of(Part part, ServerState state) {
        return state.account(switch (part) {
            case Part.Mail mail -> mail.account;
            case Part.Notes notes -> notes.account;
            case Part.Names names -> names.account;
        }).map(account -> of(account, part)).orElse(0L);
    }

    private long of(Account account, Part part) {
        return switch (part) {
            case Part.Mail mail -> account.folder(mail.folderId).map(this::of).orElse(0L);
            case Part.Notes notes -> of(account.annotations(notes.folderId));
            case Part.Names names -> account.subscriptions().size() * NAME;
        };
    }

    private long of(Folder folder) {
        // A message may have as many keywords as its folder.
        var keywords = folder.keywords().size();
        var message = MESSAGE + KEYWORD * Math.min(keywords, Flags.MOST_KEYWORDS);
        return FOLDER + 2L * folder.name().length() + folder.size() * message + (withMail ? folder.octets() : 0)
                + (withGone ? folder.vanished().size() * EXPUNGED : 0)
                + folder.access().entries().size() * IDENTIFIER + keywords * NAME;
    }

    private static long of(Map<String, String> notes) {
        return notes.values().stream().mapToLong(value -> NAME + value.length()).sum();
    }
}
