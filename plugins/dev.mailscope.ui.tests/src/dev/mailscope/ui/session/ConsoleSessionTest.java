package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.TraceFeed;

class ConsoleSessionTest {
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0)
                .withTls(TlsConfig.DEFAULT.withPorts(OptionalInt.of(0), OptionalInt.of(0))));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void quitAfterDeleLeadsThroughAllPhasesAndDeletes() {
        var console = new Console(Protocol.POP3, true);
        console.until(() -> console.phase().equals("Authorization"));
        console.sendAndWait("USER alice");
        console.sendAndWait("PASS secret");
        console.until(() -> console.phase().equals("Transaction"));
        console.sendAndWait("DELE 1");
        assertEquals(3, alice().inbox().size(), "DELE marks only");
        console.session.send("QUIT");
        console.until(() -> console.session.state() == ConsoleSession.State.ENDED && console.phase().equals("Update"));
        console.until(() -> alice().inbox().size() == 2);
        assertEquals(List.of("Authorization", "Transaction", "Update"),
                console.phases.subList(console.phases.size() - 3, console.phases.size()));
        assertFalse(console.session.isPhaseInferred());
    }

    @Test
    void cuttingTheLineInTransactionDeletesNothing() {
        var console = new Console(Protocol.POP3, true);
        console.until(() -> console.phase().equals("Authorization"));
        console.session.sendInTurn(List.of("USER alice", "PASS secret"));
        console.until(() -> console.phase().equals("Transaction"));
        console.sendAndWait("DELE 1");
        console.session.cutTheLine("cut");
        console.until(() -> console.session.state() == ConsoleSession.State.ENDED
                && server.trace().live().sessions().isEmpty());
        assertEquals("Transaction", console.phase(), "there was no Update");
        assertEquals(3, alice().inbox().size());
        assertEquals("-- cut", console.lines.getLast());
    }

    @Test
    void thePasswordIsNotInWhatIsShown() {
        var console = new Console(Protocol.IMAP, true);
        console.until(() -> !console.lines.isEmpty() && console.session.state() == ConsoleSession.State.OPEN);
        console.sendAndWait("LOGIN alice secret");
        console.until(() -> console.phase().equals("Authenticated"));
        assertFalse(console.lines.stream().anyMatch(line -> line.contains("secret")), console.lines::toString);
        assertTrue(console.lines.contains("C: a1 LOGIN ********"), console.lines::toString);
    }

    @Test
    void imapPhasesFollowTheTrace() {
        var console = new Console(Protocol.IMAP, true);
        console.sendAndWait("LOGIN alice secret");
        console.sendAndWait("SELECT INBOX");
        console.until(() -> console.phase().equals("Selected"));
        console.sendAndWait("CLOSE");
        console.until(() -> console.phase().equals("Authenticated"));
        console.session.send("LOGOUT");
        console.until(() -> console.session.state() == ConsoleSession.State.ENDED && console.phase().equals("Logout"));
    }

    @Test
    void withoutATraceThePhaseIsInferred() {
        var console = new Console(Protocol.IMAP, false);
        console.sendAndWait("LOGIN alice secret");
        assertEquals("Authenticated", console.phase());
        console.sendAndWait("SELECT INBOX");
        assertEquals("Selected", console.phase());
        console.sendAndWait("SELECT Nowhere");
        assertEquals("Authenticated", console.phase());
        assertTrue(console.session.isPhaseInferred());
        console.session.cutTheLine("");
    }

    @Test
    void aWrongPasswordLeavesThePop3PhaseInferredAlike() {
        var console = new Console(Protocol.POP3, false);
        console.sendAndWait("USER alice");
        console.sendAndWait("PASS wrong");
        assertEquals("Authorization", console.phase());
        console.sendAndWait("USER alice");
        console.sendAndWait("PASS secret");
        assertEquals("Transaction", console.phase());
        console.session.send("QUIT");
        console.until(() -> console.session.state() == ConsoleSession.State.ENDED);
        assertEquals("Update", console.phase());
    }

    @Test
    void commandsInTurnStopAtTheFirstThatFails() {
        var console = new Console(Protocol.POP3, true);
        console.until(() -> console.phase().equals("Authorization"));
        console.session.sendInTurn(List.of("STAT", "QUIT"));
        console.until(() -> console.lines.stream().anyMatch(line -> line.startsWith("S: -ERR")));
        console.sendAndWait("CAPA");
        assertFalse(console.lines.contains("C: QUIT"));
        console.session.cutTheLine("");
    }

    @Test
    void aLiteralIsSentWhenTheServerAsksForIt() {
        var console = new Console(Protocol.IMAP, true);
        console.sendAndWait("LOGIN alice secret");
        console.session.sendWithLiteral("APPEND INBOX",
                "Subject: from the console\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
        console.until(() -> alice().inbox().size() == 4);
        console.until(() -> console.lines.stream().anyMatch(line -> line.startsWith("S: a2 OK")));
        assertTrue(console.lines.contains("C: Subject: from the console"), console.lines::toString);
        console.session.cutTheLine("");
    }

    @Test
    void whereNobodyListensASentenceSaysSo() throws IOException {
        var address = addressNobodyListensOn();
        var console = new Console(Protocol.POP3, address, false);
        console.until(() -> console.session.state() == ConsoleSession.State.REFUSED && !console.lines.isEmpty());
        assertTrue(console.lines.getLast().contains(":" + address.getPort()), console.lines::toString);
        console.session.send("PASS secret");
        assertFalse(console.session.drain().toString().contains("PASS"));
    }

    @Test
    void aFloodWaitsInTheSocketAndNothingOfItIsLost() throws IOException {
        var count = 60_000;
        try (var flood = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var peer = flood.accept()) {
                    peer.getOutputStream().write("+OK flood\r\n".repeat(count).getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var console = new Console(Protocol.POP3, (InetSocketAddress) flood.getLocalSocketAddress(), false);
            console.until(() -> console.session.state() == ConsoleSession.State.ENDED);
            console.until(() -> console.lines.stream().filter("S: +OK flood"::equals).count() == count);
            assertTrue(console.mostAtOnce < 4_000, () -> "waiting at once: " + console.mostAtOnce);
        }
    }

    @Test
    void whatIsTypedAfterStarttlsWaitsForTls() {
        var console = new Console(Protocol.IMAP, true);
        console.session.send("STARTTLS");
        console.session.send("LOGIN alice secret");
        console.until(() -> console.phase().equals("Authenticated"));
        assertTrue(console.session.isSecure());
        assertTrue(noted(console, "-- TLSv1.3 from here on,", "that of this mail server"), console.lines::toString);
        var kinds = server.trace().events(1, 1_000).stream().map(event -> event.what().getClass()).toList();
        assertEquals(List.of("STARTTLS", "LOGIN"), server.trace().events(1, 1_000).stream()
                .filter(event -> event.what() instanceof What.Command).map(TraceEvent::command).toList());
        assertTrue(kinds.indexOf(What.TlsStarted.class) < kinds.lastIndexOf(What.Received.class), kinds::toString);
        console.sendAndWait("STARTTLS");
        assertTrue(console.lines.getLast().startsWith("S: a3 BAD"), console.lines::toString);
        console.sendAndWait("NOOP");
        console.session.cutTheLine("");
    }

    @Test
    void stlsLetsTlsBeginAndAnUnknownCertificateIsCalledSo() {
        var console = new Console(Protocol.POP3, false);
        console.sendAndWait("STLS");
        console.sendAndWait("USER alice");
        console.sendAndWait("PASS secret");
        assertEquals("Transaction", console.phase());
        assertTrue(noted(console, "from here on,", "NOT trusted"), console.lines::toString);
        console.session.cutTheLine("");
    }

    @Test
    void tlsBeginsAtOnceWhereItIsWanted() {
        var console = new Console(Protocol.IMAP, server.address("imaps"), true, true);
        console.sendAndWait("CAPABILITY");
        assertTrue(console.session.isSecure());
        assertTrue(noted(console, "-- Connected to", "that of this mail server"), console.lines::toString);
        console.session.cutTheLine("");
    }

    @Test
    void whereTlsIsNotSpokenASentenceSaysSo() {
        var console = new Console(Protocol.IMAP, server.address("imap"), false, true);
        console.until(() -> console.session.state() == ConsoleSession.State.REFUSED && !console.lines.isEmpty());
        assertTrue(console.lines.getLast().startsWith("-- TLS with "), console.lines::toString);
    }

    @Test
    void whatComesAfterTheOkWithoutTlsIsThrownAway() throws IOException {
        try (var peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = peer.accept()) {
                    socket.getOutputStream().write("* OK hello\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readNBytes("a1 STARTTLS\r\n".length());
                    socket.getOutputStream()
                            .write("a1 OK now\r\n* PREAUTH injected\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var console = new Console(Protocol.IMAP, (InetSocketAddress) peer.getLocalSocketAddress(), false);
            console.session.send("STARTTLS");
            console.until(() -> console.session.state() == ConsoleSession.State.ENDED);
            assertTrue(noted(console, "-- 20 octets", "thrown away"), console.lines::toString);
            assertFalse(console.lines.toString().contains("injected"), console.lines::toString);
        }
    }

    private static boolean noted(Console console, String start, String then) {
        return console.lines.stream().anyMatch(line -> line.contains(start) && line.contains(then));
    }

    private static InetSocketAddress addressNobodyListensOn() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) taken.getLocalSocketAddress();
        }
    }

    private Account alice() {
        return server.trace().live().server().account("alice").orElseThrow();
    }

    /** A session with what the screen would show of it. */
    private final class Console {
        final List<String> lines = new ArrayList<>();
        final List<String> phases = new ArrayList<>();
        final ConsoleSession session;
        int mostAtOnce;
        private final Semaphore news = new Semaphore(0);
        private final TracedPhase traced;
        private long seen;

        Console(Protocol protocol, boolean hasTrace) {
            this(protocol, server.address(protocol.traceName()), hasTrace);
        }

        Console(Protocol protocol, InetSocketAddress address, boolean hasTrace) {
            this(protocol, address, hasTrace, false);
        }

        Console(Protocol protocol, InetSocketAddress address, boolean hasTrace, boolean tls) {
            session = new ConsoleSession(protocol, address, hasTrace, tls, this::isOwn, news::release);
            traced = hasTrace ? new TracedPhase(protocol, server.trace()) : null;
            session.open();
            until(() -> session.state() != ConsoleSession.State.CONNECTING);
        }

        private boolean isOwn(X509Certificate certificate) {
            try {
                return traced != null && server.certificate().certificate().equals(certificate);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String phase() {
            return session.phase();
        }

        void sendAndWait(String command) {
            until(this::isAnswered);
            session.send(command);
            look();
            until(this::isAnswered);
        }

        void until(BooleanSupplier condition) {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            try {
                for (look(); !condition.getAsBoolean(); look()) {
                    assertTrue(System.nanoTime() < end, () -> "phase " + phase() + ", said so far: " + lines);
                    // The trace tells nothing by itself: it is looked at again after a while.
                    news.tryAcquire(20, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** True when all that was sent has its reply, and the server has greeted. */
        private boolean isAnswered() {
            var commands = lines.stream().filter(line -> line.startsWith("C: ")).count();
            var replies = lines.stream()
                    .filter(line -> line.matches("S: (\\+OK|-ERR|a\\d+ |\\* OK \\[CAPA).*")).count();
            return replies == commands + 1;
        }

        private void look() {
            var fresh = session.drain();
            mostAtOnce = Math.max(mostAtOnce, fresh.size());
            fresh.forEach(line -> lines.add(line.toString()));
            if (traced != null) {
                var trace = server.trace();
                var last = trace.last();
                var events = trace.events(seen + 1, 1_000);
                traced.take(new TraceFeed.Batch(trace, trace.first(), last, seen, trace.live(), events),
                        session.local());
                seen = events.isEmpty() ? seen : events.getLast().number();
                session.traced(traced.phase());
            }
            if (phases.isEmpty() || !phases.getLast().equals(phase())) {
                phases.add(phase());
            }
        }
    }
}
