package dev.mailscope.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.Endpoint;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.capture.CaptureImport;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;

/** A recording that the views can look at: the live one of the workbench's server, a fork's, or one that was opened. */
public final class Source {
    private final boolean server;
    private final String name;
    private final Supplier<Recording> recording;
    private final Supplier<Moment> newest;
    private final TraceFeed feed;
    private final Supplier<List<Endpoint>> endpoints;
    private final Supplier<List<AccountConfig>> accounts;
    private final boolean inferred;

    private Source(boolean server, String name, Supplier<Recording> recording, Supplier<Moment> newest, TraceFeed feed,
            Supplier<List<Endpoint>> endpoints, Supplier<List<AccountConfig>> accounts, boolean inferred) {
        this.server = server;
        this.name = name;
        this.recording = recording;
        this.newest = newest;
        this.feed = feed;
        this.endpoints = endpoints;
        this.accounts = accounts;
        this.inferred = inferred;
    }

    /** What the workbench's server does now. */
    static Source server(WorkbenchServer server, TraceFeed feed) {
        return new Source(true, "", server::recording, () -> {
            var latest = feed.latest();
            return latest == null ? Moment.START : latest.moment();
        }, feed, () -> server.situation().endpoints(), server::accounts, false);
    }

    /** A recording that has ended, by the name of its file. */
    public static Source opened(String name, Recording recording) {
        return new Source(false, name, () -> recording, recording::live, null, List::of, List::of,
                CaptureImport.isImported(recording));
    }

    /** What a forked server with these accounts does, by its name. */
    public static Source forked(String name, MailServer server, List<AccountConfig> accounts, TraceFeed feed) {
        var recording = server.trace();
        return new Source(false, name, () -> recording,
                () -> feed.latest() == null ? recording.live() : feed.latest().moment(), feed,
                server::endpoints, () -> accounts, false);
    }

    /** The name of the recording's file, or of the fork; empty for the workbench's server. */
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

    /** What comes out of its recording; null when that was opened. */
    public TraceFeed feed() {
        return feed;
    }

    /** Where clients of that protocol, as {@link Endpoint} names it, connect to; empty when they cannot. */
    public Optional<Endpoint> endpoint(String protocol) {
        return endpoints().stream().filter(e -> e.protocol().equals(protocol)).findFirst();
    }

    /** Where clients connect to; empty when they cannot. */
    public List<Endpoint> endpoints() {
        return endpoints.get();
    }

    /** The accounts that are known, and what opens them; of an opened recording none. */
    public List<AccountConfig> accounts() {
        return accounts.get();
    }

    /** True when it was imported: what it says of phases and mail is inferred. */
    boolean isInferred() {
        return inferred;
    }

    /** True while its events go on, and so does the server that makes them. */
    public boolean isGrowing() {
        return feed != null && !feed.isClosed();
    }

    /** True for the workbench's server. */
    public boolean isServer() {
        return server;
    }
}
