package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.MailboxName;
import dev.mailscope.server.imap.command.SearchResult;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.News;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.mailbox.Visible;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.trace.What;

/**
 * The execution of one command: works on one state or in one transaction, and ends with telling the client what it does
 * not know of its folder yet.
 */
final class Turn {
    private static final int FEW = 1_000;

    private final SessionContext context;
    private final Phase phase;
    private final String tag;
    private final ImapVerb verb;
    private final boolean mayExpunge;
    private final boolean saves;
    private final Enabled enabled;
    private final boolean firstCondstore;
    private final Watching watching;
    private final Consumer<Reply> conclude;

    /**
     * A turn.
     *
     * @param phase    where the session is
     * @param command  what is executed; null for the line that goes on with a command
     * @param before   what was enabled before it
     * @param enabled  what is enabled now
     * @param watching what the client was told unasked before it
     * @param conclude takes the reply, within the store's lock where it has been entered
     */
    Turn(SessionContext context, Phase phase, String tag, ImapVerb verb, ImapCommand command, Enabled before,
            Enabled enabled, Watching watching, Consumer<Reply> conclude) {
        this.context = context;
        this.phase = phase;
        this.tag = tag;
        this.verb = verb;
        this.mayExpunge = mayExpunge(verb, command);
        this.saves = saves(command);
        this.enabled = enabled;
        this.firstCondstore = enabled.condstore() && !before.condstore() && phase instanceof Phase.Selected;
        this.watching = watching;
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

    /**
     * Where the session is when the command fails: what a search was to save is nothing then (RFC 5182 section 2.1).
     */
    Phase failed() {
        return saves && phase instanceof Phase.Selected open ? open.saving(SequenceSet.of()) : phase;
    }

    /** The answer when it has been refused. */
    Reply refused(MailboxException refusal) {
        var reply = Reply.refused(failed(), refusal);
        return refusal.reason() == MailboxException.Reason.LIMIT ? reply.with(limit()) : reply;
    }

    /** The code of an answer to what is too much; of a search whose result is not saved see RFC 5182 section 2.5. */
    ResponseCode limit() {
        return saves ? ResponseCode.Simple.NOTSAVED : ResponseCode.Simple.LIMIT;
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

    /** What the user has of that state. Throws FolderGone when the account has been removed. */
    Reach reach(ServerState state) {
        return new Reach(state, account(state), context.hasAccessLists());
    }

    /**
     * The folder of that name, where the user has all those rights. MailboxException otherwise: NONEXISTENT when there
     * is none, and where the user may not know of it (RFC 4314 section 6); NOPERM where the user may.
     */
    Place place(ServerState state, String name, Right... needed) {
        var place = reach(state).find(name).filter(found -> found.rights().has(Right.LOOKUP)
                || found.rights().hasAll(needed)).orElseThrow(() -> nonexistent(name));
        require(place.rights(), name, needed);
        return place;
    }

    /** The folder of that name, where the user may know of it by any right (RFC 4314 section 4). */
    Place knownPlace(ServerState state, String name) {
        return reach(state).find(name).filter(found -> found.rights().hasAny(Right.LOOKUP, Right.READ, Right.INSERT,
                Right.CREATE, Right.DELETE, Right.ADMINISTER)).orElseThrow(() -> nonexistent(name));
    }

    /** MailboxException with NOPERM when one of the rights is missing. */
    void require(Rights rights, String name, Right... needed) {
        var missing = Rights.of(needed).minus(rights);
        if (!missing.all().isEmpty()) {
            throw new MailboxException(MailboxException.Reason.NOPERM, verb + " needs the right"
                    + (missing.all().size() == 1 ? " " : "s ") + missing + " on folder " + name(name) + ", which "
                    + account() + " does not have.");
        }
    }

    /** MailboxException with LIMIT when a command finds or changes more messages than a session may hold at once. */
    void requireBudget(int messages) {
        var most = context.limits().results();
        if (messages > most) {
            throw new MailboxException(MailboxException.Reason.LIMIT, "One command finds or changes at most " + most
                    + " messages here: nothing is done. Ask for fewer at once.");
        }
    }

    /** MailboxException with LIMIT when memory is short, and work on so many messages may take much of it. */
    void requireMemory(int messages) {
        if (messages > FEW && context.isShortOfMemory()) {
            throw new MailboxException(MailboxException.Reason.LIMIT, "The server is short of memory, and this may take"
                    + " much of it: nothing is done. Try again later.");
        }
    }

    /** What the user may do with the open folder. */
    Rights rights(ServerState state) {
        return rights(state, selected());
    }

    private Rights rights(ServerState state, Phase.Selected open) {
        return reach(state).rights(open.view().account(), open.view().folderId());
    }

    /** MailboxException when the user may not change the open folder in that way. */
    void require(ServerState state, Right... needed) {
        require(rights(state), selected().folder(), needed);
    }

    private MailboxException nonexistent(String name) {
        return new MailboxException(MailboxException.Reason.NONEXISTENT, "There is no folder " + name(name) + ".");
    }

    /** Works on the state as it is now; takes the lock only when the client is to be told something. */
    Reply read(Function<ServerState, Reply> work) {
        var state = context.store().state();
        var reply = work.apply(state);
        if (reply.told().isEmpty() && !firstCondstore && !isBehind(reply)) {
            conclude.accept(reply);
            return reply;
        }
        return context.store().transact(context.cause(), t -> told(reply, t), conclude);
    }

    private boolean isBehind(Reply reply) {
        var state = context.store().state();
        return reply.next() instanceof Phase.Selected open && open.view().isBehind(folder(state, open))
                || watching.isBehind(state);
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
        var told = reply.next() instanceof Phase.Selected open ? told(reply, open, t) : reply;
        return watching.known() == null ? told : toldOfOthers(told, t);
    }

    /** What the client is told of the open folder. */
    private Reply told(Reply reply, Phase.Selected open, Transaction t) {
        var interest = interest(reply);
        var folder = folder(t.state(), open);
        var news = news(interest, t.expunged(folder.id()));
        // Whoever tells its client first has them as recent; the claim keeps them from all others.
        var recentFrom = folder.recentFrom();
        var rights = rights(t.state(), open);
        var readOnly = open.view().readOnly() || !rights.canChange();
        if (!readOnly && folder.recent() > 0 && news.arrivals()) {
            t.claimRecent(open.view().account(), folder.id());
        }
        var arrivals = new Arrivals(interest.attributes(), open.view(), t.added(folder.id()),
                !readOnly && rights.has(Right.SEEN), enabled);
        if (news.arrivals()) {
            arrivals.markSeen(t, folder);
        }
        folder = folder(t.state(), open);
        var telling = open.view().tell(folder, recentFrom, news, enabled.condstore());
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
        var known = open.with(telling.next());
        if (folder.keywords().size() > open.keywords() && (news.flags() || !notices.isEmpty())
                || !rights.equals(open.rights())) {
            known = known.knowing(folder, rights);
            before.addAll(Notices.flags(folder, open, rights));
        }
        var after = Notices.responses(open.view(), telling, enabled,
                interest.asked() || verb.wireName().startsWith("UID "));
        var end = new ArrayList<Response>();
        if (enabled.condstore() && tellsModSeqs(telling) && telling.next().isBehind(folder)) {
            // What is held back must not be lost to a client that resumes from the highest number it has seen (RFC 7162
            // section 3.2).
            end.add(Notices.highestModSeq(telling.next().toldUpTo(folder)));
        }
        var answer = reply.code() instanceof ResponseCode.HighestModSeq
                ? reply.with(new ResponseCode.HighestModSeq(telling.next().toldUpTo(folder))) : reply;
        return answer.in(known).recording(events).saying(new Joined<>(List.of(before, reply.data(), after,
                arrivals.responses(telling, folder), end)));
    }

    /** What the client wants to be told: a NOTIFY SET tells all there is of the open folder (RFC 5465 section 3.1). */
    private Interest interest(Reply reply) {
        if (verb != ImapVerb.NOTIFY || reply.watching() == null || reply.watching() == Watching.NOTHING) {
            return watching.interest();
        }
        var next = reply.watching().interest();
        return new Interest(true, true, true, next.delayed(), next.attributes(), next.others());
    }

    /** What is told now of the open folder; the expunges that the command has made itself are always told. */
    private News news(Interest interest, Set<Long> own) {
        if (!mayExpunge(interest)) {
            return new News(uid -> false, interest.messages(), interest.flags());
        }
        return new News(uid -> interest.messages() || own.contains(uid), interest.messages(), interest.flags());
    }

    /** A push belongs to no command, so it may tell expunges only if the client has agreed to that. */
    private boolean mayExpunge(Interest interest) {
        return mayExpunge && (verb != ImapVerb.NOTIFY || !tag.isEmpty() || interest.expungesAtAnyTime());
    }

    private Reply toldOfOthers(Reply reply, Transaction t) {
        var others = watching.known().in(reach(t.start()));
        var now = watching.known().in(reach(t.state()));
        var open = new HashSet<Long>();
        for (var any : List.of(phase, reply.next())) {
            if (any instanceof Phase.Selected selected) {
                open.add(selected.view().folderId());
            }
        }
        var responses = watching.known().is(others) ? List.<Response>of()
                : responses(others, now.visible(), open);
        var most = context.limits().notifications();
        if (responses.size() > most) {
            return reply.watching(Watching.NOTHING)
                    .saying(new Joined<>(List.of(reply.data(), List.of(Notify.overflow(most)))));
        }
        return reply.watching(reply.watching() == null ? watching.knowing(now) : reply.watching())
                .saying(new Joined<>(List.of(reply.data(), responses)));
    }

    /** What is told beside the messages of the open folder. */
    private List<Response> responses(Watching.Known others, Visible now, Set<Long> open) {
        var before = watching.known();
        var interest = watching.interest();
        var responses = new ArrayList<>(new OtherFolders(before.visible(), others.visible(), now, interest, open,
                enabled, context.limits()).responses());
        responses.addAll(new MetadataChanges(before, others, now, interest).responses());
        return responses;
    }

    private boolean tellsModSeqs(FolderView.Telling telling) {
        return switch (verb) {
            case FETCH, STORE, UID_FETCH, UID_STORE -> true;
            default -> !telling.notices().isEmpty();
        };
    }

    private Folder folder(ServerState state, Phase.Selected open) {
        var folder = state.folder(open.view().account(), open.view().folderId()).orElseThrow(() -> new FolderGone(
                gone(open) + " has been deleted: connect again to go on."));
        if (!rights(state, open).has(Right.READ)) {
            throw new FolderGone("Folder " + name(open.folder()) + ", which is open here, may no longer be read by "
                    + account() + ": connect again to go on.");
        }
        return folder;
    }

    /** The client knows the folder by the name it had at SELECT; another session may have renamed it since. */
    private String gone(Phase.Selected open) {
        var known = name(open.folder());
        return context.store().nameOfDeleted(open.view().folderId())
                .map(last -> name(Reach.name(account(), open.view().account(), last)))
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

    private static boolean saves(ImapCommand command) {
        var result = switch (command) {
            case ImapCommand.Search search -> search.result();
            case ImapCommand.Sort sort -> sort.result();
            case null, default -> null;
        };
        return result != null && result.has(SearchResult.Option.SAVE);
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
