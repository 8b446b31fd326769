package dev.mailscope.ui.server;

import java.time.ZonedDateTime;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.WorkbenchServer.State;

/** Asks for a message and puts it into a folder: the one chosen in the Mail Server view, if one is. */
public final class DeliverHandler extends ServerHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var recording = server().recording();
        if (recording == null || recording.live().server().accounts().isEmpty()) {
            return null;
        }
        var state = recording.live().server();
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        var view = page == null ? null : (ServerView) page.findView(Mailscope.SERVER_VIEW);
        var chosen = view == null ? null : view.chosen();
        var dialog = new DeliverDialog(HandlerUtil.getActiveShellChecked(event), state,
                chosen == null ? state.accounts().firstKey() : chosen.account(),
                view == null ? Folder.INBOX : view.chosenFolder());
        if (dialog.open() == Window.OK) {
            Mailscope.get().focus().goLive();
            server().deliver(dialog.account(), dialog.folder(), dialog.message().toOctets(ZonedDateTime.now()));
        }
        return null;
    }

    @Override
    boolean isUseful(State state) {
        return state == State.RUNNING || state == State.STOPPED;
    }
}
