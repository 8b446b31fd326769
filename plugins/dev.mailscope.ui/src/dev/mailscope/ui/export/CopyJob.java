package dev.mailscope.ui.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.export.Export;
import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Ticks;

/** Puts an export on the clipboard; it is made in the background and can be cancelled. */
final class CopyJob extends Job {
    private static final int MEBIBYTE = 1 << 20;
    /** The most octets that a clipboard is asked to hold. */
    private static final int MOST = 32 * MEBIBYTE;

    private final Format format;
    private final Selection selection;

    CopyJob(Format format, Selection selection) {
        super(NLS.bind(Messages.copy_job, format.label()));
        this.format = format;
        this.selection = selection;
        setUser(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        var out = new Limited();
        try {
            Export.write(format, selection, out, new Ticks(monitor, getName()));
            var text = out.text();
            Display.getDefault().asyncExec(() -> CopyAction.toClipboard(text));
            return Status.OK_STATUS;
        } catch (CancellationException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException e) {
            return new Status(IStatus.ERROR, Mailscope.ID, NLS.bind(Messages.copy_failed, e.getMessage()), e);
        } finally {
            monitor.done();
        }
    }

    /** Octets that are refused when they become too many. */
    private static final class Limited extends OutputStream {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (octets.size() + length > MOST) {
                throw new IOException(NLS.bind(Messages.copy_too_large, Integer.toString(MOST / MEBIBYTE)));
            }
            octets.write(from, offset, length);
        }

        String text() {
            return octets.toString(StandardCharsets.UTF_8);
        }
    }
}
