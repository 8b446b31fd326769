package dev.mailscope.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.session.Conversation;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.SessionContext;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.tls.CertificateNames;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.tls.ServerTls;
import dev.mailscope.server.tls.TlsSource;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerTest {
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final Recording trace = Recording.inMemory();
    private final MailStore store = new MailStore(trace, Clock.systemUTC());
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<SessionContext> contexts = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Duration patience;

    private record Client(Socket socket, BufferedReader in) {
        String line() throws IOException {
            return in.readLine();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
        trace.close();
    }

    @Test
    void answersEachLineOfAPipelineInOrder() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMinutes(1)));
        client.send("one\ntwo\nthr");
        client.send("ee\nbye\n");
        for (var line : List.of("hello", "one", "two", "three", "bye")) {
            assertEquals(line, client.line());
        }
        assertNull(client.line());
    }

    @Test
    void aMistakeOfTheServersOwnEndsNoSession() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMinutes(1)));
        client.send("fail\nnext\n");
        for (var line : List.of("hello", "failed", "next")) {
            assertEquals(line, client.line());
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        var listener = listen(Limits.DEFAULT.withConnections(1), Duration.ofMinutes(1));
        var first = connect(listener);
        assertEquals("hello", first.line());
        var second = connect(listener);
        assertEquals("farewell TOO_MANY_CONNECTIONS", second.line());
        assertNull(second.line());
        first.send("still\n");
        assertEquals("still", first.line());
    }

    @Test
    void aSilentClientIsSentAway() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMillis(200)));
        assertEquals("hello", client.line());
        assertEquals("farewell TIMEOUT", client.line());
        assertNull(client.line());
        assertEquals("client was silent for too long", closedReason());
    }

    @Test
    void aClientThatNeverReadsIsCutOff() throws Exception {
        var client = connect(listen(Limits.DEFAULT.withWrite(Duration.ofMillis(300)), Duration.ofMinutes(1)));
        client.send("big\n");
        assertEquals("client does not read what it asked for", closedReason());
    }

    @Test
    void aClientThatNeverReadsIsCutOffWithTlsToo() throws Exception {
        patience = Duration.ofMinutes(1);
        var certificate = ServerCertificate.temporary(CertificateNames.LOCAL);
        var listener = new Listener("echo", loopback, 0, Limits.DEFAULT.withWrite(Duration.ofMillis(300)),
                Shared.of(Limits.DEFAULT), this::conversation, new ListenerTls(new TlsSource(
                        () -> ServerTls.with(certificate, null, Duration.ofSeconds(20))), true));
        opened.add(listener);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate.certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = context.getSocketFactory().createSocket(loopback, listener.address().getPort());
        opened.add(socket);
        socket.getOutputStream().write("big\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("client does not read what it asked for", closedReason());
    }

    @Test
    void aClientThatReadsALargeAnswerSlowlyIsNotCutOff() throws Exception {
        var client = connect(listen(Limits.DEFAULT.withWrite(Duration.ofMillis(600)), Duration.ofMinutes(1)));
        client.send("huge\n");
        var buffer = new byte[1 << 20];
        var total = 0L;
        for (var begun = System.nanoTime(); total < EchoSession.BIG;) {
            total += client.socket().getInputStream().readNBytes(buffer, 0, buffer.length);
            // Several times the limit all in all.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(25).toNanos());
        }
        client.send("still\n");
        // Behind the rest of what was large.
        assertTrue(client.line().endsWith("still"));
    }

    @Test
    void aClientThatNeverReadsIsCutOffSoonerWhileMemoryIsShort() throws Exception {
        patience = Duration.ofMinutes(1);
        var shortage = new AtomicBoolean();
        var listener = new Listener("echo", loopback, 0, Limits.DEFAULT,
                Shared.of(Limits.DEFAULT).withMemory(shortage::get), this::conversation, null);
        opened.add(listener);
        var never = connect(listener);
        never.send("big\n");
        var reads = connect(listener);
        assertEquals("hello", reads.line());
        shortage.set(true);
        assertEquals("memory is short, and the client does not read what it asked for", closedReason());
        reads.send("still\n");
        assertEquals("still", reads.line());
    }

    @Test
    void stoppingSaysFarewellAndLeavesNoThread() throws Exception {
        var listener = listen(Limits.DEFAULT, Duration.ofMinutes(1));
        var client = connect(listener);
        assertEquals("hello", client.line());
        listener.close();
        assertEquals("farewell SHUTDOWN", client.line());
        assertNull(client.line());
        assertEquals("server stopped", closedReason());
        assertThrows(IOException.class, () -> new Socket(loopback, listener.address().getPort()).close());
    }

    @Test
    void stoppingDoesNotWaitForWhatTakesLong() throws Exception {
        var listener = listen(Limits.DEFAULT, Duration.ofMinutes(1));
        var client = connect(listener);
        client.send("work\n");
        assertEquals("hello", client.line());
        assertEquals("working", client.line());
        // It gives its turn away to who wants to push something, which has to wait.
        contexts.element().wake();
        listener.close();
        assertEquals("farewell SHUTDOWN", client.line());
        assertNull(client.line());
        assertEquals("server stopped", closedReason());
    }

    @Test
    void whatTakesLongEndsWhenItsClientGoes() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMinutes(1)));
        client.send("work\nmore\n");
        assertEquals("hello", client.line());
        assertEquals("working", client.line());
        client.socket().close();
        assertEquals("client closed the connection", closedReason());
    }

    @Test
    void aWokenSessionPushesFromAnotherThread() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMinutes(1)));
        assertEquals("hello", client.line());
        contexts.element().wake();
        assertEquals("pushed", client.line());
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        var port = listen(Limits.DEFAULT, Duration.ofMinutes(1)).address().getPort();
        var refused = assertThrows(BindException.class,
                () -> new Listener("echo", loopback, port, Limits.DEFAULT, this::conversation));
        assertEquals("cannot listen for ECHO on 127.0.0.1:" + port + ": the port is taken", refused.getMessage());
    }

    @Test
    void anAddressOfAnotherComputerIsNoTakenPort() throws Exception {
        // Kept for documentation (RFC 5737), so that no computer has it.
        var elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        var refused = assertThrows(BindException.class,
                () -> new Listener("echo", elsewhere, 0, Limits.DEFAULT, this::conversation));
        assertEquals("cannot listen for ECHO on 192.0.2.1:0: this computer has no such address",
                refused.getMessage());
    }

    @Test
    void aPortThatTheSystemKeepsIsNoTakenPort() {
        var denied = new BindException("Permission denied (Bind failed)");
        assertEquals("cannot listen for POP3 on 127.0.0.1:110: ports below 1024 need a permission this user does not"
                + " have", Listener.cannotListen("pop3", new InetSocketAddress(loopback, 110), denied).getMessage());
        // Windows sets ranges of ports aside.
        assertEquals("cannot listen for IMAP on 127.0.0.1:1143: the system does not give this port away",
                Listener.cannotListen("imap", new InetSocketAddress(loopback, 1143), denied).getMessage());
    }

    @Test
    void whatWasSentIsInTheTraceWithItsResponses() throws Exception {
        var client = connect(listen(Limits.DEFAULT, Duration.ofMinutes(1)));
        client.send("one\nbye\n");
        while (client.line() != null) {
            // read to the end
        }
        closedReason();
        var sent = events().stream().map(TraceEvent::what).filter(What.Sent.class::isInstance)
                .map(What.Sent.class::cast).toList();
        assertEquals(14, sent.stream().mapToLong(What.Sent::octets).sum());
        var received = events().stream().filter(e -> e.what() instanceof What.Received).toList();
        var command = events().stream().filter(e -> e.what() instanceof What.Command).findFirst().orElseThrow();
        assertEquals(received.getFirst().number(), command.cause());
        var response = events().stream().filter(e -> e.what() instanceof What.Response && e.command().equals("one"))
                .findFirst().orElseThrow();
        assertEquals(command.number(), response.cause());
    }

    private Listener listen(Limits limits, Duration patience) throws IOException {
        this.patience = patience;
        var listener = new Listener("echo", loopback, 0, limits, this::conversation);
        opened.add(listener);
        return listener;
    }


    private Conversation<?> conversation(Conversation.Sink sink) {
        var context = new SessionContext(numbers.incrementAndGet(), "echo", "Start", store, new Credentials(),
                Limits.DEFAULT, trace);
        contexts.add(context);
        return new Conversation<>(context, new EchoSession(context, patience), sink);
    }

    private Client connect(Listener listener) throws IOException {
        var socket = new Socket(loopback, listener.address().getPort());
        opened.add(socket);
        socket.setSoTimeout(20_000); // a blocked read is not interrupted by the time limit of a test
        return new Client(socket, new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    }

    /** Waits until some session is closed and gives the reason. */
    private String closedReason() {
        while (true) {
            for (var event : events()) {
                if (event.what() instanceof What.Closed(var reason)) {
                    return reason;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<TraceEvent> events() {
        return trace.events(trace.first(), Integer.MAX_VALUE);
    }
}
