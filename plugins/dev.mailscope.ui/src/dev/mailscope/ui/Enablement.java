package dev.mailscope.ui;

import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.workbench.UIEvents;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.IEvaluationService;

/** Lets commands that can be used, or no longer, look so at once. */
public final class Enablement {
    private Enablement() {
    }

    /** What commands depend on has changed, and so have these properties of property testers. On the UI thread. */
    public static void changed(String... properties) {
        var workbench = PlatformUI.getWorkbench();
        var expressions = workbench.getService(IEvaluationService.class);
        // Both are gone while the workbench closes.
        if (expressions != null) {
            for (var property : properties) {
                expressions.requestEvaluation(property);
            }
        }
        // Tool items ask again only when something is selected or activated, unless they are told to.
        var events = workbench.getService(IEventBroker.class);
        if (events != null) {
            events.post(UIEvents.REQUEST_ENABLEMENT_UPDATE_TOPIC, UIEvents.ALL_ELEMENT_ID);
        }
    }
}
