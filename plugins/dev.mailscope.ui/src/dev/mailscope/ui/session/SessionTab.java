package dev.mailscope.ui.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.Endpoint;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.WorkbenchServer;

/**
 * One session on the screen: the phases above, what was said in the middle, the command line below. Used on the UI
 * thread; what the network brings is fetched at most ten times a second.
 */
final class SessionTab {
    private static final int INTERVAL_MILLIS = 100;

    private final Composite page;
    private final Display display;
    private final Protocol protocol;
    private final Source source;
    private final InetSocketAddress foreign;
    private final boolean tls;
    private final WorkbenchServer server = Mailscope.get().server();
    private final Histories histories;
    private final Runnable changed;
    private final PhaseStrip strip;
    private final Transcript transcript;
    private final NoticeBar notice;
    private final SessionNotice waitsFor;
    private final CommandField field;
    private final TraceFeed.Listener feedListener = this::drained;
    private final AtomicBoolean newsWaiting = new AtomicBoolean();
    private ConsoleSession session;
    private TracedPhase traced;
    private Moment moment = Moment.START;
    private Moment older;
    private long drainedAt;

    /**
     * A tab whose session is not opened yet.
     *
     * @param source  the workbench's server or the fork to talk to; null for any other
     * @param foreign any other server to talk to; null with a source
     * @param tls     true when TLS begins with the connection
     * @param changed called when the title, the phase or what can be done now may be another
     */
    SessionTab(Composite parent, Protocol protocol, Source source, InetSocketAddress foreign, boolean tls,
            Histories histories, Runnable changed) {
        this.protocol = protocol;
        this.source = source;
        this.foreign = foreign;
        this.tls = tls;
        this.histories = histories;
        this.changed = changed;
        display = parent.getDisplay();
        page = new Composite(parent, SWT.NONE);
        var layout = new GridLayout();
        layout.marginWidth = 0;
        layout.marginHeight = 0;
        layout.verticalSpacing = 2;
        page.setLayout(layout);
        strip = new PhaseStrip(page, protocol.phases());
        strip.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        transcript = new Transcript(page);
        transcript.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        notice = new NoticeBar(page);
        waitsFor = new SessionNotice(this, notice, server);
        field = new CommandField(page, histories.of(protocol).new Walk(), this::proposals, this::send);
        field.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        page.addListener(SWT.Dispose, event -> close());
        if (source != null) {
            source.feed().addListener(feedListener);
        }
        strip.show(protocol.phases().getFirst(), "");
    }

    /** Connects; while the workbench's server does not listen, says so and offers to start it. */
    void open() {
        if (session != null) {
            return;
        }
        var address = address();
        if (address != null) {
            var recording = source == null ? null : source.recording();
            traced = recording == null ? null : new TracedPhase(protocol, recording);
            session = new ConsoleSession(protocol, address, traced != null, tls,
                    certificate -> isOwn() && server.isCertificate(certificate), this::news);
            transcript.append(List.of(TranscriptLine.note(
                    NLS.bind(Messages.SessionTab_connecting, address.getHostString() + ':' + address.getPort()))));
            goLive();
            var hadFocus = hasFocus();
            field.setSession(session);
            session.open();
            if (hadFocus) {
                field.setFocus();
            }
        }
        refresh();
    }

    Composite control() {
        return page;
    }

    Protocol protocol() {
        return protocol;
    }

    /** What it talks to; null for a server that is neither the workbench's nor a fork. */
    Source source() {
        return source;
    }

    /** True when it talks to the workbench's server. */
    boolean isOwn() {
        return source != null && source.isServer();
    }

    /** True when it talks to a fork that has ended. */
    boolean isOfEndedFork() {
        return source != null && !source.isGrowing();
    }

    /** What the tab is called: with the session's number in the trace, and the name of the fork or foreign server. */
    String title() {
        var own = traced == null ? 0 : traced.number();
        var name = foreign != null ? protocol.name() + ' ' + foreign.getHostString()
                : own > 0 ? protocol.name() + ' ' + own : protocol.name();
        if (source != null && !source.isServer()) {
            name = NLS.bind(Messages.SessionTab_ofFork, name, source.name());
        }
        if (session != null && session.isSecure()) {
            name = NLS.bind(Messages.SessionTab_secure, name);
        }
        return isOver() ? NLS.bind(Messages.SessionTab_ended, name) : name;
    }

    /** The session's number in the trace of its source; 0 while there is none, and when it is in an earlier one. */
    long number() {
        return traced == null || !traced.isIn(source.recording()) ? 0 : traced.number();
    }

    /** The phase by its name in the trace. */
    String phase() {
        return session == null ? protocol.phases().getFirst() : session.phase();
    }

    boolean isOpen() {
        return session != null && session.state() == ConsoleSession.State.OPEN;
    }

    /** True when there was a session and it has ended, or there could be none. */
    boolean isOver() {
        return session != null && switch (session.state()) {
            case CONNECTING, OPEN -> false;
            case REFUSED, ENDED -> true;
        };
    }

    /** True when it waits for a user name and password that the workbench knows. */
    boolean canLogIn() {
        return isOpen() && source != null && protocol.isForLogin(phase());
    }

    /** Who is logged in by {@link #logIn}. */
    String user() {
        return account().user();
    }

    Transcript transcript() {
        return transcript;
    }

    CommandField field() {
        return field;
    }

    PhaseStrip strip() {
        return strip;
    }

    NoticeBar notice() {
        return notice;
    }

    void setFonts(Font text, Font octets) {
        strip.setFont(text);
        notice.setFont(text);
        transcript.setFont(octets);
        field.setFont(octets);
        page.layout(true, true);
    }

