package dev.mailscope.ui.lab.edit;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/** Opens the lab that is edited, or the chosen file, in the Lab view; anew when its text is another one. */
public final class RunLabHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        var lab = lab(event);
        if (lab != null) {
            try {
                page.showView(Mailscope.LAB_VIEW);
                Mailscope.get().labs().tryOut(lab);
            } catch (PartInitException e) {
                throw new ExecutionException(e.getMessage(), e);
            }
        }
        return null;
    }

    private static Path lab(ExecutionEvent event) {
        if (HandlerUtil.getActivePart(event) instanceof LabEditor editor) {
            return saved(event, editor);
        }
        if (HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection selection
                && Adapters.adapt(selection.getFirstElement(), IFile.class) instanceof IFile file
                && file.getLocation() != null) {
            return file.getLocation().toPath();
        }
        return HandlerUtil.getActiveEditor(event) instanceof LabEditor editor ? saved(event, editor) : null;
    }

    private static Path saved(ExecutionEvent event, LabEditor editor) {
        var page = HandlerUtil.getActiveWorkbenchWindow(event).getActivePage();
        return page.saveEditor(editor, false) ? editor.path() : null;
    }
}
