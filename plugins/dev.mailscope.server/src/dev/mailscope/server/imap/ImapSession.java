package dev.mailscope.server.imap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.ImapIncoming.Asked;
import dev.mailscope.server.imap.command.IdField;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.Response.Condition;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.message.HeaderTooLarge;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/**
 * One IMAP4rev1 session (RFC 3501): Not Authenticated, Authenticated, Selected, Logout. Each command is a class of its
 * own named by its verb; this one says whose turn it is, keeps the phase, and puts the answer together.
 */
public final class ImapSession implements Session<ImapIncoming> {
    /** The protocol's name in the trace. */
    public static final String PROTOCOL = "imap";
    /** The phase in which a session begins. */
    public static final String FIRST_PHASE = ImapPhase.NOT_AUTHENTICATED.label();

    private final SessionContext context;
    private final ImapInput input;
    private volatile Phase phase = new Phase.NotAuthenticated();
    private Enabled enabled;
    private Waiting waiting = Waiting.NOTHING;
    private Watching watching = Watching.UNASKED;
    private int mistakes;

    /** A session with that context. */
    public ImapSession(SessionContext context) {
        this.context = context;
        this.enabled = Enabled.nothing(context.offersUtf8());
        this.input = new ImapInput(context);
    }

    @Override
    public Step greet() {
        return say(new Response.Status(null, Condition.OK, new ResponseCode.Capability(Capabilities.in(phase, context)),
                "Mailscope IMAP server ready."));
    }

    @Override
    public void feed(byte[] octets, int offset, int length) {
        input.feed(octets, offset, length);
    }

    @Override
    public ImapIncoming next() {
        return phase.kind() == ImapPhase.LOGOUT ? null : input.next(phase.kind(), waiting, enabled.dialect());
    }

    @Override
    public byte[] original() {
        return input.original();
    }

    @Override
    public byte[] takeBack() {
        return input.takeBack();
    }

    @Override
    public void drop() {
        input.drop();
    }

    @Override
    public Step refuse(ImapIncoming incoming, String text) {
        var tag = incoming == null ? waiting.tag() : incoming.tag();
        rest();
        input.abandon();
        return Step.of(Octets.of((tag.isEmpty() ? "*" : tag) + " " + Condition.NO + " " + text + "\r\n"));
    }

    @Override
    public Step handle(ImapIncoming incoming) {
        return switch (incoming.asked()) {
            case Asked.Execute(var command) -> {
                mistakes = 0;
                yield execute(incoming, command);
            }
            case Asked.Line line -> executeLine(incoming, line.text());
            case Asked.Literal(var size, var clientWaits) -> clientWaits
                    ? say(new Response.Continuation("ready for " + size + " octets")) : Step.nothing();
            case Asked.Refuse(var refusal) -> refuse(incoming, refusal);
            case Asked.Nothing n -> Step.nothing();
        };
    }

    @Override
    public Step push() {
        return switch (waiting) {
            case Waiting.Done idle -> push(turn(idle.tag(), ImapVerb.IDLE), turn -> Idle.push(turn, idle));
            case Waiting.Nothing none when watching.interest().atAnyTime() && phase instanceof Phase.LoggedIn -> {
                // No command is in progress: the one that asked for this is the cause.
                context.causedBy(watching.cause());
                yield push(turn("", ImapVerb.NOTIFY), Notify::push);
            }
            case Waiting.Nothing none -> Step.nothing();
            case Waiting.SaslResponse sasl -> Step.nothing();
            case Waiting.Search search -> Step.nothing();
        };
    }

    @Override
    public Step proceed() {
        if (!(waiting instanceof Waiting.Search(var turn, var searching))) {
            return Step.nothing();
        }
        boolean through;
        try {
            through = searching.goOn(() -> context.isWanted() || searching.isDue());
        } catch (HeaderTooLarge e) {
            waiting = Waiting.NOTHING;
            return answer(turn.tag(), turn, t -> t.read(state -> Reply.no(turn.failed(), turn.limit(),
                    ReplyResponses.inWords(e) + " It is message " + searching.looked() + " that cannot be searched.")));
        } catch (MailboxException e) {
            waiting = Waiting.NOTHING;
            return answer(turn.tag(), turn, t -> t.read(state -> turn.refused(e)));
        }
        if (through) {
            waiting = Waiting.NOTHING;
            return answer(turn.tag(), turn, t -> searching.reply());
        }
        return (searching.isDue() ? say(searching.progress()) : Step.nothing()).unfinished();
    }