    /** Puts the keyboard where it helps most: into the command line, else on what can be done now. */
    void setFocus() {
        if (!field.setFocus() && !notice.setFocus()) {
            transcript.control().setFocus();
        }
    }

    private boolean hasFocus() {
        for (Control now = display.getFocusControl(); now != null; now = now.getParent()) {
            if (now == page) {
                return true;
            }
        }
        return false;
    }

    /** Sends a line as if it had been typed. */
    void send(String line) {
        if (isOpen()) {
            goLive();
            histories.add(protocol, session.send(line));
        }
    }

    /** Logs in with the first account, in the protocol's own commands. */
    void logIn() {
        var account = account();
        goLive();
        session.sendInTurn(switch (protocol) {
            case POP3 -> List.of("USER " + account.user(), "PASS " + account.password());
            case IMAP -> List.of("LOGIN " + account.user() + ' ' + account.password());
        });
        field.setFocus();
    }

    /** Ends the connection without the command that would end the session. */
    void cutTheLine() {
        if (session != null) {
            goLive();
            session.cutTheLine(cutNote());
        }
    }

    /** True when a text can be sent as the last argument of a command. */
    boolean canSendLiteral() {
        return isOpen() && protocol == Protocol.IMAP;
    }

    /** Asks for a text and sends it as the last argument of what is in the command line. */
    void askForLiteral() {
        var draft = field.draft().isBlank() ? "APPEND INBOX" : field.draft();
        var dialog = new LiteralDialog(page.getShell(), draft);
        if (dialog.open() == LiteralDialog.OK && isOpen()) {
            field.setDraft("");
            goLive();
            histories.add(protocol, session.sendWithLiteral(dialog.command(), dialog.octets()));
        }
    }

    /** Who does something wants to see what comes of it, not an older moment. */
    private void goLive() {
        var focus = Mailscope.get().focus();
        focus.goLive(source == null || isOfEndedFork() ? focus.server() : source);
    }

    /** Takes what the trace has brought. */
    private void drained(TraceFeed.Batch batch) {
        if (traced == null || traced.isIn(batch.recording())) {
            moment = batch.moment();
        }
        if (traced != null && traced.take(batch, session.local())) {
            session.traced(traced.phase());
        }
        if (traced != null) {
            refresh();
        }
    }

    /** All views show that older moment, or the newest when it is null. */
    void setOlder(Moment now) {
        older = now;
        refresh();
    }

    /** The workbench's server is in another situation. */
    void serverChanged() {
        if (session == null && isOwn() && address() != null) {
            open();
        } else {
            refresh();
        }
    }

    /** Makes everything show how the session is doing. */
    void refresh() {
        if (page.isDisposed()) {
            return;
        }
        var typing = field.text().isFocusControl();
        showPhase();
        waitsFor.show(session);
        field.refresh();
        if (typing && !field.text().isEnabled()) {
            setFocus();
        }
        changed.run();
    }

    private void close() {
        if (source != null) {
            source.feed().removeListener(feedListener);
        }
        if (session != null) {
            session.cutTheLine("");
        }
    }

    private InetSocketAddress address() {
        return source == null ? foreign
                : source.endpoint(protocol.traceName() + (tls ? "s" : "")).map(Endpoint::address).orElse(null);
    }

    private AccountConfig account() {
        return source.accounts().isEmpty() ? ServerConfig.SAMPLE_ACCOUNT : source.accounts().getFirst();
    }

    private void showPhase() {
        var then = older == null ? null : older.sessions().get(number());
        if (then != null) {
            strip.show(then.phase(), NLS.bind(Messages.SessionTab_atEvent, String.format("%,d", older.number())));
        } else if (session == null) {
            strip.show(phase(), "");
        } else {
            var over = isOver() ? Messages.SessionTab_over : "";
            strip.show(phase(), session.isPhaseInferred() && !isOver() ? Messages.SessionTab_inferred : over);
        }
    }

    /** Another session with the same server, in the same tab, below what was said before. */
    void again() {
        session = null;
        traced = null;
        open();
    }

    private String cutNote() {
        if (protocol == Protocol.IMAP) {
            return Messages.SessionTab_cutImap;
        }
        if (!phase().equals("Transaction")) {
            return Messages.SessionTab_cutPop3;
        }
        var state = stateNow();
        var marked = state == null ? 0 : state.marked().size();
        return marked == 0 ? Messages.SessionTab_cutTransaction
                : Counted.text(Messages.SessionTab_cutMarked, marked);
    }

    /** The session as the trace has it at this instant, which may be more than the screen has been given yet. */
    private SessionState stateNow() {
        var recording = number() == 0 ? null : source.recording();
        var now = recording == null ? null : recording.live().sessions().get(number());
        return now != null || traced == null ? now : traced.state();
    }

    private List<CommandProposal> proposals(String line, int caret) {
        if (!isOpen() || session.prompt(line).rest()) {
            return List.of();
        }
        var known = traced == null ? Known.NOTHING : Known.of(moment, traced.state());
        return CommandProposals.at(protocol, phase(), known, line, caret);
    }

    /** Something has come; called on any thread. */
    private void news() {
        if (newsWaiting.compareAndSet(false, true)) {
            try {
                display.asyncExec(this::fetchSoon);
            } catch (SWTException e) {
                // The workbench is gone, and nobody looks any more.
                newsWaiting.set(true);
            }
        }
    }

    private void fetchSoon() {
        var wait = drainedAt + INTERVAL_MILLIS - System.nanoTime() / 1_000_000;
        if (wait > 0) {
            display.timerExec((int) wait, this::fetch);
        } else {
            fetch();
        }
    }

    private void fetch() {
        newsWaiting.set(false);
        drainedAt = System.nanoTime() / 1_000_000;
        if (!page.isDisposed() && session != null) {
            transcript.append(session.drain());
            refresh();
        }
    }
}
