package dev.mailscope.ui.server;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Summary;
import dev.mailscope.ui.Mailscope;

/** Who wrote each message and about what, worked out in the background once per content. Used on the UI thread. */
final class Summaries {
    private static final int CACHED = 5_000;

    private final Map<String, String> known = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > CACHED;
        }
    };
    private final Set<Content> wanted = new HashSet<>();
    private final Display display = Display.getCurrent();
    private final Consumer<Set<String>> arrived;
    private boolean working;

    /** Summaries; {@code arrived} is told of the ids of contents whose summaries were missing and are there now. */
    Summaries(Consumer<Set<String>> arrived) {
        this.arrived = arrived;
    }

    /** Sender and subject of that message; empty while they are being worked out. */
    String of(Content content) {
        var summary = known.get(content.id());
        if (summary == null) {
            if (wanted.isEmpty() && !working) {
                display.asyncExec(this::work);
            }
            wanted.add(content);
        }
        return summary == null ? "" : summary;
    }

    private void work() {
        var contents = List.copyOf(wanted);
        wanted.clear();
        if (contents.isEmpty()) {
            return;
        }
        working = true;
        Job.createSystem(Messages.job_summaries, (ICoreRunnable) monitor -> {
            var done = new LinkedHashMap<String, String>();
            contents.forEach(content -> done.put(content.id(), summary(content)));
            if (!display.isDisposed()) {
                display.asyncExec(() -> take(done));
            }
        }).schedule();
    }

    private void take(Map<String, String> done) {
        working = false;
        known.putAll(done);
        arrived.accept(done.keySet());
        if (!wanted.isEmpty()) {
            work();
        }
    }

    private static String summary(Content content) {
        try {
            var summary = Summary.of(content);
            var subject = summary.subject().isEmpty() ? Messages.tree_noSubject : summary.subject();
            return summary.sender().isEmpty() ? subject
                    : NLS.bind(Messages.tree_message, summary.sender(), subject);
        } catch (UncheckedIOException e) {
            return Messages.tree_unreadable; // the recording has lost this mail; what else is known of it is shown
        } catch (RuntimeException e) {
            // The other summaries must not wait for this one.
            Mailscope.log(Messages.tree_unreadable, e);
            return Messages.tree_unreadable;
        }
    }
}
