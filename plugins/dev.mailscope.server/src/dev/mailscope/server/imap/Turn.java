package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.trace.What;

/**
 * The execution of one command: works on one state or in one transaction, and ends with telling the client what it does
 * not know of its folder yet.
 */
final class Turn {
    private final SessionContext context;
    private final Phase phase;
    private final String tag;
    private final ImapVerb verb;
    private final boolean mayExpunge;
    private final Enabled enabled;
    private final boolean firstCondstore;
    private final Consumer<Reply> conclude;

    /**
     * A turn.
     *
     * @param phase    where the session is
     * @param command  what is executed; null for the line that goes on with a command
     * @param before   what was enabled before it
     * @param enabled  what is enabled now
     * @param conclude takes the reply, within the store's lock where it has been entered
     */
    Turn(SessionContext context, Phase phase, String tag, ImapVerb verb, ImapCommand command, Enabled before,
            Enabled enabled, Consumer<Reply> conclude) {
        this.context = context;
        this.phase = phase;
        this.tag = tag;
        this.verb = verb;
        this.mayExpunge = mayExpunge(verb, command);
        this.enabled = enabled;
        this.firstCondstore = enabled.condstore() && !before.condstore() && phase instanceof Phase.Selected;
        this.conclude = conclude;
    }

    SessionContext context() {
        return context;
    }

    ImapVerb verb() {
        return verb;
    }

    String tag() {
        return tag;
    }

    Phase phase() {
        return phase;
    }

    /** What the client has let the server know it understands. */
    Enabled enabled() {
        return enabled;
    }

    /** A folder's name for a text: US-ASCII for a client that has not enabled more. */
    String name(String folder) {
        return new String(MailboxName.encode(folder, enabled.dialect()), StandardCharsets.UTF_8);
    }

    /** The user who has logged in. The verb's phases have been checked. */
    String account() {
        return ((Phase.LoggedIn) phase).account();
    }

    /** The open folder. The verb's phases have been checked. */
    Phase.Selected selected() {
        return (Phase.Selected) phase;
    }

    /** The view of the open folder. */
    FolderView view() {
        return selected().view();
    }

    /** The open folder as it is in that state. Throws FolderGone. */
    Folder folder(ServerState state) {
        return folder(state, selected());
    }

    /** The account as it is in that state. Throws FolderGone. */
    Account account(ServerState state) {
        return state.account(account())
                .orElseThrow(() -> new FolderGone("The account " + account() + " has been removed."));
    }

    /** Works on the state as it is now; takes the lock only when the client is to be told something. */
    Reply read(Function<ServerState, Reply> work) {
        var state = context.store().state();
        var reply = work.apply(state);
        if (reply.told().isEmpty() && !firstCondstore && !(reply.next() instanceof Phase.Selected open
                && open.view().isBehind(folder(context.store().state(), open)))) {
            conclude.accept(reply);
            return reply;
        }
        return context.store().transact(context.cause(), t -> told(reply, t), conclude);
    }

    /** Works in one transaction. */
    Reply change(Function<Transaction, Reply> work) {
        return context.store().transact(context.cause(), t -> told(work.apply(t), t), conclude);
    }

    /** Concludes with a reply that needs no state and tells nothing. */
    Reply say(Reply reply) {
        conclude.accept(reply);
        return reply;
    }

    /** The reply, and after its data whatever else the client is to be told before the tagged response. */
    private Reply told(Reply reply, Transaction t) {
        if (!(reply.next() instanceof Phase.Selected open)) {
            return reply;
        }
        var folder = folder(t.state(), open);
        // Whoever tells its client first has them as recent; the claim keeps them from all others.
        var recentFrom = folder.recentFrom();
        if (!open.view().readOnly() && folder.recent() > 0) {
            t.claimRecent(open.account(), folder.id());
            folder = folder(t.state(), open);
        }
        var telling = open.view().tell(folder, recentFrom, mayExpunge, enabled.condstore());
        var known = open.knowing(folder, telling.next());
        var notices = new ArrayList<>(reply.told());
        notices.addAll(telling.notices());
        var events = new ArrayList<>(reply.events());
        if (!notices.isEmpty()) {
            events.add(new What.Told(notices));
        }
        var before = new ArrayList<Response>();
        if (firstCondstore && phase instanceof Phase.Selected was
                && was.view().folderId() == open.view().folderId()) {
            before.add(Notices.highestModSeq(was.view().toldUpTo(folder)));
        }
        if (known.keywords() > open.keywords()) {
            before.addAll(Notices.keywords(folder, open.view().readOnly()));
        }
        var after = Notices.responses(open.view(), telling, enabled, verb.wireName().startsWith("UID "));
        if (enabled.condstore() && tellsModSeqs() && telling.next().isBehind(folder)) {
            // What is held back must not be lost to a client that resumes from the highest number it has seen (RFC 7162
            // section 3.2).
            after.add(Notices.highestModSeq(telling.next().toldUpTo(folder)));
        }
        return reply.in(known).recording(events).saying(new Joined<>(List.of(before, reply.data(), after)));
    }

    private boolean tellsModSeqs() {
        return verb == ImapVerb.FETCH || verb == ImapVerb.STORE;
    }

    private Folder folder(ServerState state, Phase.Selected open) {
        return state.folder(open.account(), open.view().folderId()).orElseThrow(() -> new FolderGone(
                gone(open) + " has been deleted: connect again to go on."));
    }

    /** The client knows the folder by the name it had at SELECT; another session may have renamed it since. */
    private String gone(Phase.Selected open) {
        var known = name(open.folder());
        return context.store().nameOfDeleted(open.view().folderId()).map(this::name)
                .map(last -> last.equals(known) ? "Folder " + last + ", which is open here,"
                        : "Folder " + last + ", which is open here as " + known + ",")
                .orElse("The folder that is open here as " + known);
    }

    /** An EXPUNGE would turn the sequence numbers around that these commands are about (RFC 3501 section 7.4.1). */
    private static boolean mayExpunge(ImapVerb verb, ImapCommand command) {
        return switch (verb) {
            case FETCH, STORE, SEARCH, SORT, THREAD -> false;
            case UID_SEARCH, UID_SORT, UID_THREAD -> !asksSequence(command);
            default -> true;
        };
    }

    private static boolean asksSequence(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Search search -> Match.asksSequence(search.key());
            case ImapCommand.Sort sort -> Match.asksSequence(sort.key());
            case ImapCommand.Thread thread -> Match.asksSequence(thread.key());
            default -> false;
        };
    }
}
