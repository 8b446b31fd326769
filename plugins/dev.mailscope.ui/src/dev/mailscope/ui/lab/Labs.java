package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.pack.Problem;
import dev.mailscope.lab.pack.SetupCommand;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Turns;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.device.Devices;

/**
 * The lab that is open in the workbench, at most one. While it is, its server and its devices stand in the place of the
 * workbench's own, in all views. What is done at it is kept in the workspace, a folder for each lab, and gone on with
 * when the lab is opened again. Used on the UI thread; all that takes time is done in Jobs, one after the other.
 */
public final class Labs implements AutoCloseable {
    /** Work at a lab that may fail. */
    interface Work {
        void run(LabRun run) throws IOException;
    }

    private static final String OPEN = "lab.open";
    private static final String SHIPPED = "shipped:";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final Path home;
    private final WorkbenchServer server;
    private final Devices devices;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Turns turns = new Turns();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Runnable runListener = this::changed;
    private volatile Path file;
    private volatile LabRun run;
    private volatile List<Problem> problems = List.of();
    private volatile String problem = "";
    private volatile boolean other;
    private volatile boolean closed;
    private MailServer hosted;

    /**
     * None is open.
     *
     * @param home where what is done is kept
     */
    public Labs(Path home, WorkbenchServer server, Devices devices) {
        this.home = home;
        this.server = server;
        this.devices = devices;
    }

    /** The lab that is open and worked at; empty for none, and when it cannot be. */
    public Optional<LabRun> run() {
        return Optional.ofNullable(run);
    }

    /** The file of the lab that is open, also when it cannot be worked at; empty for none. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** True while something is done that takes time. */
    public boolean isBusy() {
        return waiting.get() > 0;
    }

    /** True when work at that lab is kept, to be gone on with. Looks for one file. */
    boolean isBegun(ShippedLabs.Shipped lab) {
        return LabRun.isBegun(folder(lab.name(), SHIPPED + lab.name()));
    }

    /** Why the last work failed, in words; empty when it did not. */
    public String problem() {
        return problem;
    }

    /** What is wrong with the lab's text, so that it cannot be worked at. */
    public List<Problem> problems() {
        return problems;
    }

    /** True when the lab's text is no longer the one that was begun, so that it can only be begun anew. */
    public boolean isAnother() {
        return other;
    }

    /** Calls the listener on the UI thread whenever something is another, at most once for all that came meanwhile. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Opens the lab that was open when the workbench was closed, unless one is. */
    public void restore() {
        var last = InstanceScope.INSTANCE.getNode(Mailscope.ID).get(OPEN, "");
        if (file == null && !last.isEmpty()) {
            try {
                open(last.startsWith(SHIPPED) ? ShippedLabs.file(last.substring(SHIPPED.length())) : Path.of(last));
            } catch (IOException e) {
                Mailscope.log(e.getMessage(), e);
            }
        }
    }

    /** Opens the lab of that file: goes on where it was left, else begins it. The one that was open is closed. */
    public void open(Path lab) {
        open(lab, false);
    }

    /** The same; begins the lab anew when its text is another one than was begun. */
    public void tryOut(Path lab) {
        open(lab, true);
    }

    private void open(Path lab, boolean anewWhenChanged) {
        file = lab;
        remember(identity(lab));
        schedule(NLS.bind(Messages.job_open, lab.getFileName()), () -> {
            leave();
            var kept = folder(lab).resolve("lab.md");
            if (anewWhenChanged && Files.exists(kept) && !Files.readString(kept).equals(Files.readString(lab))) {
                putAside(lab);
            }
            enter(lab);
        });
    }

    /** Begins the open lab anew. What was done at it goes into a folder beside. */
    public void beginAnew() {
        var lab = file;
        schedule(NLS.bind(Messages.job_open, lab.getFileName()), () -> {
            leave();
            putAside(lab);
            enter(lab);
        });
    }

    /** Closes the lab; what was done at it is kept. */
    public void leaveLab() {
        file = null;
        remember("");
        schedule(Messages.job_close, this::leave);
    }

    /** Does something with the lab that is open, if one is. What fails is the problem then. */
    void perform(String name, Work work) {
        schedule(name, () -> {
            var now = run;
            if (now != null) {
                work.run(now);
                beginWhatIsPredicted(now);
            }
        });
    }

    /** The workbench ends: the lab is closed, and opened again the next time. */
    @Override
    public void close() {
        closed = true;
        var now = run;
        if (now != null) {
            now.removeListener(runListener);
            now.close();
        }
        server.giveBack(this);
    }

