package dev.mailscope.ui;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.Endpoint;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.trace.RecordingLimits;

/**
 * The mail server of the workbench: made and started in the background when it is first asked for, ended with the
 * workbench. All it does with the server it does in Jobs, one after the other; its methods return at once and may be
 * called on any thread. Listeners are called on the UI thread. While it has a guest, a lab's server, all that is asked
 * about the server is about that one.
 */
public final class WorkbenchServer {
    /** What the server is doing. */
    public enum State {
        /** Nobody has asked for it yet. */
        NOT_YET,
        /** It is being made or started. */
        STARTING,
        /** It listens. */
        RUNNING,
        /** It is being stopped. */
        STOPPING,
        /** It does not listen; mail and recording are there. */
        STOPPED,
        /** It could not be made or started; the problem says why. */
        FAILED
    }

    /**
     * The server at a glance.
     *
     * @param state     what it is doing
     * @param endpoints where it listens, empty when it does not
     * @param problem   why it failed, in words; empty otherwise
     * @param portTaken true when it failed because another program has the port
     */
    public record Situation(State state, List<Endpoint> endpoints, String problem, boolean portTaken) {
        static Situation of(State state) {
            return new Situation(state, List.of(), "", false);
        }
    }

    /**
     * A server that somebody else starts and ends.
     *
     * @param name     what it belongs to
     * @param server   the server, which runs
     * @param accounts its accounts, and what opens them
     */
    public record Guest(String name, MailServer server, List<AccountConfig> accounts) {
        /** Keeps its own copy. */
        public Guest {
            accounts = List.copyOf(accounts);
        }
    }

    /** Work with the server that may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Turns oneAfterTheOther = new Turns();
    private final Mailscope plugin;
    private final Consumer<MailServer> onMade;
    private volatile Situation situation = Situation.of(State.NOT_YET);
    private volatile MailServer server;
    private volatile Guest guest;
    private final AtomicReference<Object> holder = new AtomicReference<>();
    private final TlsChoice tls;
    private boolean closed;

    /** A server that nobody has asked for yet; {@code onMade} gets it on a thread of its own before it listens. */
    WorkbenchServer(Mailscope plugin, Consumer<MailServer> onMade) {
        this.plugin = plugin;
        this.onMade = onMade;
        this.tls = new TlsChoice(plugin.getStateLocation().toPath().resolve("certificate.p12"));
    }

    /** What it is doing now. */
    public Situation situation() {
        var there = guest;
        return there == null ? situation
                : new Situation(State.RUNNING, List.copyOf(there.server().endpoints()), "", false);
    }

    /** The recording of all it does; null until the server is made. */
    public Recording recording() {
        var there = guest;
        return there == null ? ownRecording() : there.server().trace();
    }

    /** The recording of the workbench's own server, also while there is a guest; null until that server is made. */
    public Recording ownRecording() {
        var made = server;
        return made == null ? null : made.trace();
    }

    /** The server of somebody else that stands in its place; empty for none. */
    public Optional<Guest> guest() {
        return Optional.ofNullable(guest);
    }

    /**
     * Takes the place for a guest, which may not be made yet: until it is given back nobody else can have one there.
     *
     * @return false when somebody else has it
     */
    public boolean take(Object by) {
        return holder.compareAndSet(null, by) || holder.get() == by;
    }

    /** Gives the place for a guest back, if it was taken by that one. */
    public void giveBack(Object by) {
        holder.compareAndSet(by, null);
    }

    /** Lets that server stand in its place from now on; null for its own again. Called on the UI thread. */
    public void host(Guest other) {
        guest = other;
        if (other != null) {
            onMade.accept(other.server());
        } else if (server != null) {
            onMade.accept(server);
        }
        plugin.focus().restart();
        listeners.forEach(Runnable::run);
    }

    /** The accounts it was made with, and what opens them. */
    public List<AccountConfig> accounts() {
        var there = guest;
        if (there != null) {
            return there.accounts();
        }
        return ownAccounts();
    }

    /** The accounts of the workbench's own server, also while another one stands in its place. */
    public List<AccountConfig> ownAccounts() {
        var made = server;
        return made == null ? ServerConfig.sample().accounts() : made.config().accounts();
    }

    /** Where clients of that protocol, as {@link Endpoint} names it, connect to; empty when it has none for it. */
    public Optional<Endpoint> endpoint(String protocol) {
        return situation().endpoints().stream().filter(e -> e.protocol().equalsIgnoreCase(protocol)).findFirst();
    }

    /** Calls the listener on the UI thread whenever the situation is another. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Makes and starts the server if nobody has asked for it before. A view calls this when it opens. */
    public void open() {
        if (situation.state() == State.NOT_YET) {
            start();
        }
    }

    /** Starts listening on the ports of the preferences. */
    public void start() {
        schedule(Messages.server_starting, State.STARTING, () -> listen(Preferences.ports()));
    }

