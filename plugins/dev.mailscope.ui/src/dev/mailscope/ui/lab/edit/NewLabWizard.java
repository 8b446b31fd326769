package dev.mailscope.ui.lab.edit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Path;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.WorkspaceModifyOperation;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.wizards.newresource.BasicNewResourceWizard;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.lab.ShippedLabs;
import dev.mailscope.ui.lab.ShippedLabs.Shipped;

/** Makes a lab, empty or as a copy of one that comes with Mailscope, in a folder of a project, and opens it. */
public final class NewLabWizard extends Wizard implements INewWizard {
    private IWorkbench workbench;
    private IStructuredSelection selection;
    private NewLabPage page;

    @Override
    public void init(IWorkbench bench, IStructuredSelection selected) {
        workbench = bench;
        selection = selected;
        setWindowTitle(Messages.wizard_title);
        setNeedsProgressMonitor(true);
    }

    @Override
    public void addPages() {
        page = new NewLabPage(selection);
        addPage(page);
    }

    @Override
    public boolean performFinish() {
        var project = page.project();
        var name = page.folder();
        var example = page.example();
        var made = new IFile[1];
        try {
            getContainer().run(true, false, new WorkspaceModifyOperation() {
                @Override
                protected void execute(IProgressMonitor monitor) throws CoreException, InvocationTargetException {
                    try {
                        made[0] = make(project, name, example, monitor);
                    } catch (IOException e) {
                        throw new InvocationTargetException(e);
                    }
                }
            });
            var window = workbench.getActiveWorkbenchWindow();
            BasicNewResourceWizard.selectAndReveal(made[0], window);
            window.getActivePage().setEditorAreaVisible(true);
            IDE.openEditor(window.getActivePage(), made[0]);
            return true;
        } catch (InvocationTargetException e) {
            MessageDialog.openError(getShell(), Messages.wizard_title, e.getCause().getMessage());
            return false;
        } catch (PartInitException e) {
            Mailscope.log(e.getMessage(), e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Makes the lab, and the project when there is none of that name.
     *
     * @param example what is copied; null for a lab with one step
     */
    static IFile make(String project, String name, Shipped example, IProgressMonitor monitor)
            throws CoreException, IOException {
        var in = ResourcesPlugin.getWorkspace().getRoot().getProject(project);
        if (!in.exists()) {
            in.create(monitor);
        }
        if (!in.isOpen()) {
            in.open(monitor);
        }
        var folder = in.getFolder(name);
        folder.create(false, true, monitor);
        if (example == null) {
            write(folder, "lab.md", Messages.wizard_lab.getBytes(StandardCharsets.UTF_8), monitor);
        } else {
            var from = ShippedLabs.folder(example);
            try (var files = Files.walk(from)) {
                for (var file : files.toList()) {
                    var place = from.relativize(file).toString().replace('\\', '/');
                    if (Files.isRegularFile(file)) {
                        write(folder, place, Files.readAllBytes(file), monitor);
                    } else if (!place.isEmpty()) {
                        folder.getFolder(place).create(false, true, monitor);
                    }
                }
            }
        }
        return folder.getFile("lab.md");
    }

    private static void write(IContainer folder, String name, byte[] octets, IProgressMonitor monitor)
            throws CoreException {
        var file = folder.getFile(new Path(name));
        file.create(new ByteArrayInputStream(octets), IResource.NONE, monitor);
    }
}
