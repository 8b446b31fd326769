package dev.mailscope.server.pop3;

import static dev.mailscope.server.pop3.Answers.error;
import static dev.mailscope.server.pop3.Answers.listing;
import static dev.mailscope.server.pop3.Answers.ok;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.SaslPrep;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.session.SaslDialogue;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.What;

/**
 * One POP3 session (RFC 1939): Connect, Authorization, Transaction, Update. Deletions take effect in Update and only
 * there; a session that ends in any other way changes nothing.
 */
public final class Pop3Session implements Session<Pop3Incoming> {
    /** The protocol's name in the trace. */
    public static final String PROTOCOL = "pop3";
    /** The phase of a session that has not greeted yet. */
    public static final String FIRST_PHASE = Pop3Phase.Kind.CONNECT.label();

    private final SessionContext context;
    private final MaildropLocks locks;
    private final Auth auth;
    private final Pop3Input input;
    private volatile Pop3Phase phase = new Pop3Phase.Connect();
    private int mistakes;
    // UTF-8 mode (RFC 6856 section 2.1), which login does not end.
    private boolean utf8;

    /** A session with that context; all sessions of one server share the locks. */
    public Pop3Session(SessionContext context, MaildropLocks locks) {
        this.context = context;
        this.locks = locks;
        var framer = new Pop3Framer(context.limits().pop3Line());
        this.auth = new Auth(context, framer);
        this.input = new Pop3Input(framer, auth, () -> phase.kind());
    }

    @Override
    public Step greet() {
        var timestamp = context.credentials().keepsSharedSecrets() ? Optional.of(Apop.timestamp())
                : Optional.<String>empty();
        become(new Pop3Phase.Authorization(timestamp, Optional.empty()));
        return ok("Mailscope POP3 server ready" + timestamp.map(" "::concat).orElse("."));
    }

    @Override
    public void feed(byte[] octets, int offset, int length) {
        input.feed(octets, offset, length);
    }

