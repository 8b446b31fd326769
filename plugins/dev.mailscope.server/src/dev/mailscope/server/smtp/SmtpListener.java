package dev.mailscope.server.smtp;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.logging.Logger;

import dev.mailscope.server.net.Listener;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.tls.TlsSource;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * Accepts mail on one port, a virtual thread for each connection. AUTH is offered and not asked for. What a client says
 * is not traced, so that no credentials are; each delivery is.
 */
public final class SmtpListener implements AutoCloseable {
    /** The protocol's name in the trace. */
    public static final String PROTOCOL = "smtp";
    /** What the server calls itself: in the greeting and in the Received field. */
    static final String HOST = "mailscope.localhost";

    private static final System.Logger LOG = System.getLogger(SmtpListener.class.getName());
    // The library warns of every client that hangs up, and would write what clients say at finer levels. Held here,
    // since a logger that nobody holds forgets its level.
    private static final Logger LIBRARY = Logger.getLogger("org.subethamail");
    // RFC 5321 section 4.5.3.2.7 asks for at least five minutes.
    private static final Duration MOST_SILENCE = Duration.ofMinutes(5);
    // Those that are being sent away count for the library.
    private static final int FULL = 1_000;
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    static {
        LIBRARY.setLevel(java.util.logging.Level.SEVERE);
    }

    private final CountDownLatch closing = new CountDownLatch(1);
    private final OpenSessions open;
    private final SMTPServer server;
    private final InetSocketAddress address;

    /**
     * Listens from now on. Throws BindException, with the protocol, address and port in its message, when it cannot.
     *
     * @param port             0 for any free one
     * @param shared           what it shares with the sessions of other protocols
     * @param tls              what STARTTLS starts
     * @param plaintextAllowed true when AUTH may send a password without TLS
     */
    public SmtpListener(InetAddress host, int port, Limits limits, Deliveries deliveries, Shared shared,
            TlsSource tls, boolean plaintextAllowed) throws IOException {
        open = new OpenSessions(limits.connections());
        var auth = new Auth(deliveries, shared.failedLogins(), closing, plaintextAllowed);
        server = new SMTPServer.Builder()
                .bindAddress(host)
                .port(port)
                .backlog(1_024)
                .hostName(HOST)
                .softwareName("Mailscope")
                .serverThreadName("mailscope-smtp-accept")
                .executorService(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mailscope-smtp-", 1)
                        .uncaughtExceptionHandler((thread, e) -> LOG.log(Level.ERROR, "an SMTP session failed", e))
                        .factory()))
                .sessionHandler(open)
                .messageHandlerFactory(context -> new Reception((Session) context, open, deliveries,
                        limits, shared.room()))
                .authenticationHandlerFactory(auth)
                .enableTLS()
                .startTlsSocketFactory(socket -> tls.get().start(socket))
                .fromAddressValidator(address -> true) // Commands has looked at it
                .insertReceivedHeaders(false)
                .maxConnections(limits.connections() + FULL) // who is one too many gets the place of another
                .maxRecipients(limits.recipients())
                .maxMessageSize(limits.message())
                .connectionTimeoutMs((int) Math.min(MOST_SILENCE.toMillis(), limits.idle().toMillis()))
                .build();
        Commands.install(server, open, auth);
        try {
            server.start();
        } catch (RuntimeException e) {
            server.getExecutorService().close();
            throw e.getCause() instanceof BindException taken
                    ? Listener.cannotListen(PROTOCOL, new InetSocketAddress(host, port), taken)
                    : new IOException("cannot listen for SMTP", e);
        }
        address = new InetSocketAddress(host, server.getPortAllocated());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops listening and ends the sessions with a farewell (RFC 5321 section 3.8); returns when their threads have. */
    @Override
    public void close() {
        closing.countDown();
        var farewells = open.all().stream().map(session -> Thread.ofVirtual().start(() -> sayFarewell(session))).toList();
        var deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (var farewell : farewells) {
                farewell.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The library closes a session only when nothing is being written to it.
        open.all().forEach(SmtpListener::closeSocket);
        server.stop();
    }

    private static void sayFarewell(Session session) {
        try {
            session.sendResponse("421 4.3.2 The server stops; nothing is delivered that has not been acknowledged.");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client was gone before the farewell", e);
        }
    }

    private static void closeSocket(Session session) {
        try {
            session.closeSocket();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing an SMTP connection failed: " + e.getMessage());
        }
    }
}
