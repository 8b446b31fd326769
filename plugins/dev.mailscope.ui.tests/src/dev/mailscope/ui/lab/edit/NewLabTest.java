package dev.mailscope.ui.lab.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.lab.LabPictures;
import dev.mailscope.ui.lab.ShippedLabs;

/** How a teacher comes to a lab of his own. */
class NewLabTest {
    private static final String PROJECT = "New Labs";

    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @AfterEach
    void delete() throws CoreException {
        Robot.ui(() -> {
            Robot.page().closeAllEditors(false);
            Robot.page().setEditorAreaVisible(false);
        });
        ResourcesPlugin.getWorkspace().getRoot().getProject(PROJECT).delete(true, true, null);
    }

    @Test
    void theWizardMakesALabThatIsRightAndOpensIt() throws Exception {
        Robot.display().asyncExec(() -> {
            var wizard = new NewLabWizard();
            wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
            new WizardDialog(Robot.window().getShell(), wizard).open();
        });
        var shell = Robot.dialog("New Lab");
        Robot.ui(() -> Robot.all(shell, Text.class).stream().filter(text -> text.getText().equals("Mail Labs"))
                .findFirst().orElseThrow().setText(PROJECT));
        LabPictures.picture("lab-wizard");
        Robot.display().asyncExec(() -> Robot.all(shell, Button.class).stream()
                .filter(button -> button.getText().equals("&Finish")).findFirst().orElseThrow()
                .notifyListeners(SWT.Selection, new Event()));
        Robot.until("it is open in the editor", () -> Robot.page().getActiveEditor() instanceof LabEditor editor
                && editor.parsed() != null);
        var editor = (LabEditor) Robot.ask(() -> Robot.page().getActiveEditor());
        assertEquals(List.of(), editor.parsed().problems());
        assertTrue(ResourcesPlugin.getWorkspace().getRoot().getProject(PROJECT).getFile("my-lab/lab.md").exists());
    }

    /** File > New > Example..., to the lab that runs. */
    @Test
    void theExampleProjectHasEveryLabReadyToRun() throws Exception {
        Robot.display().asyncExec(() -> {
            try {
                Robot.window().getService(IHandlerService.class).executeCommand(
                        deserialized("org.eclipse.ui.newWizard(newWizardId=dev.mailscope.ui.lab.examples)"), null);
            } catch (CommandException e) {
                throw new IllegalStateException(e);
            }
        });
        var shell = Robot.dialog("Labs That Come with Mailscope");
        Robot.ui(() -> Robot.all(shell, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow()
                .setText(PROJECT));
        LabPictures.picture("lab-example");
        Robot.display().asyncExec(() -> Robot.all(shell, Button.class).stream()
                .filter(button -> button.getText().equals("&Finish")).findFirst().orElseThrow()
                .notifyListeners(SWT.Selection, new Event()));
        Robot.until("it is done", shell::isDisposed);
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject(PROJECT);
        var names = ShippedLabs.all().stream().map(ShippedLabs.Shipped::name).toList();
        for (var name : names) {
            var file = project.getFile(name + "/lab.md");
            assertEquals(List.of(), LabParser.read(file.getLocation().toPath()).problems(), name);
            assertEquals(0, file.findMarkers(LabProblems.MARKER, true, 0).length, name);
        }
        var lab = project.getFile("pop3-phases/lab.md");
        Robot.ui(() -> {
            try {
                Robot.page().setEditorAreaVisible(true);
                IDE.openEditor(Robot.page(), lab);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
        Robot.until("it opens in the editor of labs", () -> Robot.page().getActiveEditor() instanceof LabEditor editor
                && editor.parsed() != null);
        LabPictures.picture("lab-example-open");
        Robot.command("dev.mailscope.ui.lab.run");
        var labs = Mailscope.get().labs();
        Robot.until("it runs", () -> labs.run().isPresent() && !labs.isBusy());
        assertEquals("The four phases of POP3", labs.run().orElseThrow().lab().title());
        Robot.ui(labs::leaveLab);
        Robot.until("it is closed", () -> labs.run().isEmpty() && !labs.isBusy());
    }

    @Test
    void everyShippedLabCanBeCopied() throws Exception {
        for (var lab : ShippedLabs.all()) {
            var made = NewLabWizard.make(PROJECT, lab.name(), lab, new NullProgressMonitor());
            assertEquals(List.of(), LabParser.read(made.getLocation().toPath()).problems(), lab.name());
        }
        var first = ShippedLabs.all().getFirst();
        assertThrows(CoreException.class,
                () -> NewLabWizard.make(PROJECT, first.name(), first, new NullProgressMonitor()),
                "what is there stays");
    }

    private static ParameterizedCommand deserialized(String written) {
        try {
            return PlatformUI.getWorkbench().getService(ICommandService.class).deserialize(written);
        } catch (CommandException e) {
            throw new IllegalStateException(written + ": " + e.getMessage(), e);
        }
    }
}
