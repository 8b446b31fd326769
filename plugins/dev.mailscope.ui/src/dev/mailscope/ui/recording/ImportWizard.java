package dev.mailscope.ui.recording;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.IWorkbench;

/** Brings a recording, a capture or a transcript into the recordings of the workspace. */
public final class ImportWizard extends Wizard implements IImportWizard {
    private Path selected;
    private ImportPage page;

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        setWindowTitle(Messages.import_title);
        var file = Adapters.adapt(selection.getFirstElement(), IFile.class);
        selected = file == null || file.getLocation() == null ? null : file.getLocation().toPath();
    }

    @Override
    public void addPages() {
        page = new ImportPage(selected);
        addPage(page);
    }

    @Override
    public boolean performFinish() {
        new ImportJob(List.of(page.file()), page.opens(), () -> { }).schedule();
        return true;
    }
}