    /** Starts listening on the ports of the preferences, and on a free one in place of each that cannot be had. */
    public void startOnFreePorts() {
        schedule(Messages.server_starting, State.STARTING, () -> {
            var taken = new HashSet<Integer>();
            listen(Preferences.ports().with((protocol, port) ->
                    problem(protocol, port).isEmpty() && taken.add(port) ? port : 0));
        });
    }

    /** Ends all sessions and stops listening; mail and recording stay. */
    public void stop() {
        schedule(Messages.server_stopping, State.STOPPING, () -> {
            server.stop();
            now(Situation.of(State.STOPPED));
        });
    }

    /**
     * Listens on these ports and remembers them. A running server is started again, unless it has them already. When
     * one of them cannot be had everything stays as it is: running or not, and on which ports.
     *
     * @param answer is called on the UI thread with what is wrong, in words; with an empty text when it is done
     */
    public void changePorts(ServerPorts ports, Consumer<String> answer) {
        schedule(Messages.server_starting, null, () -> {
            var problem = problems(ports);
            if (problem.isEmpty()) {
                problem = move(ports);
            }
            if (problem.isEmpty()) {
                Preferences.setPorts(ports);
            }
            var found = problem;
            onDisplay(() -> answer.accept(found));
        });
    }

    /**
     * Finds out why these ports cannot be had; calls the answer on the UI thread, with an empty text when they can.
     */
    public void tryPorts(ServerPorts ports, Consumer<String> answer) {
        schedule(Messages.server_tryingPorts, null, () -> {
            var problem = problems(ports);
            onDisplay(() -> answer.accept(problem));
        });
    }

    /** True when the user's key store is wanted and nobody knows its password any more. */
    public boolean lacksPassword() {
        return tls.lacksPassword();
    }

    /**
     * Uses TLS in this way and remembers it. A running server is started again. When the key store cannot be read
     * everything stays as it is.
     *
     * @param required true when no client may send a password without TLS
     * @param keyStore the user's own certificate; null for the self-signed one
     * @param keep     true to keep the key store's password in the workbench's secure storage
     * @param answer   is called on the UI thread with what is wrong, in words; with an empty text when it is done
     */
    public void changeTls(boolean required, TlsConfig.KeyStoreFile keyStore, boolean keep, Consumer<String> answer) {
        schedule(Messages.server_starting, null, () -> {
            var problem = "";
            try {
                restartWith(tls.selfSigned().withRequired(required).withKeyStore(keyStore));
            } catch (BindException e) {
                // TLS is changed all the same; that a port is lost is for the view to say.
                now(new Situation(State.FAILED, List.of(), message(e), true));
            } catch (IOException e) {
                problem = message(e);
            }
            var found = problem.isEmpty() ? tls.remember(required, keyStore, keep) : problem;
            onDisplay(() -> answer.accept(found));
        });
    }

    /**
     * The certificate the server shows; it is made now if there is none. Calls one of both on the UI thread, the second
     * with what is wrong, in words.
     */
    public void certificate(Consumer<ServerCertificate> answer, Consumer<String> problem) {
        schedule(Messages.server_certificate, null, () -> {
            try {
                var found = made().certificate();
                onDisplay(() -> answer.accept(found));
            } catch (IOException e) {
                onDisplay(() -> problem.accept(message(e)));
            }
        });
    }

    /** True when it is that certificate which the server shows. */
    public boolean isCertificate(X509Certificate certificate) {
        var there = guest;
        var made = there == null ? server : there.server();
        try {
            return made != null && made.certificate().certificate().equals(certificate);
        } catch (IOException e) {
            Mailscope.log(Messages.server_certificate, e);
            return false;
        }
    }

    /** How the server is set up; as it would be made now, when nobody has asked for it yet. */
    public ServerConfig config() {
        var there = guest;
        var made = there == null ? server : there.server();
        return made == null ? config(tls.selfSigned()) : made.config();
    }

    /** The file the self-signed certificate is kept in. */
    public Path selfSignedFile() {
        return tls.selfSignedFile();
    }

    /** Opens an account in another way from now on, and remembers whether its password is kept, but no secret. */
    public void changeAccount(AccountConfig account) {
        schedule(Messages.server_changingAccount, null, () -> {
            made().changeAccount(account);
            Preferences.setSecretKept(account);
        });
    }

    /** All accounts and mail as in the beginning. */
    public void reset() {
        schedule(Messages.server_resetting, null, () -> server.reset());
    }

    /** Puts a message into a folder. */
    public void deliver(String account, String folder, byte[] message) {
        var there = guest;
        schedule(Messages.server_delivering, null,
                () -> (there == null ? server : there.server()).deliver(account, folder, message));
    }

    /** Records what a device is like; does nothing until the server is made. */
    public void record(What.Device device) {
        var made = server;
        if (made != null) {
            made.record(device);
        }
    }

    /** Ends the server and its recording; it is not started again. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (server != null) {
                server.close();
            }
            situation = Situation.of(State.STOPPED);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the server listen on these ports, unless it listens already. */
    private void listen(ServerPorts ports) throws IOException {
        made();
        if (!server.isRunning()) {
            server.changePorts(ports.imap(), ports.pop3());
            server.changeTlsPorts(ports.imaps(), ports.pop3s());
            server.changeSmtpPort(ports.smtp());
            server.start();
        }
        now(new Situation(State.RUNNING, List.copyOf(server.endpoints()), "", false));
    }

