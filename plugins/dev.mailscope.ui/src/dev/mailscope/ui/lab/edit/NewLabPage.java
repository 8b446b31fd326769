package dev.mailscope.ui.lab.edit;

import java.util.List;

import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.ui.lab.ShippedLabs;
import dev.mailscope.ui.lab.ShippedLabs.Shipped;

/** Asks where a lab is to be made, and what it begins as. */
final class NewLabPage extends WizardPage {
    private final IStructuredSelection selection;
    private final List<Shipped> shipped = ShippedLabs.all();
    private Text project;
    private Text folder;
    private org.eclipse.swt.widgets.List examples;
    private String proposed = "";

    NewLabPage(IStructuredSelection selection) {
        super("lab", Messages.wizard_title, null);
        this.selection = selection;
        setDescription(Messages.wizard_text);
    }

    @Override
    public void createControl(Composite parent) {
        var page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(page);
        project = text(page, Messages.wizard_project, chosenProject());
        folder = text(page, Messages.wizard_folder, "");
        var label = new Label(page, SWT.NONE);
        label.setText(Messages.wizard_begins);
        GridDataFactory.swtDefaults().span(2, 1).applyTo(label);
        examples = new org.eclipse.swt.widgets.List(page, SWT.SINGLE | SWT.BORDER | SWT.V_SCROLL);
        examples.add(Messages.wizard_empty);
        shipped.forEach(lab -> examples.add(lab.title()));
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(360, 200).applyTo(examples);
        examples.addListener(SWT.Selection, event -> proposeFolder());
        examples.select(0);
        proposeFolder();
        setControl(page);
        check();
    }

    /** The project's name. */
    String project() {
        return project.getText().strip();
    }

    /** The folder's name. */
    String folder() {
        return folder.getText().strip();
    }

    /** What is copied; null for an empty lab. */
    Shipped example() {
        var index = examples.getSelectionIndex() - 1;
        return index < 0 ? null : shipped.get(index);
    }

    private Text text(Composite page, String label, String value) {
        new Label(page, SWT.NONE).setText(label);
        var text = new Text(page, SWT.SINGLE | SWT.BORDER);
        text.setText(value);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
        text.addModifyListener(event -> check());
        return text;
    }

    private String chosenProject() {
        var resource = selection == null ? null : Adapters.adapt(selection.getFirstElement(), IResource.class);
        return resource == null || resource.getProject() == null ? Messages.wizard_projectName
                : resource.getProject().getName();
    }

    private void proposeFolder() {
        if (folder.getText().equals(proposed)) {
            proposed = example() == null ? "my-lab" : example().name();
            folder.setText(proposed);
        }
    }

    private void check() {
        if (examples == null) {
            return;
        }
        var workspace = ResourcesPlugin.getWorkspace();
        var wrong = workspace.validateName(project(), IResource.PROJECT);
        if (wrong.isOK()) {
            wrong = workspace.validateName(folder(), IResource.FOLDER);
        }
        var there = wrong.isOK() && workspace.getRoot().getProject(project()).getFolder(folder()).exists();
        setErrorMessage(!wrong.isOK() ? wrong.getMessage()
                : there ? NLS.bind(Messages.wizard_exists, folder(), project()) : null);
        setPageComplete(getErrorMessage() == null);
    }
}
