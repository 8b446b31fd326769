package dev.mailscope.ui.server;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.workbench.UIEvents;
import org.eclipse.ui.PlatformUI;

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
        // Tool items ask again only when something is selected or activated, unless they are told to.
        var events = PlatformUI.getWorkbench().getService(IEventBroker.class);
        if (events != null) {
            events.post(UIEvents.REQUEST_ENABLEMENT_UPDATE_TOPIC, UIEvents.ALL_ELEMENT_ID);
        }
    }
}
