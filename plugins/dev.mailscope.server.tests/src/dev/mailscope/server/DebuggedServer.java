package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.hook.Breakpoint;
import dev.mailscope.server.hook.Debugger;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Fault;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** A server whose sessions are held, changed and broken, and clients of it over real connections. */
abstract class DebuggedServer {
    /** Its clients, in the order in which they connected; closed at the end. */
    final List<WireClient> clients = new ArrayList<>();
    private final Semaphore changes = new Semaphore(0);
    /** The server, which runs. */
    MailServer server;
    /** Its debugger. */
    Debugger debugger;

    @BeforeEach
    void start() throws IOException {
        start(Limits.DEFAULT);
    }

    /** Starts it again, with these limits. */
    void start(Limits limits) throws IOException {
        start(ServerConfig.sample().withPorts(0, 0).withLimits(limits));
    }

    /** Starts it again, set up so. */
    void start(ServerConfig config) throws IOException {
        if (server != null) {
            server.close();
        }
        server = MailServer.open(config);
        server.start();
        debugger = server.debugger();
        debugger.listen(changes::release);
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.close();
        assertEquals(List.of(), debugger.held());
    }

    WireClient connect(String protocol) throws IOException {
        var client = WireClient.connect(server.address(protocol));
        clients.add(client);
        return client;
    }

    /** A client of IMAP that has logged in. */
    WireClient imap() throws IOException {
        var client = connect("imap");
        client.line();
        client.ask("l LOGIN alice secret");
        return client;
    }

    Breakpoint breakAt(Stop stop, String command) {
        var point = new Breakpoint(command, stop, is(command));
        debugger.add(point);
        return point;
    }

    void fault(Stop stop, String command, Decision how) {
        debugger.add(new Fault("test", stop, is(command), how, true));
    }

    static Predicate<Passing> is(String command) {
        return passing -> passing.command().equals(command);
    }

    static Decision replace(String octets) {
        return new Decision.Replace(Octets.of(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The one session that is held, once one is. */
    Held held() throws InterruptedException {
        await(() -> debugger.held().size() == 1);
        return debugger.held().getFirst();
    }

    void goOn(Held held, Decision decision) {
        assertTrue(debugger.release(held, decision));
    }

    /** Asks again whenever something has changed with the debugger, or now and then. */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            changes.tryAcquire(20, TimeUnit.MILLISECONDS);
        }
    }

    /** The newest session's number. */
    long session() {
        return server.trace().live().sessions().lastKey();
    }

    boolean hasFolder(String name) {
        return server.trace().live().server().account("alice").orElseThrow().folder(name).isPresent();
    }

    /** What happened from the last event on that begins so, in words. */
    List<String> since(String start) {
        var all = server.trace().events(1, Integer.MAX_VALUE).stream().map(EventText::what).toList();
        for (var i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).startsWith(start)) {
                return all.subList(i, all.size());
            }
        }
        return List.of();
    }

    TraceEvent find(Class<? extends What> kind) {
        return server.trace().events(1, Integer.MAX_VALUE).stream().filter(event -> kind.isInstance(event.what()))
                .reduce((a, b) -> b).orElseThrow();
    }

    /** How the newest session has ended, once it has. */
    String closed() throws InterruptedException {
        var all = server.trace().events(1, Integer.MAX_VALUE);
        var newest = all.stream().mapToLong(TraceEvent::session).max().orElseThrow();
        await(() -> !server.trace().live().sessions().containsKey(newest));
        var end = find(What.Closed.class);
        assertEquals(newest, end.session());
        return EventText.what(end);
    }
}
