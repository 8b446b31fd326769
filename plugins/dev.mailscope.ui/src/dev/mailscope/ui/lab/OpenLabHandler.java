package dev.mailscope.ui.lab;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Opens a lab in the Lab view: one that comes with Mailscope, by its name, else a file the user chooses. */
public final class OpenLabHandler extends AbstractHandler {
    static final String COMMAND = "dev.mailscope.ui.lab.open";
    static final String NAME = "dev.mailscope.ui.lab.name";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        var name = event.getParameter(NAME);
        if (name != null) {
            var lab = ShippedLabs.all().stream().filter(each -> each.name().equals(name)).findFirst()
                    .orElseThrow(() -> new ExecutionException(Messages.menu_noLab + name));
            show(page);
            lab.open(Mailscope.get().labs());
            return null;
        }
        var dialog = new FileDialog(HandlerUtil.getActiveShellChecked(event), SWT.OPEN);
        dialog.setText(Messages.empty_open);
        dialog.setFilterExtensions(new String[] {"*.md", "*"});
        var chosen = dialog.open();
        if (chosen != null) {
            open(page, Path.of(chosen));
        }
        return null;
    }

    /** Shows the Lab view and opens that lab in it. */
    static void open(IWorkbenchPage page, Path lab) throws ExecutionException {
        show(page);
        Mailscope.get().labs().open(lab);
    }

    private static void show(IWorkbenchPage page) throws ExecutionException {
        try {
            page.showView(Mailscope.LAB_VIEW);
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
    }
}
