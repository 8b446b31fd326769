package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.MultiStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.imports.FileKind;
import dev.mailscope.server.imports.Import;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.transcript.Outcome;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Ticks;
import dev.mailscope.ui.Turns;

/**
 * Brings files into the recordings of the workspace: recordings as they are, and what is made of captures and
 * transcripts. In the background, with its progress; can be cancelled. What cannot be imported does not keep the others
 * back, and what differs from what a transcript expects is shown.
 */
final class ImportJob extends Job {
    private static final int BLOCK = 1 << 20;
    private static final int SHOWN = 20;
    // One after the other, so that no two find the same name free.
    private static final Turns TURNS = new Turns();

    private final List<Path> files;
    private final Runnable changed;
    private final boolean opens;

    /**
     * The job for these files.
     *
     * @param opens   true when each is to be opened in an editor
     * @param changed is called, on any thread, when there are other recordings than before
     */
    ImportJob(List<Path> files, boolean opens, Runnable changed) {
        super(files.size() == 1 ? NLS.bind(Messages.recordings_importing, files.getFirst().getFileName())
                : NLS.bind(Messages.import_several, Integer.toString(files.size())));
        this.files = files;
        this.opens = opens;
        this.changed = changed;
        setUser(true);
        setRule(TURNS);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        var all = SubMonitor.convert(monitor, getName(), files.size());
        var failures = new ArrayList<IStatus>();
        try {
            for (var file : files) {
                try {
                    var folder = Mailscope.get().server().recordingsFolder();
                    PrivateFiles.folder(folder);
                    var made = free(folder, file);
                    var outcome = bring(file, made, new Ticks(all.split(1), ""));
                    changed.run();
                    if (opens) {
                        open(made);
                    }
                    if (!outcome.isAsExpected()) {
                        show(file, outcome);
                    }
                } catch (IOException e) {
                    failures.add(error(NLS.bind(Messages.import_failed, file.getFileName(), e.getMessage()), e));
                }
            }
        } catch (CancellationException e) { // that of the monitor, OperationCanceledException, is the platform's
            return Status.CANCEL_STATUS;
        } finally {
            monitor.done();
        }
        return failures.isEmpty() ? Status.OK_STATUS : failures.size() == 1 ? failures.getFirst()
                : new MultiStatus(Mailscope.ID, IStatus.ERROR, failures.toArray(IStatus[]::new),
                        NLS.bind(Messages.import_failedSeveral, Integer.toString(failures.size())), null);
    }

    private static Outcome bring(Path file, Path made, Progress progress) throws IOException {
        if (FileKind.of(file) != FileKind.RECORDING) {
            return Import.make(file, made, progress);
        }
        OpenRecordings.acquire(file); // one that cannot be opened is refused
        OpenRecordings.release(file);
        copy(file, made, progress);
        return Outcome.NOTHING_EXPECTED;
    }

    private static void copy(Path file, Path made, Progress progress) throws IOException {
        var size = Files.size(file);
        PrivateFiles.write(made, out -> {
            try (var in = Files.newInputStream(file)) {
                var done = 0L;
                for (var block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                    out.write(block);
                    done += block.length;
                    if (!progress.goOn(done, Math.max(done, size))) {
                        throw new CancellationException();
                    }
                }
            }
        });
    }

    /**
     * A name that no recording has yet. Imported ones stay until they are deleted, so none gets a name that the
     * workbench itself gives.
     */
    private static Path free(Path folder, Path imported) {
        var name = imported.getFileName().toString();
        var plain = name;
        for (var kind : FileKind.values()) {
            for (var ending : kind.endings()) {
                plain = plain == name && name.endsWith(ending) ? name.substring(0, name.length() - ending.length())
                        : plain;
            }
        }
        var base = plain.matches("\\d{4}-\\d\\d-\\d\\d-\\d{6}") ? plain + " " + Messages.recordings_imported : plain;
        var file = folder.resolve(base + RecordingList.ENDING);
        for (var number = 2; Files.exists(file); number++) {
            file = folder.resolve(base + " (" + number + ")" + RecordingList.ENDING);
        }
        return file;
    }

    private static void open(Path made) {
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
            var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
            if (window != null && window.getActivePage() != null) {
                RecordingEditor.open(window.getActivePage(), made);
            }
        });
    }

    private static void show(Path file, Outcome outcome) {
        var lines = new ArrayList<IStatus>();
        outcome.first().stream().limit(SHOWN).forEach(difference -> lines.add(warning(difference.toString())));
        if (outcome.differences() > lines.size()) {
            lines.add(warning(NLS.bind(Messages.import_more, Long.toString(outcome.differences() - lines.size()))));
        }
        var status = new MultiStatus(Mailscope.ID, IStatus.WARNING, lines.toArray(IStatus[]::new), outcome.summary(),
                null);
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
            var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
            ErrorDialog.openError(window == null ? null : window.getShell(), Messages.import_differs,
                    NLS.bind(Messages.import_differsMessage, file.getFileName()), status);
        });
    }

    private static IStatus warning(String words) {
        return new Status(IStatus.WARNING, Mailscope.ID, words);
    }

    private static IStatus error(String words, Exception cause) {
        return new Status(IStatus.ERROR, Mailscope.ID, words, cause);
    }
}
