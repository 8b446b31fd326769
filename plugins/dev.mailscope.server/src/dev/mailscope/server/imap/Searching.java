package dev.mailscope.server.imap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.session.Share;

/**
 * A SEARCH, SORT or THREAD while it looks at one message after the other, as they were when it began. It takes no lock
 * and changes nothing; when it is through, its reply is made in the usual way.
 */
final class Searching {
    // So many messages are looked at between two looks at what memory is left.
    private static final int LOOK_AFTER = 512;

    private final Turn turn;
    private final FolderView view;
    private final Folder folder;
    private final Predicate<Candidate> match;
    private final boolean needsKeys;
    private final Function<List<Candidate>, Reply> answer;
    private final List<Candidate> found = new ArrayList<>();
    private int looked;
    private Instant due;

    /**
     * A search that has not begun.
     *
     * @param needsKeys true when what is found is sorted or threaded by its header, which is read along
     * @param answer    takes a list of its own
     */
    Searching(Turn turn, Predicate<Candidate> match, boolean needsKeys, Function<List<Candidate>, Reply> answer) {
        this.turn = turn;
        this.view = turn.view();
        this.folder = turn.folder(turn.context().store().state());
        this.match = match;
        this.needsKeys = needsKeys;
        this.answer = answer;
        this.due = now().plus(turn.context().progress());
    }

    /**
     * Goes on until all is looked at, which is told, or pause says so after some message. MailboxException when too
     * many are found, and when memory is short.
     */
    boolean goOn(BooleanSupplier pause) {
        var share = new Share();
        while (looked < view.exists()) {
            if (looked % LOOK_AFTER == 0) {
                turn.requireMemory(view.exists());
            }
            share.look();
            looked++;
            var candidate = new Candidate(view, looked, view.message(folder, view.uid(looked)));
            if (match.test(candidate)) {
                if (needsKeys) {
                    candidate.sortKeys();
                }
                found.add(candidate.tested());
                turn.requireBudget(found.size());
            }
            if (pause.getAsBoolean()) {
                break;
            }
        }
        return looked == view.exists();
    }

    /** The message looked at last. */
    int looked() {
        return looked;
    }

    /** True when the client is to be told how far this has come. */
    boolean isDue() {
        return !now().isBefore(due);
    }

    /** How far this has come (RFC 9585 section 4); the next time to tell it is an interval from now. */
    Response progress() {
        due = now().plus(turn.context().progress());
        // A quoted string within brackets: a tag with a bracket cannot be told.
        return Notices.ok(new ResponseCode.InProgress(turn.tag().indexOf(']') < 0 ? turn.tag() : null, looked,
                view.exists()), "Looked at " + this + ".");
    }

    /** The reply, when all has been looked at. */
    Reply reply() {
        return turn.read(state -> answer.apply(found));
    }

    /** In words for people. */
    @Override
    public String toString() {
        return looked + " of " + view.exists() + " messages";
    }

    private Instant now() {
        return turn.context().store().clock().instant();
    }
}
