package dev.mailscope.ui.server;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;

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
    private final Batches<String, Content, String> reading;

    /** Summaries; {@code arrived} is told of the ids of contents whose summaries were missing and are there now. */
    Summaries(Consumer<Set<String>> arrived) {
        reading = new Batches<>(Messages.job_summaries, Summaries::summary, done -> {
            known.putAll(done);
            arrived.accept(done.keySet());
        });
    }

    /** Sender and subject of that message; empty while they are being worked out. */
    String of(Content content) {
        var summary = known.get(content.id());
        if (summary == null) {
            reading.want(content.id(), content);
        }
        return summary == null ? "" : summary;
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
