package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.transcript.TestServer;

class PhaseDiagramTest {
    private final TestServer server = new TestServer();

    @BeforeEach
    void oneMessage() {
        server.account("alice", "secret");
        server.deliver("alice", "Subject: 1\r\n\r\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pop3GoesThroughFourPhases() {
        assertEquals(List.of("Connect -> Authorization []", "Authorization -> Transaction [PASS, APOP, AUTH]",
                "Authorization -> Closed [QUIT]", "Transaction -> Update [QUIT]", "Update -> Closed []"), ways("pop3"));
        var diagram = PhaseDiagram.of("pop3").orElseThrow();
        assertEquals(List.of("STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET", "NOOP"),
                diagram.phase("Transaction").orElseThrow().commands().stream().filter(PhaseDiagram.Command::isNew)
                        .map(PhaseDiagram.Command::name).toList());
        assertEquals(List.of(), diagram.phase("Update").orElseThrow().commands());
    }

    @Test
    void imapComesBackFromAFolder() {
        assertEquals(List.of("Not Authenticated -> Logout [LOGOUT]",
                "Not Authenticated -> Authenticated [AUTHENTICATE, LOGIN]", "Authenticated -> Logout [LOGOUT]",
                "Authenticated -> Selected [SELECT, EXAMINE]", "Selected -> Logout [LOGOUT]",
                "Selected -> Authenticated [CLOSE, UNSELECT]", "Logout -> Closed []"), ways("imap"));
        assertTrue(PhaseDiagram.of("smtp").isEmpty());
    }

    @Test
    void theSessionsGoAsTheTablesSay() throws IOException {
        for (var line : List.of("LOGIN alice secret", "AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==")) {
            for (var open : List.of("SELECT INBOX", "EXAMINE INBOX")) {
                for (var leave : List.of("CLOSE", "UNSELECT", "LOGOUT")) {
                    var client = server.connect("imap");
                    client.ask("a " + line);
                    client.ask("b " + open);
                    client.ask("c " + leave);
                    client.ask("d LOGOUT");
                }
            }
        }
        server.connect("imap").ask("a LOGOUT");
        for (var lines : List.of("USER alice\r\nPASS secret\r\nQUIT", "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nQUIT",
                "QUIT")) {
            server.connect("pop3").ask(lines);
        }
        for (var protocol : List.of("imap", "pop3")) {
            var diagram = PhaseDiagram.of(protocol).orElseThrow();
            var taken = steps(0, protocol);
            assertFalse(taken.isEmpty());
            taken.forEach(step -> assertTrue(step.from().isEmpty() || step.planned(), step::toString));
            // APOP needs a digest and has a test of its own; every other way the tables know has been gone.
            diagram.transitions().forEach(way -> assertTrue(taken.stream().anyMatch(step ->
                    step.from().equals(way.from()) && step.to().equals(way.to())
                            && (way.commands().isEmpty() || way.commands().contains(step.by()))), way::toString));
        }
    }

    @Test
    void thePathSaysWhichCommandMadeEachStep() throws IOException {
        var client = server.connect("imap");
        client.ask("a LOGIN alice wrong");
        client.ask("b LOGIN alice secret");
        client.ask("c SELECT INBOX");
        client.ask("d SELECT Nowhere");
        client.cut();
        assertEquals("""
                1  > Not Authenticated true
                2 Not Authenticated > Authenticated by LOGIN true
                3 Authenticated > Selected by SELECT true
                4 Selected > Authenticated by SELECT false
                5 Authenticated > Closed by the client closed the connection false""",
                steps(client.number(), "imap").stream().map(step -> step.number() + " " + step.from() + " > "
                        + step.to() + (step.number() == 1 ? "" : " by " + step.by()) + " " + step.planned())
                        .collect(Collectors.joining("\n")));
        var all = steps(client.number(), "imap");
        assertEquals(2, PhasePath.upTo(all, all.get(1).event()).size());
    }

    private List<PhasePath.Step> steps(long session, String protocol) {
        var steps = new ArrayList<PhasePath.Step>();
        var paths = new HashMap<Long, PhasePath>();
        server.recording().events(1, 10_000).stream().filter(event -> event.protocol().equals(protocol)
                && (session == 0 || event.session() == session)).forEach(event -> steps.addAll(
                        paths.computeIfAbsent(event.session(), s -> new PhasePath()).take(event)));
        return steps;
    }

    private static List<String> ways(String protocol) {
        return PhaseDiagram.of(protocol).orElseThrow().transitions().stream()
                .map(way -> way.from() + " -> " + way.to() + " " + way.commands()).toList();
    }
}
