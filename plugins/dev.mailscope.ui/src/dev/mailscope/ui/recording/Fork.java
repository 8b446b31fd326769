package dev.mailscope.ui.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;

/** A second server, on free ports, that begins as the server or a recording was at some moment. */
final class Fork implements AutoCloseable {
    /** Opens the accounts whose password is not known here, because they come from a recording. */
    static final String PASSWORD = "secret";

    private final String name;
    private final MailServer server;
    private final TraceFeed feed;
    private final Source source;

    private Fork(String name, MailServer server, List<AccountConfig> accounts) {
        this.name = name;
        this.server = server;
        this.feed = new TraceFeed(server::trace);
        this.source = Source.forked(name, server, List.copyOf(accounts), feed);
    }

    /**
     * Forks and starts. Not for the UI thread. IOException says what went wrong.
     *
     * @param known the accounts whose passwords are known
     */
    static Fork start(ServerState state, List<AccountConfig> known, String name, String origin) throws IOException {
        var accounts = new ArrayList<AccountConfig>();
        for (var user : state.accounts().keySet()) {
            accounts.add(known.stream().filter(account -> account.user().equals(user)).findFirst()
                    .orElseGet(() -> new AccountConfig(user, PASSWORD)));
        }
        var server = MailServer.fork(ServerConfig.sample().withPorts(0, 0).withAccounts(accounts), state, origin);
        try {
            server.start();
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new Fork(name, server, accounts);
    }

    /** What it is called. */
    String name() {
        return name;
    }

    /** What it does. */
    Source source() {
        return source;
    }

    /** What comes out of its recording. */
    TraceFeed feed() {
        return feed;
    }

    /** Where it listens, in words. */
    String ports() {
        return server.endpoints().stream().map(e -> NLS.bind(Messages.fork_port, e.protocol().toUpperCase(Locale.ROOT),
                e.address().getHostString() + ":" + e.address().getPort())).collect(Collectors.joining(", "));
    }

    /** Ends it in the background. */
    @Override
    public void close() {
        feed.close();
        Job.createSystem(Messages.fork_closing, (ICoreRunnable) monitor -> server.close()).schedule();
    }
}