    @Override
    public Pop3Incoming next() {
        return input.next();
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
    public Octets unfinished() {
        return input.unfinished();
    }

    @Override
    public int discardInput() {
        return input.discard();
    }

    @Override
    public void drop() {
        // a line is whole, and nothing is kept of it
    }

    @Override
    public Step refuse(Pop3Incoming incoming, String text) {
        auth.lineHasCome();
        return error(text);
    }

    @Override
    public Step handle(Pop3Incoming incoming) {
        if (!incoming.complete()) {
            return Step.nothing();
        }
        auth.lineHasCome();
        if (input.isEndless()) {
            return error(incoming.problem()).then(Step.After.CLOSE);
        }
        mistakes = incoming.request() == null ? mistakes + 1 : 0;
        if (mistakes >= context.limits().mistakes()) {
            return error(incoming.problem() + " That was one line too many that is not understood: goodbye.")
                    .then(Step.After.CLOSE);
        }
        return incoming.problem() == null ? execute(incoming.request()) : error(incoming.problem());
    }

    /** POP3 has no way to tell a client anything unasked. */
    @Override
    public Step push() {
        return Step.nothing();
    }

    @Override
    public Step failed(Pop3Incoming incoming) {
        return switch (phase) {
            case Pop3Phase.Update u -> error("[SYS/TEMP] The server failed; no marked message is deleted.")
                    .then(Step.After.CLOSE);
            case Pop3Phase.Connect c -> serverFailed();
            case Pop3Phase.Authorization a -> serverFailed();
            case Pop3Phase.Transaction t -> serverFailed();
        };
    }

    /** RFC 1939 section 3 wants a client that was silent for too long to be left without a word. */
    @Override
    public Step farewell(Farewell why) {
        var words = switch (why) {
            case TIMEOUT -> Step.nothing();
            case SHUTDOWN -> error("[SYS/TEMP] The server stops; nothing that was marked is deleted.");
            case CROWDED_OUT -> error("[SYS/TEMP] Nobody has logged in here, and others wait for a connection.");
            case TOO_MANY_CONNECTIONS -> error("[SYS/TEMP] There are too many connections: try again later.");
            case TOO_FAST -> error("[SYS/TEMP] Too many connections have come from this address within a minute: try"
                    + " again later.");
            case NOT_COMPRESSED -> error("What came is not compressed, and should be."); // if POP3 ever has compression
            case STORE_FAILED -> error("[SYS/TEMP] The server cannot write to its disk; some marked messages may not be"
                    + " deleted.");
        };
        return words.then(Step.After.CLOSE);
    }

    @Override
    public Duration patience() {
        return phase instanceof Pop3Phase.Transaction ? context.limits().idle() : context.limits().idleBeforeLogin();
    }

    @Override
    public void closed() {
        if (phase instanceof Pop3Phase.Transaction transaction) {
            locks.giveBack(transaction.maildrop().account(), context.number());
        }
    }

    /** Where the session stands. */
    Pop3Phase phase() {
        return phase;
    }

    private void become(Pop3Phase next) {
        phase = next;
        context.entered(next.kind().label(),
                next instanceof Pop3Phase.Transaction in ? in.maildrop().account() : "");
    }

    @Override
    public boolean isLoggedIn() {
        return phase instanceof Pop3Phase.Transaction;
    }

    private Step execute(Pop3Command command) {
        return switch (command) {
            case Pop3Command.Capa() -> listing("Capability list follows:", Capabilities.of(context, isLoggedIn()));
            case Pop3Command.Utf8() -> {
                utf8 = true;
                yield ok("UTF-8 mode: messages and texts may hold UTF-8 from now on.");
            }
            case Pop3Command.Lang(var range) -> range.isEmpty()
                    ? listing("Language listing follows:", Language.listing())
                    : Language.lookup(range.get()).map(language -> ok(language.welcome()))
                            .orElseGet(() -> error("There are no texts in that language; LANG alone lists what there is."));
            case Pop3Command.User(var name) -> {
                if (!context.circumstances().passwordsAllowed()) {
                    yield withoutTls();
                }
                if (SaslPrep.prepare(name).isEmpty()) {
                    yield error("[AUTH] The user name holds a character that SASLprep (RFC 4013) prohibits.");
                }
                become(authorization().withUser(name));
                yield ok("Now the password, with PASS.");
            }
            case Pop3Command.Mechanisms() -> listing("SASL mechanisms follow:",
                    SaslDialogue.offered(context).isEmpty() ? List.of()
                            : List.of(SaslDialogue.offered(context).split(" ")));
            case Pop3Command.Auth begin -> auth.begin(begin, account -> login(account, Optional.of(account)));
            case Pop3Command.SaslResponse response -> auth.answer(response,
                    account -> login(account, Optional.of(account)));
            case Pop3Command.Stls() -> stls();
            case Pop3Command.Pass(var password) -> pass(password);
            case Pop3Command.Apop(var name, var digest) -> apop(name, digest);
            case Pop3Command.Quit() -> quit();
            case Pop3Command.Stat() -> Reading.stat(transaction());
            case Pop3Command.List(var message) -> Reading.list(transaction(), message);
            case Pop3Command.Uidl(var message) -> Reading.uidl(transaction(), message);
            case Pop3Command.Retr(var number) -> {
                var answer = Reading.retr(transaction(), number);
                become(transaction().retrieving(number));
                yield answer;
            }
            case Pop3Command.Top(var number, var lines) -> Reading.top(transaction(), number, lines);
            case Pop3Command.Dele(var number) -> Reading.where(transaction(), number, drop -> {
                become(transaction().marking(number));
                context.record(new What.Marked(number, drop.message(number).uid(), true));
                return ok("Message " + number + " is marked as deleted; it goes after QUIT.");
            });
            case Pop3Command.Rset() -> {
                for (var number : transaction().marks()) {
                    context.record(new What.Marked(number, transaction().maildrop().message(number).uid(), false));
                }
                become(transaction().unmarked());
                yield ok("Nothing is marked as deleted: " + transaction().summary() + ".");
            }
            case Pop3Command.Noop() -> ok("Nothing done.");
        };
    }

    private Step pass(String password) {
        if (!context.circumstances().passwordsAllowed()) {
            return withoutTls();
        }
        var user = authorization().user();
        if (user.isEmpty()) {
            return error("PASS comes after USER: say USER and the user name first.");
        }
        return login(user.get(), context.credentials().authenticate(user.get(), password));
    }

    private Step apop(String user, String digest) {
        if (authorization().timestamp().isEmpty()) {
            return error("There is no APOP here: no account keeps its password itself.");
        }
        if (!Apop.isDigest(digest)) {
            become(authorization().withoutUser());
            return error("[AUTH] The digest is not made of 32 hexadecimal digits in lower case.");
        }
        // RFC 6856 section 2.2 wants the digest of the prepared password.
        var secret = context.credentials().sharedSecret(user).flatMap(SaslPrep::prepare);
        // With an unknown user the digest is worked out all the same, so that it takes the same time.
        var right = Apop.matches(digest, authorization().timestamp().get(), secret.orElse(""));
        return login(user, right && secret.isPresent() ? context.credentials().account(user) : Optional.empty());
    }

    private static Step oneTooMany() {
        return error("[AUTH] The user name or the password is wrong, and that was one failed login too many: goodbye.")
                .then(Step.After.CLOSE);
    }

    private Step withoutTls() {
        return error("No password may be sent here without TLS: say STLS first.");
    }

    private Step stls() {
        if (utf8) {
            return error("STLS must come before UTF8 (RFC 6856 section 2.1).");
        }
        if (context.circumstances().tls()) {
            return error("TLS is active already.");
        }
        if (!context.canStartTls()) {
            return error("This server does not offer TLS.");
        }
        become(authorization().withoutUser());
        return ok("Begin the TLS negotiation now.").then(Step.After.START_TLS);
    }

    private Step login(String named, Optional<String> account) {
        become(authorization().withoutUser());
        if (account.isEmpty()) {
            return context.loginFailed(named) ? oneTooMany() : error("[AUTH] The user name or the password is wrong.");
        }
        var user = account.get();
        if (!context.admit(user)) {
            return error("[SYS/TEMP] This account has as many sessions as it may have at once: end one of them.");
        }
        var entered = false;
        try {
            var answer = open(user);
            entered = isLoggedIn();
            return answer;
        } finally {
            if (!entered) {
                context.leave();
            }
        }
    }

    private Step open(String user) {
        var holder = locks.take(user, context.number());
        if (holder.isPresent()) {
            return error("[IN-USE] Session " + holder.getAsLong()
                    + " has this maildrop open, and only one POP3 session can have it at a time.");
        }
        var wait = locks.wait(user, context.limits().loginDelay());
        if (wait.isPositive()) {
            locks.giveBack(user, context.number());
            return error("[LOGIN-DELAY] The last login was too short a time ago: try again in "
                    + Retention.seconds(wait) + ".");
        }
        try {
            context.store().transact(context.cause(),
                    transaction -> Retention.open(transaction, user, context.limits().expire(),
                            context.store().clock().instant()),
                    inbox -> enter(user, inbox));
        } catch (MailboxException e) {
            locks.giveBack(user, context.number());
            return error(e.reason() == MailboxException.Reason.LIMIT ? "[SYS/TEMP] " + e.getMessage()
                    : "[SYS/PERM] The password is right, but this account has no mailbox any more.");
        } catch (RuntimeException e) {
            locks.giveBack(user, context.number());
            throw e;
        }
        locks.opened(user);
        return ok("The maildrop has " + transaction().summary() + ".");
    }

    private void enter(String user, Folder inbox) {
        become(new Pop3Phase.Transaction(new Maildrop(user, inbox, utf8), TreePSet.empty(), TreePSet.empty()));
        context.record(new What.ViewOpened(user, inbox.id(), inbox.name(), false));
    }

    private Step quit() {
        if (!(phase instanceof Pop3Phase.Transaction(var maildrop, var marked, var retrieved))) {
            return ok("Goodbye.").then(Step.After.CLOSE);
        }
        var marks = marked;
        if (Retention.isNone(context.limits().expire())) {
            for (var number : retrieved.minusAll(marked)) {
                context.record(new What.Marked(number, maildrop.message(number).uid(), true));
            }
            marks = marked.plusAll(retrieved);
        }
        return update(maildrop, marks);
    }

    private Step update(Maildrop maildrop, TreePSet<Integer> marks) {
        become(new Pop3Phase.Update(maildrop, marks));
        int removed;
        try {
            removed = marks.isEmpty() ? 0
                    : context.store().transact(context.cause(), transaction -> remove(transaction, maildrop, marks));
        } finally {
            context.record(new What.ViewClosed(maildrop.folder().name()));
            locks.giveBack(maildrop.account(), context.number());
        }
        var gone = marks.size() - removed;
        return ok((removed == 0 ? "Nothing" : Answers.messages(removed)) + " deleted"
                + (gone == 0 ? "" : ", " + Answers.messages(gone) + " gone before that") + ". Goodbye.")
                .then(Step.After.CLOSE);
    }

    /** Removes what is marked and still there; gives how many that were. */
    private static int remove(Transaction transaction, Maildrop maildrop, TreePSet<Integer> marks) {
        var account = maildrop.account();
        var folder = maildrop.folder().id();
        if (transaction.state().folder(account, folder).isEmpty()) {
            return 0;
        }
        return (int) marks.stream()
                .filter(number -> transaction.expunge(account, folder, maildrop.message(number).uid())).count();
    }

    private Pop3Phase.Authorization authorization() {
        return (Pop3Phase.Authorization) phase;
    }

    private Pop3Phase.Transaction transaction() {
        return (Pop3Phase.Transaction) phase;
    }

    private static Step serverFailed() {
        return error("[SYS/TEMP] The server failed at this command; nothing has changed.");
    }
}
