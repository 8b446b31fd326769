package dev.mailscope.ui.session;

import java.util.EnumMap;
import java.util.Map;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

import dev.mailscope.ui.Mailscope;

/** The history of each protocol, shared by all its sessions and kept over a restart. Used on the UI thread. */
final class Histories {
    /** The preference node under the bundle's in which they are kept, one value for each protocol. */
    static final String NODE = Mailscope.ID + "/session.history";
    private static final long SAVE_AFTER_MILLIS = 1_000;

    private final Map<Protocol, History> histories = new EnumMap<>(Protocol.class);
    private final Job save = Job.createSystem(Messages.Histories_saving, (ICoreRunnable) monitor -> flush());

    /** As they were kept. */
    Histories() {
        for (var protocol : Protocol.values()) {
            var history = new History(protocol);
            history.read(node().get(protocol.traceName(), ""));
            histories.put(protocol, history);
        }
    }

    History of(Protocol protocol) {
        return histories.get(protocol);
    }

    /** Adds what may be kept of a line, and keeps it. */
    void add(Protocol protocol, CommandLine.Typed typed) {
        var history = of(protocol);
        history.add(typed);
        node().put(protocol.traceName(), history.toText());
        save.schedule(SAVE_AFTER_MILLIS);
    }

    private static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode(NODE);
    }

    private static void flush() {
        try {
            node().flush();
        } catch (BackingStoreException e) {
            Mailscope.log("The console's history could not be kept", e);
        }
    }
}
