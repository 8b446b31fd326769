package dev.mailscope.server.net;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.mailscope.server.mailbox.Memory;
import dev.mailscope.server.session.Arrivals;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Session;
import dev.mailscope.server.session.Shared;

/** Accepts the connections of one protocol on one port, a virtual thread for each. */
public final class Listener implements AutoCloseable {
    /** Makes the conversation of a new connection. */
    public interface Conversations {
        /** A new conversation that answers to that sink. */
        Conversation<?> start(Conversation.Sink sink);
    }

    private static final System.Logger LOG = System.getLogger(Listener.class.getName());
    private static final int BACKLOG = 1_024;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    // Accepting fails when the process has no file handle left; some may be given back meanwhile.
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);
    private static final int FREE_FOR_ALL = 1_024;
    private static final Duration WATCH = Duration.ofMillis(250);
    // What a client may leave unread while memory is short.
    private static final Duration HURRIED = Duration.ofMillis(500);

    private final String protocol;
    private final ServerSocket socket;
    private final Limits limits;
    private final Arrivals arrivals;
    private final Memory memory;
    private final Conversations conversations;
    private final ListenerTls tls;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final Thread watchdog;

    /**
     * Listens from now on. Throws BindException, with the protocol, address and port in its message, when it cannot.
     *
     * @param port 0 for any free one
     */
    public Listener(String protocol, InetAddress host, int port, Limits limits, Conversations conversations)
            throws IOException {
        this(protocol, host, port, limits, Shared.of(limits), conversations, null);
    }

    /**
     * The same, with TLS on its connections; without when that is null.
     *
     * @param shared what its sessions share with those of other listeners
     */
    public Listener(String protocol, InetAddress host, int port, Limits limits, Shared shared,
            Conversations conversations, ListenerTls tls) throws IOException {
        this.protocol = protocol;
        this.limits = limits;
        this.arrivals = shared.arrivals();
        this.memory = shared.memory();
        this.conversations = conversations;
        this.tls = tls;
        this.socket = bind(protocol, host, port);
        this.acceptor = Thread.ofVirtual().name("mailscope-" + protocol + "-accept").start(this::accept);
        this.watchdog = Thread.ofVirtual().name("mailscope-" + protocol + "-watchdog").start(this::watch);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Stops listening and ends the sessions with a farewell; returns when their threads have ended. */
    @Override
    public void close() {
        closeQuietly(socket);
        watchdog.interrupt();
        var farewells = new ArrayList<Thread>();
        for (var connection : open) {
            farewells.add(Thread.ofVirtual().start(() -> connection.end(Session.Farewell.SHUTDOWN)));
        }
        var deadline = System.nanoTime() + FAREWELL.toNanos();
        join(farewells, deadline);
        open.forEach(Connection::close);
        join(new ArrayList<>(threads), deadline + FAREWELL.toNanos());
        // Only when the acceptor has let go of it is the port free for another listener.
        join(List.of(acceptor), deadline + FAREWELL.toNanos());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                begin(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.log(Level.WARNING, protocol + ": a connection could not be accepted: " + e.getMessage());
                    LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
                }
            }
        }
    }

    private void begin(Socket peer) {
        var connection = new Connection(peer, tls, memory);
        open.add(connection);
        var refused = refusal(peer, connection);
        var thread = Thread.ofVirtual().name("mailscope-" + protocol).unstarted(() -> {
            try {
                connection.run(conversations.start(connection), refused);
            } finally {
                open.remove(connection);
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Why a connection is refused; null when it is not. */
    private Session.Farewell refusal(Socket peer, Connection connection) {
        if (!arrivals.admit(peer.getInetAddress().getHostAddress())) {
            return Session.Farewell.TOO_FAST;
        }
        return open.size() > limits.connections() && !crowdOut(connection) ? Session.Farewell.TOO_MANY_CONNECTIONS
                : null;
    }

    /** Makes room for a newcomer by who has not logged in for the longest; false when all have. */
    private boolean crowdOut(Connection newcomer) {
        var longest = open.stream().filter(each -> each != newcomer && !each.isLoggedIn())
                .min(Comparator.comparingLong(Connection::begun));
        longest.ifPresent(each -> {
            open.remove(each);
            Thread.ofVirtual().name("mailscope-" + protocol + "-farewell")
                    .start(() -> each.end(Session.Farewell.CROWDED_OUT));
        });
        return longest.isPresent();
    }

    private void watch() {
        var pause = watchEvery();
        while (!socket.isClosed()) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return; // closed
            }
            var now = System.nanoTime();
            var isShort = memory.isShort();
            open.forEach(connection -> {
                connection.closeIfStuck(now, limits.write(), "client does not read what it asked for");
                if (isShort) {
                    connection.closeIfStuck(now, HURRIED, "memory is short, and the client does not read what it asked"
                            + " for");
                }
                connection.endIfSilent(now);
                connection.lookAfterHeld();
            });
        }
    }

    private Duration watchEvery() {
        var shortest = Stream.of(limits.idle(), limits.idleBeforeLogin(), limits.write()).min(Duration::compareTo);
        return Stream.of(WATCH, shortest.orElseThrow().dividedBy(4)).min(Duration::compareTo).orElseThrow();
    }

    private static ServerSocket bind(String protocol, InetAddress host, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), BACKLOG);
            return socket;
        } catch (BindException e) {
            closeQuietly(socket);
            throw cannotListen(protocol, new InetSocketAddress(host, port), e);
        }
    }

    /** The exception to throw when an address cannot be had: it says for which protocol, where and why. */
    public static BindException cannotListen(String protocol, InetSocketAddress where, BindException cause) {
        return (BindException) new BindException("cannot listen for " + protocol.toUpperCase(Locale.ROOT) + " on "
                + where.getAddress().getHostAddress() + ":" + where.getPort() + ": " + why(where, cause))
                        .initCause(cause);
    }

    /** The system's own words differ by system and language; what it does with another port does not. */
    private static String why(InetSocketAddress where, BindException cause) {
        if (!isOfThisComputer(where.getAddress())) {
            return "this computer has no such address";
        }
        if (cause.getMessage() == null || !cause.getMessage().contains("ermission")) {
            return "the port is taken";
        }
        return where.getPort() < FREE_FOR_ALL ? "ports below 1024 need a permission this user does not have"
                : "the system does not give this port away";
    }

    /** True when some port can be had there. */
    private static boolean isOfThisComputer(InetAddress host) {
        try (var any = new ServerSocket()) {
            any.bind(new InetSocketAddress(host, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void join(Iterable<Thread> waitFor, long deadline) {
        for (var thread : waitFor) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing a listener failed: " + e.getMessage());
        }
    }
}
