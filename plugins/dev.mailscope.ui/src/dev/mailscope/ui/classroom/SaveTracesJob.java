package dev.mailscope.ui.classroom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;

import dev.mailscope.server.classroom.StudentTrace;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Mailscope;

/** Writes the traces of students, a recording each, in the background; can be cancelled. */
final class SaveTracesJob extends Job {
    /** Whose trace goes where. */
    record Part(String user, Path file) {
    }

    private static final int TICKS = 1_000;

    private final Lesson lesson;
    private final Lesson.Opened of;
    private final List<Part> parts;

    SaveTracesJob(Lesson lesson, Lesson.Opened of, List<Part> parts) {
        super(Messages.save_job);
        this.lesson = lesson;
        this.of = of;
        this.parts = parts;
        setRule(lesson.turns());
        setUser(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        var progress = SubMonitor.convert(monitor, TICKS * parts.size());
        try {
            // Its server's as long as that has it, else from the file.
            if (lesson.isRecording(of)) {
                write(of.server().trace(), progress);
            } else {
                try (var recording = of.reopened()) {
                    write(recording, progress);
                }
            }
            return Status.OK_STATUS;
        } catch (CancellationException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException e) {
            return new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e);
        }
    }

    private void write(Recording recording, SubMonitor progress) throws IOException {
        for (var part : parts) {
            var one = progress.split(TICKS);
            one.setTaskName(part.file().getFileName().toString());
            StudentTrace.write(recording, part.user(), part.file(), (done, all) -> {
                one.setWorkRemaining((int) (TICKS * (all - done) / Math.max(1, all)));
                return !progress.isCanceled();
            });
        }
    }
}
