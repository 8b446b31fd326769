package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingCopy;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Ticks;

/** Saves a recording as another file, in the background, with its progress; can be cancelled. */
final class SaveAsJob extends Job {
    /** Where the recording comes from, when the job begins. */
    interface From {
        Recording open() throws IOException;
    }

    private final From from;
    private final Runnable release;
    private final Path file;

    /** The release is called when the recording is no longer used, if it could be opened. */
    SaveAsJob(From from, Runnable release, Path file) {
        super(NLS.bind(Messages.saveAs_job, file.getFileName()));
        this.from = from;
        this.release = release;
        this.file = file;
        setUser(true);
    }

    /** Asks for a file; null when the user does not want one. */
    static Path ask(Shell parent, String name) {
        var dialog = new FileDialog(parent, SWT.SAVE);
        dialog.setText(Messages.saveAs_title);
        dialog.setFilterExtensions(new String[] {"*.mailtrace", "*"});
        dialog.setFileName(name.endsWith(".mailtrace") ? name : name + ".mailtrace");
        dialog.setOverwrite(true);
        var chosen = dialog.open();
        return chosen == null ? null : Path.of(chosen);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        var ticks = new Ticks(monitor, getName());
        try {
            var recording = from.open();
            try {
                RecordingCopy.write(recording, file, ticks);
            } finally {
                release.run();
            }
            return Status.OK_STATUS;
        } catch (CancellationException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException e) {
            return new Status(IStatus.ERROR, Mailscope.ID, NLS.bind(Messages.saveAs_failed, file, e.getMessage()), e);
        } finally {
            monitor.done();
        }
    }
}
