package dev.mailscope.ui;

import java.util.function.Supplier;

import dev.mailscope.server.capture.CaptureImport;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;

/** A recording that the views can look at: the live one of the workbench's server, or one that was opened. */
public final class Source {
    private final String name;
    private final Supplier<Recording> recording;
    private final Supplier<Moment> newest;
    private final boolean server;
    private final boolean growing;
    private final boolean inferred;

    private Source(String name, Supplier<Recording> recording, Supplier<Moment> newest, boolean server,
            boolean growing, boolean inferred) {
        this.name = name;
        this.recording = recording;
        this.newest = newest;
        this.server = server;
        this.growing = growing;
        this.inferred = inferred;
    }

    /** What the workbench's server does now. */
    static Source server(WorkbenchServer server, TraceFeed feed) {
        return new Source("", server::recording, () -> {
            var latest = feed.latest();
            return latest == null ? Moment.START : latest.moment();
        }, true, true, false);
    }

    /** A recording that has ended, by the name of its file. */
    public static Source opened(String name, Recording recording) {
        return new Source(name, () -> recording, recording::live, false, false, CaptureImport.isImported(recording));
    }

    /** A recording that goes on, by the name of what makes it. */
    public static Source growing(String name, Recording recording, TraceFeed feed) {
        return new Source(name, () -> recording, () -> feed.latest() == null ? recording.live()
                : feed.latest().moment(),
                false, true, false);
    }

    /** The name of the recording's file; empty for the workbench's server. */
    public String name() {
        return name;
    }

    /** The recording; null before the server is made. */
    public Recording recording() {
        return recording.get();
    }

    /** The newest moment that has come to the screen. */
    public Moment newest() {
        return newest.get();
    }

    /** True when it was imported: what it says of phases and mail is inferred. */
    boolean isInferred() {
        return inferred;
    }

    /** True while its events go on. */
    public boolean isGrowing() {
        return growing;
    }

    /** True for the workbench's server. */
    public boolean isServer() {
        return server;
    }
}
