package dev.mailscope.ui;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.plugin.AbstractUIPlugin;
import org.osgi.framework.BundleContext;

import dev.mailscope.ui.classroom.Lesson;
import dev.mailscope.ui.device.Devices;
import dev.mailscope.ui.filter.SavedRules;
import dev.mailscope.ui.lab.Labs;

/** The plug-in: what the three views share, from the bundle's start to its stop. */
public final class Mailscope extends AbstractUIPlugin {
    /** The bundle's symbolic name. */
    public static final String ID = "dev.mailscope.ui";
    /** The Mail Protocols perspective. */
    public static final String PERSPECTIVE = "dev.mailscope.ui.perspective";
    /** The Mail Server view. */
    public static final String SERVER_VIEW = "dev.mailscope.ui.server";
    /** The Session Console view. */
    public static final String SESSION_VIEW = "dev.mailscope.ui.session";
    /** The Trace view. */
    public static final String TRACE_VIEW = "dev.mailscope.ui.trace";
    /** The Notes view. */
    public static final String NOTES_VIEW = "dev.mailscope.ui.notes";
    /** The Recordings view. */
    public static final String RECORDINGS_VIEW = "dev.mailscope.ui.recordings";
    /** The editor that opens recordings, and what becomes one. */
    public static final String RECORDING_EDITOR = "dev.mailscope.ui.recording";
    /** The Step Mode view. */
    public static final String STEP_VIEW = "dev.mailscope.ui.step";
    /** The view of what clients do wrong. */
    public static final String FINDINGS_VIEW = "dev.mailscope.ui.findings";
    /** The Devices view. */
    public static final String DEVICES_VIEW = "dev.mailscope.ui.devices";
    /** The Lab view. */
    public static final String LAB_VIEW = "dev.mailscope.ui.lab";
    /** The Classroom view. */
    public static final String CLASSROOM_VIEW = "dev.mailscope.ui.classroom";
    /** The context in which the keys of the three views hold. */
    public static final String CONTEXT = "dev.mailscope.ui.context";
    /** The context in which the keys of a trace hold. */
    public static final String TRACE_CONTEXT = "dev.mailscope.ui.context.trace";

    private static volatile Mailscope instance;

    private final LiveDebugger debugger = new LiveDebugger();
    private final WorkbenchServer server = new WorkbenchServer(this, debugger::attach);
    private final TraceFeed feed = new TraceFeed(server::recording);
    private final Focus focus = new Focus(Source.server(server, feed));
    private final SavedRules rules = new SavedRules();
    private final Notebook notebook = new Notebook();
    private PreferenceFile preferences;
    private Devices devices;
    private Labs labs;
    private Lesson lesson;
    private Runnable endOfTheme = () -> {
        // without a workbench there is none
    };

    @Override
    public void start(BundleContext context) throws Exception {
        super.start(context);
        instance = this;
        preferences = new PreferenceFile(InstanceScope.INSTANCE.getNode(ID));
        devices = new Devices(getStateLocation().toPath().resolve("devices.json"), server);
        labs = new Labs(getStateLocation().toPath().resolve("labs"), server, devices);
        lesson = new Lesson(server);
        debugger.open();
        if (PlatformUI.isWorkbenchRunning()) {
            endOfTheme = Theme.watch(PlatformUI.getWorkbench().getDisplay());
        }
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        try {
            preferences.close();
            debugger.close();
            labs.close();
            lesson.close();
            devices.close();
            feed.close();
            server.close();
            endOfTheme.run();
        } finally {
            instance = null;
            super.stop(context);
        }
    }

    /** The running plug-in. */
    public static Mailscope get() {
        return instance;
    }

    /** The workbench's mail server. */
    public WorkbenchServer server() {
        return server;
    }

    /** Its step mode, breakpoints and faults. */
    public LiveDebugger debugger() {
        return debugger;
    }

    /** What comes out of its recording, at most ten times a second. */
    public TraceFeed feed() {
        return feed;
    }

    /** The moment, session and event that all views show. */
    public Focus focus() {
        return focus;
    }

    /** The filters and colouring rules that the user keeps. */
    public SavedRules rules() {
        return rules;
    }

    /** Where what is noted on events is changed. */
    public Notebook notebook() {
        return notebook;
    }

    /** The mail clients whose mail is on it. */
    public Devices devices() {
        return devices;
    }

    /** The lab that is open. */
    public Labs labs() {
        return labs;
    }

    /** The class that the server is open for. */
    public Lesson lesson() {
        return lesson;
    }

    /** Writes an error nobody else tells the user about into the workbench's log. */
    public static void log(String message, Throwable error) {
        var plugin = instance;
        if (plugin != null) {
            plugin.getLog().log(new Status(IStatus.ERROR, ID, message, error));
        }
    }
}
