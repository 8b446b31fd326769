package dev.mailscope.ui;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.core.runtime.preferences.IEclipsePreferences.IPreferenceChangeListener;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.expression.StopRuleCodec;
import dev.mailscope.server.expression.StopRules;
import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.hook.Held;

/**
 * Step mode, breakpoints and faults of the workbench's server, whatever the views show. Breakpoints and faults are kept
 * in the preferences. Used on the UI thread, where its listeners are called too; what the server's threads change comes
 * there some milliseconds later.
 */
public final class LiveDebugger {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final IPreferenceChangeListener preferenceListener = change -> {
        if (change.getKey().equals(Preferences.BREAKPOINTS)) {
            tell();
        }
    };
    private volatile Debugger debugger;
    private volatile Debugger.Listening listening;
    private volatile StopRules placed;
    private volatile List<StopRule> rules;
    private volatile String problem = "";
    private volatile String text;

    /** The server is made, and about to listen, or another one stands in its place. Called on any thread. */
    void attach(MailServer server) {
        if (listening != null) {
            listening.close();
            placed.set(List.of());
        }
        placed = new StopRules(server.debugger(), server.trace());
        takePreferences();
        placed.set(rules);
        debugger = server.debugger();
        listening = debugger.listen(this::tell);
        tell();
    }

    /** Looks at the preferences from now on. */
    void open() {
        Preferences.listen(preferenceListener);
    }

    /** Looks at the preferences no more. */
    void close() {
        Preferences.listenNoMore(preferenceListener);
    }

    /** What the server is held by; null before the server is made. */
    public Debugger debugger() {
        return debugger;
    }

    /** What is held now, the longest first. */
    public List<Held> held() {
        var made = debugger;
        return made == null ? List.of() : made.held();
    }

    /** What is held of that session. */
    public Optional<Held> held(long session) {
        return held().stream().filter(each -> each.session() == session).findFirst();
    }

    /** What is held of the session that all views have selected; else what has been held the longest. */
    public Optional<Held> chosen() {
        var held = held();
        var focus = Mailscope.get().focus();
        var session = focus.source().isServer() ? focus.session() : 0;
        return held.stream().filter(each -> each.session() == session).findFirst()
                .or(() -> held.stream().findFirst());
    }

    /** The breakpoints and faults in their order, each as it is by now. */
    public List<StopRules.Standing> rules() {
        takePreferences();
        var now = placed;
        return now != null ? now.standings() : rules.stream().map(rule -> new StopRules.Standing(rule, "")).toList();
    }

    /** Uses these breakpoints and faults from now on, and keeps them. */
    public void setRules(List<StopRule> wanted) {
        takePreferences();
        var now = placed;
        if (now != null) {
            now.set(wanted);
        }
        keep(wanted);
        tell();
    }

    /** Why the breakpoints in the preferences are not used, in words; empty when they are. */
    public String problem() {
        return problem;
    }

    /** Calls the listener whenever something is held, goes on or is set differently. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Calls the listener no more. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Takes what the preferences say, when it is something else than what was read or written last. */
    private void takePreferences() {
        lock.lock();
        try {
            read(Preferences.breakpoints());
        } finally {
            lock.unlock();
        }
    }

    private void read(String now) {
        if (now.equals(text)) {
            return;
        }
        text = now;
        try {
            rules = StopRuleCodec.read(now);
            problem = "";
        } catch (IllegalArgumentException e) {
            rules = rules == null ? List.of() : rules;
            problem = NLS.bind(Messages.breakpoints_unreadable, e.getMessage());
        }
        if (placed != null) {
            placed.set(rules);
        }
    }

    private void keep(List<StopRule> wanted) {
        lock.lock();
        try {
            if (!problem.isEmpty()) {
                Preferences.keepUnreadableBreakpoints(text);
                problem = "";
            }
            rules = List.copyOf(wanted);
            text = StopRuleCodec.write(rules);
        } finally {
            lock.unlock();
        }
        Preferences.setBreakpoints(text);
    }

    /** What was for one piece and has come, or has failed, is not used after the next start either. */
    private void keepWhatIsDone() {
        takePreferences();
        var now = placed == null ? rules : placed.standings().stream().map(StopRules.Standing::rule).toList();
        if (problem.isEmpty() && !now.equals(rules)) {
            keep(now);
        }
    }

    private void tell() {
        var display = PlatformUI.isWorkbenchRunning() ? PlatformUI.getWorkbench().getDisplay() : null;
        if (display != null && !display.isDisposed() && telling.compareAndSet(false, true)) {
            tell(display);
        }
    }

    private void tell(Display display) {
        display.asyncExec(() -> {
            telling.set(false);
            keepWhatIsDone();
            listeners.forEach(Runnable::run);
        });
    }
}
