package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.lab.grade.ResultFile;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.ui.Mailscope;

/** Writes what was done at a lab into a file for the teacher: the answers, the score, the recordings that prove it. */
final class LabResultExport extends Job {
    private static final String NAME = "lab.student";

    private final LabRun run;
    private final String student;
    private final Path file;
    private final Shell shell;

    LabResultExport(LabRun run, String student, Path file, Shell shell) {
        super(NLS.bind(Messages.export_job, file.getFileName()));
        this.run = run;
        this.student = student;
        this.file = file;
        this.shell = shell;
        setUser(true);
    }

    /** Asks for the student's name and a file, and writes it. */
    static void ask(Shell shell, LabRun run) {
        var node = InstanceScope.INSTANCE.getNode(Mailscope.ID);
        var name = new InputDialog(shell, Messages.export_title, Messages.export_name, node.get(NAME, ""),
                typed -> typed.isBlank() ? Messages.export_blank : null);
        if (name.open() != InputDialog.OK) {
            return;
        }
        var student = name.getValue().strip();
        node.put(NAME, student);
        var dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(Messages.export_title);
        dialog.setFilterExtensions(new String[] {"*" + ResultFile.ENDING, "*"});
        dialog.setFileName((student + " " + run.lab().title()).replaceAll("[^\\p{L}\\p{N} -]", "") + ResultFile.ENDING);
        dialog.setOverwrite(true);
        var chosen = dialog.open();
        if (chosen != null) {
            new LabResultExport(run, student, Path.of(chosen), shell).schedule();
        }
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            ResultFile.write(run, student, file);
            shell.getDisplay().asyncExec(() -> {
                if (!shell.isDisposed()) {
                    MessageDialog.openInformation(shell, Messages.export_title, NLS.bind(Messages.export_done, file));
                }
            });
            return Status.OK_STATUS;
        } catch (IOException e) {
            return new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e);
        }
    }
}
