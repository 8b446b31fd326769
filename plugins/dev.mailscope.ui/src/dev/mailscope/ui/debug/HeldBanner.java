package dev.mailscope.ui.debug;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchWindow;

import dev.mailscope.ui.Banner;
import dev.mailscope.ui.LiveDebugger;

/** Says in a view that sessions are held, and leads to where they are let go on. Lies in a grid layout. */
public final class HeldBanner {
    private HeldBanner() {
    }

    /** Makes the banner; it takes no room while nothing is held. */
    public static void create(Composite parent, LiveDebugger live, IWorkbenchWindow window) {
        var banner = new Banner(parent, Messages.held_show, () -> DebugCommand.SHOW.run(window));
        Runnable listener = () -> banner.say(HeldText.sentence(live.held()));
        live.addListener(listener);
        banner.addListener(SWT.Dispose, event -> live.removeListener(listener));
        listener.run();
    }
}
