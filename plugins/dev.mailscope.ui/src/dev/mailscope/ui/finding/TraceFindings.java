package dev.mailscope.ui.finding;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.finding.Finding;
import dev.mailscope.server.finding.Findings;
import dev.mailscope.server.trace.Recording;

/** What is found in a recording, for all who show it; looked for in the background. Used on the UI thread. */
public final class TraceFindings {
    private static final Map<Recording, TraceFindings> ALL = new WeakHashMap<>();

    private final WeakReference<Recording> recording;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<Long, List<Finding>> byEvent = new HashMap<>();
    private final List<Finding> all = new ArrayList<>();
    private final Job job = new Search();

    private TraceFindings(Recording recording) {
        this.recording = new WeakReference<>(recording);
        job.setSystem(true);
        job.setPriority(Job.DECORATE);
    }

    /** The findings of that recording. */
    public static TraceFindings of(Recording recording) {
        return ALL.computeIfAbsent(recording, TraceFindings::new);
    }

    /** There may be new events: they are looked at soon. */
    public void extend() {
        job.schedule();
    }

    /** All findings so far, in the order of their events. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** How many there are so far. */
    public int count() {
        return all.size();
    }

    /** A finding by its place. */
    public Finding get(int index) {
        return all.get(index);
    }

    /** What is found at that event. */
    public List<Finding> at(long event) {
        return byEvent.getOrDefault(event, List.of());
    }

    /** Is told on the UI thread when there are more. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Is told no more. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void found(List<Finding> more) {
        all.addAll(more);
        more.forEach(finding -> byEvent.computeIfAbsent(finding.event(), e -> new ArrayList<>()).add(finding));
        listeners.forEach(Runnable::run);
    }

    private final class Search extends Job {
        private final Findings findings = new Findings();
        private final Display display = Display.getCurrent();

        Search() {
            super(Messages.job_findings);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            var from = recording.get();
            var more = from == null ? List.<Finding>of() : findings.takeNew(from, monitor::isCanceled);
            if (!more.isEmpty() && !display.isDisposed()) {
                display.asyncExec(() -> found(more));
            }
            return Status.OK_STATUS;
        }
    }
}
