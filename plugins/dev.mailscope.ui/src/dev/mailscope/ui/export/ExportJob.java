package dev.mailscope.ui.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Ticks;

/** Writes an export in the background, with its progress, and can be cancelled. */
final class ExportJob extends Job {
    private final Format format;
    private final Selection selection;
    private final Path file;

    ExportJob(Format format, Selection selection, Path file) {
        super(NLS.bind(Messages.job_exporting, file.getFileName()));
        this.format = format;
        this.selection = selection;
        this.file = file;
        setUser(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            Export.write(format, selection, file, new Ticks(monitor, getName()));
            return Status.OK_STATUS;
        } catch (CancellationException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException e) {
            return new Status(IStatus.ERROR, Mailscope.ID, NLS.bind(Messages.job_failed, file, e.getMessage()), e);
        } finally {
            monitor.done();
        }
    }
}
