package dev.mailscope.ui;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.Endpoint;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;

/**
 * The mail server of the workbench: made and started in the background when it is first asked for, ended with the
 * workbench. All it does with the server it does in Jobs, one after the other; its methods return at once and may be
 * called on any thread. Listeners are called on the UI thread.
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

    /** Work with the server that may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private static final String IMAP = "imap";
    private static final String POP3 = "pop3";
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ISchedulingRule oneAfterTheOther = new Turns();
    private final Mailscope plugin;
    private volatile Situation situation = Situation.of(State.NOT_YET);
    private volatile MailServer server;
    private boolean closed;

    WorkbenchServer(Mailscope plugin) {
        this.plugin = plugin;
    }

    /** What it is doing now. */
    public Situation situation() {
        return situation;
    }

    /** The recording of all it does; null until the server is made. */
    public Recording recording() {
        var made = server;
        return made == null ? null : made.trace();
    }

    /** The accounts it was made with, and what opens them. */
    public List<AccountConfig> accounts() {
        var made = server;
        return made == null ? ServerConfig.sample().accounts() : made.config().accounts();
    }

    /** Where clients of that protocol ({@code imap}, {@code pop3}) connect to; empty when it does not listen. */
    public Optional<Endpoint> endpoint(String protocol) {
        return situation.endpoints().stream().filter(e -> e.protocol().equalsIgnoreCase(protocol)).findFirst();
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
        schedule(Messages.server_starting, State.STARTING,
                () -> listen(Preferences.imapPort(), Preferences.pop3Port()));
    }

    /** Starts listening on the ports of the preferences, and on a free one in place of each that cannot be had. */
    public void startOnFreePorts() {
        schedule(Messages.server_starting, State.STARTING, () -> {
            var imap = Preferences.imapPort();
            var pop3 = Preferences.pop3Port();
            listen(problem(IMAP, imap).isEmpty() ? imap : 0, problem(POP3, pop3).isEmpty() && pop3 != imap ? pop3 : 0);
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
     * Listens on these ports, 0 for any that is free, and remembers them. A running server is started again, unless it
     * has them already. When one of them cannot be had everything stays as it is: running or not, and on which ports.
     *
     * @param answer is called on the UI thread with what is wrong, in words; with an empty text when it is done
     */
    public void changePorts(int imapPort, int pop3Port, Consumer<String> answer) {
        schedule(Messages.server_starting, null, () -> {
            var problem = problems(imapPort, pop3Port);
            if (problem.isEmpty()) {
                problem = move(imapPort, pop3Port);
            }
            if (problem.isEmpty()) {
                Preferences.setPorts(imapPort, pop3Port);
            }
            var found = problem;
            onDisplay(() -> answer.accept(found));
        });
    }

    /**
     * Finds out why these ports cannot be had; calls the answer on the UI thread, with an empty text when they can.
     */
    public void tryPorts(int imapPort, int pop3Port, Consumer<String> answer) {
        schedule(Messages.server_tryingPorts, null, () -> {
            var problem = problems(imapPort, pop3Port);
            onDisplay(() -> answer.accept(problem));
        });
    }

    /** All accounts and mail as in the beginning. */
    public void reset() {
        schedule(Messages.server_resetting, null, () -> server.reset());
    }

    /** Puts a message into a folder. */
    public void deliver(String account, String folder, byte[] message) {
        schedule(Messages.server_delivering, null, () -> server.deliver(account, folder, message));
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
    private void listen(int imapPort, int pop3Port) throws IOException {
        if (server == null) {
            server = open(ServerConfig.sample().withPorts(imapPort, pop3Port).withRecordingLimits(
                    RecordingLimits.DEFAULT.withBytes((long) Preferences.recordingMegabytes() << 20)));
        }
        if (!server.isRunning()) {
            server.changePorts(imapPort, pop3Port);
            server.start();
        }
        now(new Situation(State.RUNNING, List.copyOf(server.endpoints()), "", false));
    }

    /** Goes to other ports; back to the ones before when these are lost at the last moment, and says so. */
    private String move(int imapPort, int pop3Port) throws IOException {
        var before = server == null ? List.<Endpoint>of() : server.endpoints();
        if (!before.isEmpty() && imapPort == port(before, IMAP) && pop3Port == port(before, POP3)) {
            return "";
        }
        if (!before.isEmpty()) {
            now(Situation.of(State.STOPPING));
            server.stop();
        }
        now(Situation.of(State.STARTING));
        try {
            listen(imapPort, pop3Port);
            return "";
        } catch (BindException e) {
            if (before.isEmpty()) {
                throw e;
            }
            listen(port(before, IMAP), port(before, POP3));
            return message(e);
        }
    }

    private String problems(int imapPort, int pop3Port) {
        return Stream.of(problem(IMAP, imapPort), problem(POP3, pop3Port)).filter(s -> !s.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String problem(String protocol, int port) {
        var made = server;
        return Ports.problem(protocol, ServerConfig.sample().host(), port,
                made == null ? List.of() : made.endpoints());
    }

    private static int port(List<Endpoint> endpoints, String protocol) {
        return endpoints.stream().filter(e -> e.protocol().equals(protocol)).mapToInt(e -> e.address().getPort())
                .findFirst().orElse(0);
    }

    /** A server that records to a file; in memory when no file can be written, which is no reason not to start. */
    private MailServer open(ServerConfig config) throws IOException {
        try {
            return MailServer.open(config.withRecording(recordingFile()));
        } catch (IOException e) {
            Mailscope.log(Messages.server_recordingInMemory, e);
            return MailServer.open(config.withRecording(null));
        }
    }

    private Path recordingFile() throws IOException {
        var folder = plugin.getStateLocation().toPath().resolve("recordings");
        Files.createDirectories(folder);
        RecordingFiles.trim(folder, Preferences.recordingsKept());
        return folder.resolve(FILE_TIME.format(LocalDateTime.now()) + ".mailtrace");
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

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Lets one Job after the other at the server. */
    private static final class Turns implements ISchedulingRule {
        @Override
        public boolean contains(ISchedulingRule rule) {
            return rule == this;
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return rule == this;
        }
    }
}