    private Step push(Turn turn, Execution told) {
        try {
            return step(turn.tag(), told.in(turn));
        } catch (FolderGone e) {
            return bye(null, e.getMessage());
        }
    }

    @Override
    public Step failed(ImapIncoming incoming) {
        rest();
        return say(ReplyResponses.tagged(incoming.tag(), Condition.NO, ResponseCode.Simple.SERVERBUG,
                "The server failed at this command; the session goes on."));
    }

    private static String inWords(Duration time) {
        return time.toSeconds() % 60 == 0 && time.toMinutes() > 1 ? time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }

    @Override
    public Step farewell(Farewell why) {
        return switch (why) {
            case TIMEOUT -> bye(null, "Nothing has come for " + inWords(patience()) + ": goodbye.");
            case SHUTDOWN -> bye(ResponseCode.Simple.UNAVAILABLE, "The server stops: goodbye.");
            case CROWDED_OUT -> bye(ResponseCode.Simple.UNAVAILABLE,
                    "Nobody has logged in here, and others wait for a connection: goodbye.");
            case TOO_MANY_CONNECTIONS -> bye(ResponseCode.Simple.UNAVAILABLE,
                    "There are too many connections: try again later.");
            case TOO_FAST -> bye(ResponseCode.Simple.UNAVAILABLE,
                    "Too many connections have come from this address within a minute: try again later.");
            case NOT_COMPRESSED -> bye(ResponseCode.Simple.CLIENTBUG,
                    "What came is not compressed as RFC 1951 says: goodbye.");
            case STORE_FAILED -> bye(ResponseCode.Simple.UNAVAILABLE,
                    "The server cannot write to its disk; what was asked last may not be done: try again later.");
        };
    }

    @Override
    public Duration patience() {
        var silence = phase instanceof Phase.LoggedIn ? context.limits().idle() : context.limits().idleBeforeLogin();
        // Half a literal holds room that others may need.
        return input.isAmidLiteral() && context.limits().write().compareTo(silence) < 0 ? context.limits().write()
                : silence;
    }

    @Override
    public boolean isLoggedIn() {
        return phase instanceof Phase.LoggedIn;
    }

    @Override
    public Octets unfinished() {
        return input.unfinished(phase.kind(), waiting, enabled.dialect());
    }

    @Override
    public int discardInput() {
        return input.discard();
    }

    @Override
    public void closed() {
        rest();
        input.close();
        watch(Watching.NOTHING);
    }

    private Step execute(ImapIncoming incoming, ImapCommand command) {
        var before = enabled;
        if (!Enabling.isTooLate(command, phase, enabled)) {
            enabled = before.by(command);
        }
        var turn = new Turn(context, phase, incoming.tag(), command.verb(), command, before, enabled, watching,
                this::conclude);
        return answer(incoming.tag(), turn, t -> reply(t, command));
    }

    private Step executeLine(ImapIncoming incoming, byte[] line) {
        var before = waiting;
        rest();
        return switch (before) {
            case Waiting.SaslResponse sasl -> answer(incoming.tag(), turn(incoming.tag(), ImapVerb.AUTHENTICATE),
                    turn -> Login.saslResponse(turn, sasl.dialogue(), line));
            case Waiting.Done idle -> answer(incoming.tag(), turn(incoming.tag(), ImapVerb.IDLE),
                    turn -> Idle.end(turn, line));
            case Waiting.Search s -> throw new IllegalStateException("no line was expected");
            case Waiting.Nothing n -> throw new IllegalStateException("no line was expected");
        };
    }

