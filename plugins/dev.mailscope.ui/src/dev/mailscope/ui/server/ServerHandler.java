package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;

import dev.mailscope.ui.Enablement;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.WorkbenchServer;

/** A handler that can be used depending on what the server does. */
abstract class ServerHandler extends AbstractHandler {
    private final WorkbenchServer server = Mailscope.get().server();
    private final Runnable listener = this::situationChanged;

    ServerHandler() {
        server.addListener(listener);
        situationChanged();
    }

    @Override
    public void dispose() {
        server.removeListener(listener);
        super.dispose();
    }

    final WorkbenchServer server() {
        return server;
    }

    /** True when the command makes sense in that state. */
    abstract boolean isUseful(WorkbenchServer.State state);

    private void situationChanged() {
        setBaseEnabled(isUseful(server.situation().state()));
        Enablement.changed();
    }
}
