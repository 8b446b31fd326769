package dev.mailscope.ui.classroom;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.ui.Banner;
import dev.mailscope.ui.Mailscope;

/** Says that the server was open to the network when the workbench ended, and is no longer, until that was read. */
public final class ClosedBanner extends Banner {
    /** A banner of that. */
    public ClosedBanner(Composite parent) {
        super(parent, Messages.banner_read, () -> Mailscope.get().lesson().read());
        var lesson = Mailscope.get().lesson();
        Runnable listener = () -> say(lesson.notice());
        lesson.addListener(listener);
        addListener(SWT.Dispose, event -> lesson.removeListener(listener));
        listener.run();
    }
}
