package dev.mailscope.server.session;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.sasl.SaslCircumstances;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.Responses;
import dev.mailscope.server.trace.What;

/** What a session has from the server around it: the mail, the accounts, the limits, and its line into the trace. */
public final class SessionContext {
    private final long number;
    private final String protocol;
    private final MailStore store;
    private final Credentials credentials;
    private final Limits limits;
    private final Recording trace;
    private final boolean offersTls;
    private final ImapOptions imap;
    private final Shared shared;
    private volatile Runnable wake = () -> { };
    private BooleanSupplier wanted = () -> false;
    private String phase;
    private String user = "";
    private String admitted = "";
    private String folder = "";
    private String command = "";
    private long cause;
    private SaslCircumstances circumstances;
    private boolean compressed;
    private String address = "";
    private int failedLogins;
    private Duration delay = Duration.ZERO;

    /**
     * The context of session {@code number}, which is in phase {@code phase}.
     *
     * @param protocol {@code imap} or {@code pop3}
     */
    public SessionContext(long number, String protocol, String phase, MailStore store, Credentials credentials,
            Limits limits, Recording trace) {
        this(number, protocol, phase, store, credentials, limits, trace, TlsPolicy.NONE);
    }

    /** The same, on a connection with that policy. */
    public SessionContext(long number, String protocol, String phase, MailStore store, Credentials credentials,
            Limits limits, Recording trace, TlsPolicy policy) {
        this(number, protocol, phase, store, credentials, limits, trace, policy, ImapOptions.DEFAULT);
    }

    /**
     * The same, with IMAP offered in that way.
     */
    public SessionContext(long number, String protocol, String phase, MailStore store, Credentials credentials,
            Limits limits, Recording trace, TlsPolicy policy, ImapOptions imap) {
        this(number, protocol, phase, store, credentials, limits, trace, policy, imap, Shared.of(limits));
    }

    /** The same, with what it shares with the server's other sessions. */
    public SessionContext(long number, String protocol, String phase, MailStore store, Credentials credentials,
            Limits limits, Recording trace, TlsPolicy policy, ImapOptions imap, Shared shared) {
        this.number = number;
        this.protocol = protocol;
        this.phase = phase;
        this.store = store;
        this.credentials = credentials;
        this.limits = limits;
        this.trace = trace;
        this.offersTls = policy.offered();
        this.imap = imap;
        this.shared = shared;
        this.circumstances = SaslCircumstances.withoutTls(policy.plaintextAllowed());
    }

    /** The session's number, from 1, across both protocols. */
    public long number() {
        return number;
    }

    /** The mail. */
    public MailStore store() {
        return store;
    }

    /** The accounts' passwords. */
    public Credentials credentials() {
        return credentials;
    }

    /** What the peer may use up. */
    public Limits limits() {
        return limits;
    }

    /** True when a non-synchronizing literal of IMAP may have 4096 octets and no more (RFC 7888 section 5). */
    public boolean literalMinus() {
        return imap.literalMinus();
    }

    /** True when UTF8=ACCEPT is offered (RFC 6855). */
    public boolean offersUtf8() {
        return imap.utf8();
    }

    /** How often an IMAP client is told how far a command has come that takes long (RFC 9585). */
    public Duration progress() {
        return imap.progress();
    }

    /** True when access lists have an effect (RFC 4314). */
    public boolean hasAccessLists() {
        return imap.acl();
    }

    /** True when the client can start TLS now. */
    public boolean canStartTls() {
        return offersTls && !circumstances.tls();
    }

    /** What logging in depends on, as the connection is now. */
    public SaslCircumstances circumstances() {
        return circumstances;
    }

    /** True when what passes is compressed. */
    public boolean isCompressed() {
        return compressed;
    }

    /** What the session's next transaction is caused by: the command it is executing. */
    public Cause cause() {
        return new Cause(number, cause, command);
    }

