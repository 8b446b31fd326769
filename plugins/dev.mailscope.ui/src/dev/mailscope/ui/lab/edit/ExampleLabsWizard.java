package dev.mailscope.ui.lab.edit;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.actions.WorkspaceModifyOperation;
import org.eclipse.ui.wizards.newresource.BasicNewResourceWizard;

import dev.mailscope.ui.lab.ShippedLabs;

/** Makes a project with a copy of every lab that comes with Mailscope, to read and to change. */
public final class ExampleLabsWizard extends Wizard implements INewWizard {
    private final Page page = new Page();
    private IWorkbench workbench;

    @Override
    public void init(IWorkbench bench, IStructuredSelection selected) {
        workbench = bench;
        setWindowTitle(Messages.example_title);
        setNeedsProgressMonitor(true);
        addPage(page);
    }

    @Override
    public boolean performFinish() {
        var name = page.name.getText().strip();
        try {
            getContainer().run(true, true, new WorkspaceModifyOperation() {
                @Override
                protected void execute(IProgressMonitor monitor) throws CoreException, InvocationTargetException {
                    var labs = ShippedLabs.all();
                    var progress = SubMonitor.convert(monitor, Messages.example_title, labs.size());
                    try {
                        for (var lab : labs) {
                            NewLabWizard.make(name, lab.name(), lab, progress.split(1));
                        }
                    } catch (IOException e) {
                        throw new InvocationTargetException(e);
                    }
                }
            });
            BasicNewResourceWizard.selectAndReveal(ResourcesPlugin.getWorkspace().getRoot().getProject(name),
                    workbench.getActiveWorkbenchWindow());
            return true;
        } catch (InvocationTargetException e) {
            MessageDialog.openError(getShell(), Messages.example_title, e.getCause().getMessage());
            return false;
        } catch (InterruptedException e) {
            return false; // the user has cancelled it
        }
    }

    /** Asks for the project's name. */
    private static final class Page extends WizardPage {
        private Text name;

        Page() {
            super("labs", Messages.example_title, null);
            setDescription(Messages.example_text);
        }

        @Override
        public void createControl(Composite parent) {
            var page = new Composite(parent, SWT.NONE);
            GridLayoutFactory.swtDefaults().numColumns(2).applyTo(page);
            new Label(page, SWT.NONE).setText(Messages.wizard_project);
            name = new Text(page, SWT.SINGLE | SWT.BORDER);
            name.setText(Messages.example_project);
            GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
            name.addModifyListener(event -> check());
            setControl(page);
            check();
        }

        private void check() {
            var workspace = ResourcesPlugin.getWorkspace();
            var wrong = workspace.validateName(name.getText().strip(), IResource.PROJECT);
            var there = wrong.isOK() && workspace.getRoot().getProject(name.getText().strip()).exists();
            setErrorMessage(!wrong.isOK() ? wrong.getMessage()
                    : there ? NLS.bind(Messages.example_exists, name.getText().strip()) : null);
            setPageComplete(getErrorMessage() == null);
        }
    }
}