    /** The accounts of a lab, and what opens them. */
    static List<AccountConfig> accounts(Lab lab) {
        var commands = new ArrayList<>(lab.setup());
        lab.steps().stream().flatMap(step -> step.blocks(Block.Doing.class).stream())
                .forEach(doing -> commands.addAll(doing.commands()));
        return commands.stream().filter(SetupCommand.Account.class::isInstance).map(SetupCommand.Account.class::cast)
                .map(account -> new AccountConfig(account.user(), account.password())).toList();
    }

    /** What a lab is known by over a restart: its place, but one that came along by its name, since that is moved. */
    private static String identity(Path lab) {
        return ShippedLabs.nameOf(lab).map(SHIPPED::concat)
                .orElseGet(() -> lab.toAbsolutePath().normalize().toString());
    }

    /** Where what is done at that lab is kept. */
    private Path folder(Path lab) {
        var inFolder = lab.getFileName().toString().equals("lab.md") && lab.getParent() != null;
        return folder((inFolder ? lab.getParent() : lab).getFileName().toString(), identity(lab));
    }

    private Path folder(String name, String identity) {
        var place = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
        return home.resolve(name.replaceAll("[^\\p{Alnum}-]", "-").toLowerCase(Locale.ROOT) + "-"
                + place.substring(0, 8));
    }

    private void putAside(Path lab) throws IOException {
        var folder = folder(lab);
        if (LabRun.isBegun(folder)) {
            Files.move(folder, folder.resolveSibling(folder.getFileName() + "-" + TIME.format(LocalDateTime.now()) + "-"
                    + UUID.randomUUID().toString().substring(0, 4)));
        }
    }

    private void enter(Path lab) throws IOException {
        other = false;
        if (!server.take(this)) {
            throw new IOException(Messages.guest_taken);
        }
        try {
            beginOrResume(lab);
        } finally {
            if (run == null || closed) {
                server.giveBack(this);
            }
        }
    }

    private void beginOrResume(Path lab) throws IOException {
        var parsed = LabParser.read(lab);
        problems = parsed.problems();
        if (parsed.lab() == null || closed) {
            return;
        }
        var folder = folder(lab);
        var begun = LabRun.isBegun(folder);
        try {
            run = begun ? LabRun.resume(parsed.lab(), folder) : LabRun.begin(parsed.lab(), folder);
        } catch (IOException e) {
            other = begun;
            throw e;
        }
        if (closed) {
            run.close();
            return;
        }
        run.addListener(runListener);
        beginWhatIsPredicted(run);
    }

    private void leave() {
        problems = List.of();
        other = false;
        var now = run;
        run = null;
        if (now != null) {
            now.removeListener(runListener);
            // The views look away before the recording is closed.
            var display = display();
            if (display != null) {
                display.syncExec(this::host);
            }
            now.close();
            server.giveBack(this);
        }
    }

    /** A step in which nothing is to be predicted, or all is, begins by itself. */
    private static void beginWhatIsPredicted(LabRun now) throws IOException {
        var step = now.step();
        if (step.isPresent() && now.progress().now().stage() == StepState.Stage.OPEN
                && now.progress().now().isPredicted(step.get())) {
            now.begin();
        }
    }

    /** Lets the views look at the lab's server and devices, or at the workbench's own. */
    private void host() {
        var now = run;
        var wanted = now == null ? null : now.server();
        if (wanted != hosted) {
            hosted = wanted;
            if (now == null) {
                server.host(null);
            } else {
                server.host(new WorkbenchServer.Guest(NLS.bind(Messages.guest_lab, now.lab().title()), wanted,
                        accounts(now.lab())));
            }
        }
        if (now != null || devices.areGuests()) {
            devices.host(now == null ? null : now.devices());
        }
    }

    private static void remember(String lab) {
        InstanceScope.INSTANCE.getNode(Mailscope.ID).put(OPEN, lab);
    }

    private interface Steps {
        void run() throws IOException;
    }

    private void schedule(String name, Steps work) {
        waiting.incrementAndGet();
        changed();
        var job = new Job(name) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                try {
                    work.run();
                    problem = "";
                    return Status.OK_STATUS;
                } catch (IOException | IllegalStateException | IllegalArgumentException e) {
                    problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                    return Status.OK_STATUS;
                } finally {
                    waiting.decrementAndGet();
                    changed();
                }
            }
        };
        job.setRule(turns);
        job.schedule();
    }

    private static Display display() {
        var display = PlatformUI.isWorkbenchRunning() ? PlatformUI.getWorkbench().getDisplay() : null;
        return display == null || display.isDisposed() ? null : display;
    }

    private void changed() {
        var display = display();
        if (display != null && !closed && told.compareAndSet(false, true)) {
            display.asyncExec(() -> {
                told.set(false);
                if (!closed) {
                    host();
                    listeners.forEach(Runnable::run);
                }
            });
        }
    }
}