    /** The server; made, but not started, when nobody has asked for it before. */
    private MailServer made() throws IOException {
        if (server == null) {
            server = open(config(tls.chosen()));
        }
        return server;
    }

    private ServerConfig config(TlsConfig tls) {
        var sample = ServerConfig.sample().withTls(tls);
        return Preferences.ports().in(sample)
                .withAccountsOpened(sample.accounts().stream()
                        .map(account -> account.withSecretKept(Preferences.isSecretKept(account))).toList())
                .withRecordingLimits(RecordingLimits.DEFAULT.withBytes((long) Preferences.recordingMegabytes() << 20));
    }

    /** Stops, changes how TLS is used, and listens where it did before; says what is wrong with that. */
    private void restartWith(TlsConfig tls) throws IOException {
        if (server == null) {
            server = open(config(tls));
            listen(Preferences.ports());
            return;
        }
        var before = server.endpoints();
        // What cannot be read must not end anybody's session.
        if (tls.keyStore() != null) {
            ServerCertificate.load(tls.keyStore().file(), tls.keyStore().password().toCharArray(), null);
        }
        if (!before.isEmpty()) {
            now(Situation.of(State.STOPPING));
            server.stop();
        }
        try {
            server.changeTls(tls);
        } finally {
            if (!before.isEmpty()) {
                listen(ServerPorts.of(before));
            }
        }
    }

    /** True when the key store's password is in the workbench's secure storage. */
    public boolean isPasswordKept() {
        return Preferences.isPasswordKept();
    }

    /** Goes to other ports; back to the ones before when these are lost at the last moment, and says so. */
    private String move(ServerPorts ports) throws IOException {
        var before = server == null ? List.<Endpoint>of() : server.endpoints();
        if (!before.isEmpty() && ports.equals(ServerPorts.of(before))) {
            return "";
        }
        if (!before.isEmpty()) {
            now(Situation.of(State.STOPPING));
            server.stop();
        }
        now(Situation.of(State.STARTING));
        try {
            listen(ports);
            return "";
        } catch (BindException e) {
            if (before.isEmpty()) {
                throw e;
            }
            listen(ServerPorts.of(before));
            return message(e);
        }
    }

    private String problems(ServerPorts ports) {
        return ports.byProtocol().entrySet().stream().map(port -> problem(port.getKey(), port.getValue()))
                .filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    }

    private String problem(String protocol, int port) {
        var made = server;
        return Ports.problem(protocol, ServerConfig.sample().host(), port,
                made == null ? List.of() : made.endpoints());
    }

    /** A server that records to a file; in memory when no file can be written, which is no reason not to start. */
    private MailServer open(ServerConfig config) throws IOException {
        MailServer opened;
        try {
            opened = MailServer.open(config.withRecording(RecordingFiles.next(recordingsFolder(),
                    Preferences.recordingsKept())));
        } catch (IOException e) {
            Mailscope.log(Messages.server_recordingInMemory, e);
            opened = MailServer.open(config.withRecording(null));
        }
        onMade.accept(opened);
        return opened;
    }

    /** The folder in which the workspace's recordings are; it need not exist yet. */
    public Path recordingsFolder() {
        return plugin.getStateLocation().toPath().resolve("recordings");
    }

    private void schedule(String name, State meanwhile, Work work) {
        if (meanwhile != null) {
            now(Situation.of(meanwhile));
        }
        var job = new Job(name) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                return perform(name, work);
            }
        };
        job.setRule(oneAfterTheOther);
        job.schedule();
    }

    private IStatus perform(String name, Work work) {
        if (server == null) {
            // It may ask the user for something, which must not happen under a lock that the UI waits for.
            tls.fetchPassword();
        }
        lock.lock();
        try {
            if (!closed) {
                work.run();
            }
            return Status.OK_STATUS;
        } catch (BindException e) {
            now(new Situation(State.FAILED, List.of(), e.getMessage(), true));
            return Status.OK_STATUS;
        } catch (IOException e) {
            now(new Situation(State.FAILED, List.of(), message(e), false));
            return Status.OK_STATUS;
        } catch (RuntimeException e) {
            if (situation.state() == State.STARTING || situation.state() == State.STOPPING) {
                now(new Situation(State.FAILED, List.of(), message(e), false));
            }
            return new Status(IStatus.ERROR, Mailscope.ID, NLS.bind(Messages.server_failed, name, message(e)), e);
        } finally {
            lock.unlock();
        }
    }

    private void now(Situation next) {
        situation = next;
        onDisplay(() -> listeners.forEach(Runnable::run));
    }

    private static void onDisplay(Runnable work) {
        var display = PlatformUI.isWorkbenchRunning() ? PlatformUI.getWorkbench().getDisplay() : Display.getCurrent();
        if (display != null && !display.isDisposed()) {
            display.asyncExec(work);
        }
    }

    /** What is wrong, in words. */
    public static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