    private Reply reply(Turn turn, ImapCommand command) {
        return switch (command) {
            case ImapCommand.Simple simple -> switch (simple) {
                case CAPABILITY -> turn.read(state -> Reply.ok(phase, "CAPABILITY completed.")
                        .saying(new Response.Capability(Capabilities.in(phase, context))));
                case NOOP -> turn.read(state -> Reply.ok(phase, "NOOP completed."));
                case LOGOUT -> logout(turn);
                case STARTTLS -> Login.startTls(turn);
                case NAMESPACE -> Listing.namespace(turn);
                case IDLE -> Idle.start(turn);
                case CHECK -> turn.read(state -> Reply.ok(phase, "CHECK completed."));
                case CLOSE -> Select.close(turn);
                case UNSELECT -> Select.unselect(turn);
                case EXPUNGE -> Expunge.all(turn);
            };
            case ImapCommand.Id id -> turn.read(state -> Reply.ok(phase, "ID completed.")
                    .saying(new Response.Id(List.of(new IdField("name", "Mailscope")))));
            case ImapCommand.Login login -> Login.login(turn, login);
            case ImapCommand.Compress compress -> Compress.run(turn, compress);
            case ImapCommand.Authenticate authenticate -> Login.authenticate(turn, authenticate);
            case ImapCommand.Enable enable -> Enabling.run(turn, enable);
            case ImapCommand.Select select -> Select.open(turn, select);
            case ImapCommand.Create create -> Folders.create(turn, create);
            case ImapCommand.Delete delete -> Folders.delete(turn, delete);
            case ImapCommand.Rename rename -> Folders.rename(turn, rename);
            case ImapCommand.Subscribe(var mailbox) -> Folders.subscribe(turn, mailbox, true);
            case ImapCommand.Unsubscribe(var mailbox) -> Folders.subscribe(turn, mailbox, false);
            case ImapCommand.ListMailboxes list -> Listing.list(turn, list);
            case ImapCommand.ListSubscribed list -> Listing.listSubscribed(turn, list);
            case ImapCommand.Status status -> Status.run(turn, status);
            case ImapCommand.SetAcl set -> AccessLists.set(turn, set);
            case ImapCommand.DeleteAcl delete -> AccessLists.delete(turn, delete);
            case ImapCommand.GetAcl(var mailbox) -> AccessLists.get(turn, mailbox);
            case ImapCommand.ListRights list -> AccessLists.list(turn, list);
            case ImapCommand.MyRights(var mailbox) -> AccessLists.mine(turn, mailbox);
            case ImapCommand.GetQuota(var root) -> Quotas.get(turn, root);
            case ImapCommand.GetQuotaRoot(var mailbox) -> Quotas.root(turn, mailbox);
            case ImapCommand.SetQuota set -> Quotas.set(turn, set);
            case ImapCommand.GetMetadata get -> Metadata.get(turn, get);
            case ImapCommand.SetMetadata set -> Metadata.set(turn, set);
            case ImapCommand.Notify notify -> Notify.run(turn, notify);
            case ImapCommand.Append append -> Append.run(turn, append);
            case ImapCommand.UidExpunge(var uids) -> Expunge.some(turn, uids);
            case ImapCommand.Search search -> Search.run(turn, search);
            case ImapCommand.Sort sort -> Sort.run(turn, sort);
            case ImapCommand.Thread thread -> Threads.run(turn, thread);
            case ImapCommand.Fetch fetch -> Fetch.run(turn, fetch);
            case ImapCommand.Store store -> Store.run(turn, store);
            case ImapCommand.Copy copy -> Copy.copy(turn, copy);
            case ImapCommand.Replace replace -> Replace.run(turn, replace);
            case ImapCommand.Move move -> Copy.move(turn, move);
        };
    }

    private Reply logout(Turn turn) {
        return turn.say(Reply.ok(new Phase.Logout(), "LOGOUT completed.")
                .saying(Response.Status.untagged(Condition.BYE, "Goodbye."))
                .recording(Select.left(turn)).then(Step.After.CLOSE));
    }

    private interface Execution {
        Reply in(Turn turn);
    }

