package dev.mailscope.lab.device;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;

import org.pcollections.TreePMap;

import dev.mailscope.server.trace.What;

/**
 * A user agent: a mail client over real sockets with a copy of the mail of its own. What it keeps is a value that
 * anybody may look at while it works. Its methods may be called on any thread; those that speak with the server take
 * their time, one after the other.
 */
public abstract sealed class Device implements AutoCloseable permits Pop3Device, ImapDevice {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ReentrantLock lock = new ReentrantLock();
    final Meter meter = new Meter(this::changed);
    final Clock clock;
    private final String name;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile MailAccount account;
    private volatile LocalCopy copy = LocalCopy.NEW;
    private volatile boolean online = true;
    private volatile List<Ledger> ledgers = List.of();
    private volatile List<Conflict> conflicts = List.of();
    private Tally tally = new Tally();

    Device(String name, MailAccount account, Clock clock) {
        this.name = name;
        this.account = account;
        this.clock = clock;
    }

    /** What the user calls it: Laptop, Phone. */
    public final String name() {
        return name;
    }

    /** The protocol it speaks: {@code imap} or {@code pop3}. */
    public abstract String protocol();

    /** How it is set, in words. */
    public abstract String mode();

    /** The mail on it. */
    public final LocalCopy copy() {
        return copy;
    }

    /** Where its mail is. */
    public final MailAccount account() {
        return account;
    }

    /** Its mail is reached there from now on: the same account of a server that has other ports. */
    public final void reach(MailAccount other) {
        account = other;
    }

    /** True when it has a network. */
    public final boolean isOnline() {
        return online;
    }

    /** What its synchronisations have cost, the oldest first. */
    public final List<Ledger> ledgers() {
        return ledgers;
    }

    /** What was done on it and could not be done on the server, the oldest first. */
    public final List<Conflict> conflicts() {
        return conflicts;
    }

    /** What was done on it and is still to be done on the server, in that order. */
    public abstract List<Action> pending();

    /** What it remembers. */
    public abstract DeviceMemory memory();

    abstract void takeOver(DeviceMemory memory);

    /** Remembers that, and nothing else, from now on: as another device with the same settings did. */
    public final void remember(DeviceMemory memory) {
        lock.lock();
        try {
            takeOver(memory);
            online = memory.online();
            set(memory.copy());
        } finally {
            lock.unlock();
        }
    }

    /** The addresses and ports it has spoken from, as the trace writes them: whose sessions are its own. */
    public final Set<String> peers() {
        return meter.peers();
    }

    /** What it is like now, as the trace has it. */
    public final What.Device state() {
        var held = TreePMap.<String, Integer>empty();
        for (var folder : copy.folders().values()) {
            held = held.plus(folder.name(), folder.messages().size());
        }
        return new What.Device(name, protocol(), mode(), online, meter.talking(), held);
    }

    /** Calls the listener, on any thread, whenever something about the device is another. */
    public final void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public final void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Brings the copy and the server in step, as far as the protocol and the device's settings do that. IOException
     * names the device and says what is wrong; what was done until then is kept. IllegalStateException while offline.
     */
    public final Ledger synchronise() throws IOException {
        lock.lock();
        try {
            if (!online) {
                throw new IllegalStateException(name + " is offline.");
            }
            return metered(mode(), this::bringInStep);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with the mail on the device, and on the server as far as the protocol can: at once, or when the
     * device is synchronised next. IllegalArgumentException says why it cannot be done.
     */
    public abstract void perform(Action action) throws IOException;

    /** Gives it a network or takes it away; what is connected then is cut off without a farewell. */
    public final void setOnline(boolean now) {
        online = now;
        if (!now) {
            cut();
        }
        changed();
    }

    /** Cuts off what is connected, without a farewell: what it is at with the server fails at once. */
    public final void cut() {
        goingOffline();
        meter.cut();
    }

    /** Ends its connections; what it keeps can still be looked at. */
    @Override
    public final void close() {
        setOnline(false);
    }

    /** The work of {@link #synchronise}. */
    abstract void bringInStep() throws MessagingException, IOException;

    /** The network goes: whoever waits on a connection does not any longer. */
    abstract void goingOffline();

    /** Work with the server. */
    interface Work {
        void run() throws MessagingException, IOException;
    }

    /** What a synchronisation does to the copy, counted while it does. */
    static final class Tally {
        int fetched;
        int changed;
        int removed;
        int sent;
    }

    final Tally tally() {
        return tally;
    }

    /** Does the work and writes into the ledger what it cost, even if it fails. */
    final Ledger metered(String method, Work work) throws IOException {
        var when = clock.instant();
        var started = System.nanoTime();
        var before = meter.read();
        tally = new Tally();
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // Jakarta Mail looks for its parts by the thread's loader.
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            work.run();
        } catch (MessagingException e) {
            throw new IOException(name + ": " + reason(e), e);
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(loader);
            enter(when, method, meter.read().since(before), Duration.ofNanos(System.nanoTime() - started));
        }
        return ledgers.getLast();
    }

    private void enter(Instant when, String method, Meter.Reading cost, Duration took) {
        ledgers = plus(ledgers, new Ledger(when, method, cost.connections(), cost.roundTrips(), cost.up(), cost.down(),
                tally.fetched, tally.changed, tally.removed, tally.sent, took));
        changed();
    }

    final void set(LocalCopy next) {
        copy = next;
        changed();
    }

    final void conflict(Action action, String why) {
        conflicts = plus(conflicts, new Conflict(clock.instant(), action, why));
        changed();
    }

    final void changed() {
        listeners.forEach(Runnable::run);
    }

    /** A session of Jakarta Mail whose sockets are counted, and wait so long for an answer. */
    final Session session(String protocol, Duration patience) {
        var properties = new Properties();
        var prefix = "mail." + protocol + '.';
        properties.put(prefix + "socketFactory", meter);
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "connectiontimeout", String.valueOf(PATIENCE.toMillis()));
        properties.put(prefix + "timeout", String.valueOf(patience.toMillis()));
        properties.put("mail.event.executor", (Executor) Runnable::run);
        properties.put("mail.imap.connectionpoolsize", "1");
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.partialfetch", "false");
        return Session.getInstance(properties);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var longer = new ArrayList<>(list);
        longer.add(one);
        return List.copyOf(longer);
    }

    private static String reason(MessagingException e) {
        var next = e.getNextException();
        return next == null || e.getMessage() != null && e.getMessage().contains(String.valueOf(next.getMessage()))
                ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + next.getMessage() + ")";
    }
}
