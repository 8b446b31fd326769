package dev.mailscope.ui.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.DevicesFile;
import dev.mailscope.lab.device.ImapDevice;
import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.MailAccount;
import dev.mailscope.lab.device.Pop3Device;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.AccountConfig;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.WorkbenchServer;

/**
 * The devices of the workbench, in the order in which they were added; while a lab is open, those of the lab. They are
 * kept in a file, with the mail on them, and are there again the next time. Used on the UI thread.
 */
public final class Devices implements AutoCloseable {
    private static final int KEEP_AFTER_MILLIS = 500;

    private final Path file;
    // Read and written by one at a time: see writing.
    private final DevicesFile kept;
    private final WorkbenchServer server;
    private final List<Agent> agents = new CopyOnWriteArrayList<>();
    private volatile List<Agent> guests;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Job keeping = Job.createSystem(Messages.job_keep, (ICoreRunnable) monitor -> keep());
    private final ReentrantLock writing = new ReentrantLock();
    // Until then what the file has must not be written over.
    private volatile boolean restored;
    private boolean restoring;
    private boolean closed;

    /**
     * None yet; their mail is on that server.
     *
     * @param file where they are kept
     */
    public Devices(Path file, WorkbenchServer server) {
        this.file = file;
        this.kept = new DevicesFile(file);
        this.server = server;
    }

    /** Brings those back, in the background, that were there when the workbench ended; once. */
    public void restore() {
        if (restored || restoring) {
            return;
        }
        if (!Files.exists(file)) {
            restored = true;
            return;
        }
        restoring = true;
        var display = Display.getCurrent();
        Job.createSystem(Messages.job_restore, (ICoreRunnable) monitor -> {
            var found = new ArrayList<Device>();
            var known = new AtomicBoolean();
            try {
                known.set(read(found));
            } finally {
                display.asyncExec(() -> restored(found, known.get()));
            }
        }).schedule();
    }

    /** True while those of the file are being read; none should be added meanwhile. */
    boolean isRestoring() {
        return restoring;
    }

    private void restored(List<Device> found, boolean known) {
        restoring = false;
        if (closed) {
            return;
        }
        restored = known;
        found.forEach(this::add);
        changed();
    }

    /** False when the file could neither be read nor put aside: it must not be written over then. */
    private boolean read(List<Device> found) {
        writing.lock();
        try {
            found.addAll(kept.read(this::mailOf, Clock.systemDefaultZone()));
            return true;
        } catch (IOException e) {
            var aside = putAside();
            Mailscope.log(aside + ": " + e.getMessage(), e);
            return !aside.equals(file);
        } finally {
            writing.unlock();
        }
    }

    /** Where what cannot be read is now; it stays where it is when it cannot be moved. */
    private Path putAside() {
        var aside = kept.aside(LocalDateTime.now());
        try {
            return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Mailscope.log(NLS.bind(Messages.devices_notKept, file), e);
            return file;
        }
    }

    private void keep() {
        writing.lock();
        try {
            if (restored) {
                kept.write(agents.stream().map(Agent::device).toList());
            }
        } catch (IOException e) {
            Mailscope.log(file + ": " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    /** All devices. */
    public List<Device> all() {
        return agents().stream().map(Agent::device).toList();
    }

    List<Agent> agents() {
        var there = guests;
        return there != null ? there : List.copyOf(agents);
    }

    /** True while the devices of a lab stand in their place; none can be added or removed then. */
    public boolean areGuests() {
        return guests != null;
    }

    /** Lets devices that somebody else made stand in their place; null for its own again. */
    public void host(List<Device> others) {
        var before = guests == null ? List.<Agent>of() : guests;
        guests = others == null ? null
                : others.stream().map(device -> before.stream().filter(agent -> agent.device() == device).findFirst()
                        .orElseGet(() -> new Agent(device, server, true, this::changed))).toList();
        before.stream().filter(agent -> guests == null || !guests.contains(agent)).forEach(Agent::close);
        changed();
    }

    /** True when there is a device of that name. */
    public boolean has(String name) {
        return agents().stream().anyMatch(agent -> agent.device().name().equals(name));
    }

    /** Adds a device that speaks POP3. */
    public void add(String name, AccountConfig account, Pop3Settings settings) {
        add(new Pop3Device(name, mailOf(account), settings, Clock.systemDefaultZone()));
    }

    /** Adds a device that speaks IMAP. */
    public void add(String name, AccountConfig account, ImapSettings settings) {
        add(new ImapDevice(name, mailOf(account), settings, Clock.systemDefaultZone()));
    }

    /** The name of the device that has spoken from that address and port; empty for none. */
    public String nameOf(String peer) {
        return agents().stream().map(Agent::device).filter(device -> device.peers().contains(peer)).map(Device::name)
                .findFirst().orElse("");
    }

    void remove(Predicate<Agent> which) {
        agents.stream().filter(which).toList().forEach(agent -> {
            agents.remove(agent);
            agent.close();
        });
        changed();
    }

    /** Calls the listener on the UI thread whenever a device is another, at most once for all that came meanwhile. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        host(null);
        keeping.cancel();
        // Whoever waits for the server would have the workbench wait.
        agents.forEach(agent -> agent.device().cut());
        keep();
        restored = false;
        closed = true;
        agents.forEach(Agent::close);
        agents.clear();
    }

    private void add(Device device) {
        agents.add(new Agent(device, server, false, this::changed));
        changed();
    }

    private MailAccount mailOf(AccountConfig account) {
        return mailOf(account.user(), account.password());
    }

    /** Without a password where there is no such account any more: the server says so then. */
    private MailAccount mailOf(String user) {
        return mailOf(user, server.ownAccounts().stream().filter(account -> account.user().equals(user))
                .map(AccountConfig::password).findFirst().orElse(""));
    }

    private MailAccount mailOf(String user, String password) {
        // While the server does not listen there are no ports yet; they are looked up again before each use.
        return Agent.account(server, user, password)
                .orElseGet(() -> new MailAccount("localhost", 0, 0, user, password));
    }

    private void changed() {
        if (restored) {
            keeping.schedule(KEEP_AFTER_MILLIS);
        }
        var display = PlatformUI.isWorkbenchRunning() ? PlatformUI.getWorkbench().getDisplay() : Display.getCurrent();
        if (display != null && !display.isDisposed() && told.compareAndSet(false, true)) {
            display.asyncExec(() -> {
                told.set(false);
                listeners.forEach(Runnable::run);
            });
        }
    }
}