    /** What follows is not the current command's doing, but this earlier one's. */
    public void causedBy(Cause earlier) {
        causedBy(earlier.event(), earlier.command());
    }

    /** Records that the session is in another phase now. The session calls this where it assigns its phase. */
    public void entered(String next) {
        entered(next, "");
    }

    /**
     * The same, and who is logged in there.
     *
     * @param account empty when nobody is
     */
    public void entered(String next, String account) {
        if (!next.equals(phase)) {
            var from = phase;
            var logsIn = user.isEmpty() ? account : "";
            phase = next;
            user = account;
            record(new What.PhaseChanged(from, next, logsIn));
        }
    }

    /** Records something the current command led to; gives the event's number. */
    public long record(What what) {
        return record(cause, what);
    }

    /** Records responses of the current command, an event for each; gives the number of the first. */
    long record(Responses.Builder made) {
        return trace.record(number, protocol, cause, phase, folder, command, made);
    }

    /** Waits until all that has been recorded is in the recording's file: see {@link Recording#awaitWritten}. */
    public void awaitWritten() {
        trace.awaitWritten();
    }

    /** True while the server is short of memory: what takes much of it is to be refused. */
    public boolean isShortOfMemory() {
        return shared.memory().isShort();
    }

    /** The memory this session shares with the others. */
    public Room room() {
        return shared.room();
    }

    /**
     * A login has failed: the trace is told, and the answer waits as {@link FailedLogins} says. True when it was one
     * too many for this connection, which is to be closed then.
     *
     * @param named the user the client has named; empty when it has named none
     */
    public boolean loginFailed(String named) {
        delay = shared.failedLogins().count(address);
        record(new What.Remark(FailedLogins.words(delay, credentials.account(named).orElse(""))));
        failedLogins++;
        return failedLogins >= FailedLogins.MOST_PER_SESSION;
    }

    /**
     * Lets the session have one of those that the account may have at once; it keeps it until it is closed, or leaves,
     * or is admitted once more. False when there is none left.
     */
    public boolean admit(String account) {
        leave();
        if (!shared.sessions().enter(account)) {
            record(new What.Remark("refused: " + account + " has as many sessions as an account may have at once"));
            return false;
        }
        admitted = account;
        return true;
    }

    /** Gives back what {@link #admit} gave, if anything. */
    public void leave() {
        if (!admitted.isEmpty()) {
            shared.sessions().leave(admitted);
            admitted = "";
        }
    }

    /** Asks, from any thread, for {@link Session#push} to be called soon. Returns at once. */
    public void wake() {
        wake.run();
    }

    /** True when somebody waits for the session's turn: a command that takes long is to make room for a moment. */
    public boolean isWanted() {
        return wanted.getAsBoolean();
    }

    void wantedWhen(BooleanSupplier somebodyWaits) {
        wanted = somebodyWaits;
    }

    /** The client's address, without its port. */
    void connectedFrom(String client) {
        address = client;
    }

    /** How long the answer to what was handled last is to wait; asked once. */
    Duration takeDelay() {
        var now = delay;
        delay = Duration.ZERO;
        return now;
    }

    void tlsStarted(SaslCircumstances now) {
        circumstances = now;
    }

    void compressionStarted() {
        compressed = true;
    }

    void onWake(Runnable action) {
        wake = action;
    }

    String protocol() {
        return protocol;
    }

    String folder() {
        return folder;
    }

    /** The phase the session is or was last in. */
    public String phase() {
        return phase;
    }

    Recording trace() {
        return trace;
    }

    void causedBy(long event, String name) {
        cause = event;
        command = name;
    }

    long record(long by, What what) {
        if (what instanceof What.ViewOpened opened) {
            folder = opened.folder();
        } else if (what instanceof What.ViewClosed) {
            folder = "";
        }
        return trace.record(number, protocol, by, phase, folder, command, what);
    }
}
