package dev.mailscope.ui.classroom;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;

import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TraceFeed;

/** The window's status line says, whatever views are open, that the server is open to the network. */
public final class LessonStatus extends WorkbenchWindowControlContribution {
    @Override
    protected Control createControl(Composite parent) {
        var place = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 2).applyTo(place);
        var link = new Link(place, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).align(SWT.FILL, SWT.CENTER).applyTo(link);
        var lesson = Mailscope.get().lesson();
        link.addListener(SWT.Selection, event -> CloseHandler.ask(link.getShell()));
        Runnable listener = () -> {
            var text = lesson.opened().map(opened -> Counted.text(Messages.status_open,
                    String.join(", ", opened.handOut().hosts()),
                    LessonBanner.connected(opened.server().trace().live()),
                    opened.classroom().students().size())).orElse("");
            if (!text.equals(link.getText())) {
                link.setText(text);
                link.setToolTipText(LessonBanner.sentence(lesson));
                fit(place);
            }
        };
        TraceFeed.Listener feed = batch -> listener.run();
        lesson.addListener(listener);
        Mailscope.get().feed().addListener(feed);
        place.addListener(SWT.Dispose, event -> {
            lesson.removeListener(listener);
            Mailscope.get().feed().removeListener(feed);
        });
        listener.run();
        return place;
    }

    /** A tool bar gives a control the width it had in the beginning, unless it is told another. */
    private static void fit(Control content) {
        var control = content;
        while (control.getParent() != null && !(control.getParent() instanceof ToolBar)) {
            control = control.getParent();
        }
        if (control.getParent() instanceof ToolBar bar) {
            for (var item : bar.getItems()) {
                if (item.getControl() == control) {
                    item.setWidth(control.computeSize(SWT.DEFAULT, SWT.DEFAULT, true).x);
                }
            }
            bar.pack(true);
        }
        content.requestLayout();
    }
}
