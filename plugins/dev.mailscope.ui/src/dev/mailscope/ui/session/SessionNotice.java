package dev.mailscope.ui.session;

import java.util.Optional;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Held;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.debug.HeldText;

/** Says in a tab's bar what a session waits for, and offers what helps next. */
final class SessionNotice {
    private final SessionTab tab;
    private final NoticeBar bar;
    private final WorkbenchServer server;

    SessionNotice(SessionTab tab, NoticeBar bar, WorkbenchServer server) {
        this.tab = tab;
        this.bar = bar;
        this.server = server;
    }

    /** Shows what is to be said of that session of the tab; null when there is none. */
    void show(ConsoleSession session) {
        if (session == null) {
            showServer();
        } else if (tab.isOver() && tab.isOfEndedFork()) {
            bar.show(Messages.SessionTab_forkEnded, "", null);
        } else if (session.state() == ConsoleSession.State.REFUSED || tab.isOver()) {
            bar.show(session.state() == ConsoleSession.State.REFUSED ? Messages.SessionTab_refused
                    : Messages.SessionTab_sessionOver, Messages.SessionTab_again, tab::again);
        } else if (held().isPresent()) {
            var held = held().get();
            bar.show(NLS.bind(Messages.SessionTab_held, HeldText.where(held)), Messages.SessionTab_goOn,
                    () -> Mailscope.get().debugger().debugger().release(held, Decision.GO_ON));
        } else if (session.prompt("").rest()) {
            bar.show(rest(session.prompt("")), "", null);
        } else if (tab.canLogIn() && tab.isOwn() && !session.isSecure() && server.config().tls().required()) {
            bar.show(Messages.SessionTab_needsTls, Messages.SessionTab_startTls,
                    () -> tab.send(switch (tab.protocol()) {
                        case IMAP -> "STARTTLS";
                        case POP3 -> "STLS";
                    }));
        } else if (tab.canLogIn()) {
            bar.show(Messages.SessionTab_nobody, NLS.bind(Messages.SessionTab_logIn, tab.user()), tab::logIn);
        } else {
            bar.hide();
        }
    }

    /** What the workbench's server holds of it. */
    private Optional<Held> held() {
        return !tab.isOwn() || tab.number() == 0 ? Optional.empty()
                : Mailscope.get().debugger().held(tab.number());
    }

    private static String rest(ConsoleSession.Prompt prompt) {
        if (prompt.literalLeft() > 0) {
            return Counted.text(prompt.asked() ? Messages.SessionTab_literal : Messages.SessionTab_literalUnasked,
                    prompt.literalLeft());
        }
        return prompt.asked() ? Messages.SessionTab_asked : Messages.SessionTab_rest;
    }

    private void showServer() {
        var situation = server.situation();
        switch (situation.state()) {
            case NOT_YET, STOPPED, STOPPING -> bar.show(Messages.SessionTab_noServer, Messages.SessionTab_start,
                    server::start);
            case FAILED -> {
                var why = NLS.bind(Messages.SessionTab_serverFailed, situation.problem());
                if (situation.portTaken()) {
                    bar.show(why, Messages.SessionTab_startElsewhere, server::startOnFreePorts);
                } else {
                    bar.show(why, Messages.SessionTab_start, server::start);
                }
            }
            case RUNNING -> bar.show(NLS.bind(Messages.SessionTab_noTlsPort, tab.protocol().name()),
                    Messages.SessionTab_ports, SessionNotice::askForPorts);
            case STARTING -> bar.show(Messages.SessionTab_starting, "", null);
        }
    }

    private static void askForPorts() {
        try {
            PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand("dev.mailscope.ui.server.ports",
                    null);
        } catch (CommandException e) {
            Mailscope.log(Messages.SessionTab_ports, e);
        }
    }
}