    private Step answer(String tag, Turn turn, Execution execution) {
        try {
            return step(tag, execution.in(turn));
        } catch (MailboxException e) {
            // Nothing has changed; what others changed is told all the same.
            return answer(tag, turn, again -> again.read(state -> again.refused(e)));
        } catch (FolderGone e) {
            return bye(null, e.getMessage());
        } catch (HeaderTooLarge e) {
            return answer(tag, turn, again -> again.read(state -> Reply.no(again.failed(), again.limit(),
                    ReplyResponses.inWords(e))));
        }
    }

    private Step refuse(ImapIncoming incoming, ImapIncoming.Refusal refusal) {
        var condition = Condition.BAD;
        ResponseCode code = null;
        switch (refusal) {
            case NOT_UNDERSTOOD -> mistakes++;
            case WRONG_PHASE -> {
                // understood, so no mistake that counts
            }
            case TOO_MUCH -> {
                condition = Condition.NO;
                var verb = ImapVerb.named(incoming.command());
                code = verb != null && verb.bringsMessage() ? ResponseCode.Simple.TOOBIG
                        : verb == ImapVerb.SETMETADATA ? Metadata.largest(context.limits())
                        : ResponseCode.Simple.LIMIT;
            }
            case NOT_SYNCHRONIZED -> {
                var verb = ImapVerb.named(incoming.command());
                code = verb != null && verb.bringsMessage() ? ResponseCode.Simple.TOOBIG : null;
            }
            case NO_ROOM -> {
                condition = Condition.NO;
                code = ResponseCode.Simple.LIMIT;
            }
            case ENDLESS -> {
                return bye(ResponseCode.Simple.CLIENTBUG, incoming.problem());
            }
            case EXCHANGE_BROKEN -> rest();
        }
        var answer = ReplyResponses.tagged(incoming.tag(), condition, code, incoming.problem());
        if (mistakes < context.limits().mistakes()) {
            return say(answer);
        }
        become(new Phase.Logout());
        return say(answer, Response.Status.untagged(Condition.BYE,
                "That was one command too many that is not understood: goodbye.")).then(Step.After.CLOSE);
    }

    private Turn turn(String tag, ImapVerb verb) {
        return new Turn(context, phase, tag, verb, null, enabled, enabled, watching, this::conclude);
    }

    /** Takes what a command comes to into the trace and the session; within the store's lock where it was entered. */
    private void conclude(Reply reply) {
        reply.events().forEach(context::record);
        if (reply.watching() != null) {
            watch(reply.watching());
        }
        become(reply.next());
    }

    private void watch(Watching next) {
        if (next.watch() != watching.watch()) {
            watching.watch().close();
        }
        watching = next;
    }

    private void become(Phase next) {
        phase = next;
        context.entered(next.kind().label(), next instanceof Phase.LoggedIn in ? in.account() : "");
    }

    private Step step(String tag, Reply reply) {
        if (reply.waiting() != waiting) {
            rest();
            waiting = reply.waiting();
            if (waiting instanceof Waiting.SaslResponse || waiting instanceof Waiting.Done) {
                input.expectLine();
            }
        }
        var step = new Step(new ReplyResponses(tag, reply, enabled.dialect()), reply.after());
        return switch (waiting) {
            case Waiting.SaslResponse sasl -> step.hidden();
            case Waiting.Search search -> step.unfinished();
            case Waiting.Done idle -> step;
            case Waiting.Nothing none -> step;
        };
    }

    /** Nothing is waited for any more. */
    private void rest() {
        if (waiting instanceof Waiting.Search(var turn, var searching)) {
            context.record(new What.Remark(turn.verb() + " has been broken off: looked at " + searching));
        }
        waiting.end();
        waiting = Waiting.NOTHING;
    }

    private Step bye(ResponseCode code, String text) {
        rest();
        conclude(Reply.ok(new Phase.Logout(), text)
                .recording(Select.left(turn("", ImapVerb.LOGOUT))));
        return say(new Response.Status(null, Condition.BYE, code, text)).then(Step.After.CLOSE);
    }

    private Step say(Response... responses) {
        var octets = new ArrayList<Octets>();
        for (var response : responses) {
            octets.add(Encoding.of(response, enabled.dialect()));
        }
        return Step.of(octets);
    }
}
