package dev.mailscope.ui.diagram;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Source;

/**
 * The session that the conversation and the state diagram follow, in all windows: the one that was chosen for it, else
 * the one that all views have selected. Used on the UI thread.
 */
final class Followed {
    private static final Followed ONLY = new Followed();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Source source;
    private long session;

    private Followed() {
    }

    /** What is followed. */
    static Followed get() {
        return ONLY;
    }

    /** The session to be followed in what the focus looks at; 0 when none is chosen or selected. */
    long in(Focus focus) {
        return chosenIn(focus.source()) != 0 ? session : focus.session();
    }

    /** The session that was chosen in that source; 0 when whichever is selected is followed. */
    long chosenIn(Source place) {
        return place == source ? session : 0;
    }

    /** Follows that session of that source; 0 for whichever is selected. */
    void follow(Source place, long number) {
        source = place;
        session = number;
        listeners.forEach(Runnable::run);
    }

    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }
}
