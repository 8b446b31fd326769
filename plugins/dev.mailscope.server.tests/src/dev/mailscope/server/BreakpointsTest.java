package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.expression.StopRules;
import dev.mailscope.server.hook.Breakpoint;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Stop;

/** Breakpoints and faults made of expressions, and step mode at some stops, over real connections. */
@Timeout(60)
class BreakpointsTest extends DebuggedServer {
    private StopRules rules;

    @BeforeEach
    void makeRules() {
        rules = new StopRules(debugger, server.trace());
    }

    @Test
    void anExpressionHoldsWhatFitsAndNothingElse() throws Exception {
        rules.set(List.of(holding("protocol == 'imap' && command == 'STORE' && folder == 'INBOX'")));
        var client = imap();
        client.ask("a1 SELECT INBOX");
        client.until("a1");
        client.send("a2 STORE 1 +FLAGS (\\Flagged)\r\n");
        var held = held();
        assertEquals("a2", held.passing().tag());
        assertEquals("breakpoint protocol == 'imap' && command == 'STORE' && folder == 'INBOX'", held.why());
        assertTrue(debugger.release(held, Decision.GO_ON));
        assertTrue(client.until("a2 OK").contains("Flagged"));
        assertTrue(enabled());
    }

    @Test
    void aFaultForTheNextPieceStrikesOnceAndIsDone() throws Exception {
        rules.set(List.of(rule("command == 'NOOP' && status == 'OK'", Stop.BEFORE_SENDING, false,
                new Decision.Answer("Broken."), true)));
        var client = imap();
        assertEquals("a1 NO Broken.", client.ask("a1 NOOP"));
        assertFalse(enabled());
        assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
        // What is done is set again by who wants it again.
        rules.set(List.of(rules.standings().getFirst().rule()));
        assertEquals("a3 OK NOOP completed.", client.ask("a3 NOOP"));
        rules.set(List.of(rules.standings().getFirst().rule().withEnabled(true)));
        assertEquals("a4 NO Broken.", client.ask("a4 NOOP"));
    }

    @Test
    void whatIsHeldOnceIsBrokenOnceAndNothingAfterIt() throws Exception {
        var wanted = rule("command == 'NOOP'", Stop.BEFORE_EXECUTION, true, new Decision.Answer("Broken."), true);
        rules.set(List.of(wanted));
        var client = imap();
        client.send("a1 NOOP\r\n");
        var held = held();
        assertFalse(enabled());
        // Another rule is set meanwhile: what was begun is not forgotten.
        rules.set(List.of(rules.standings().getFirst().rule(), holding("command == 'LIST'")));
        assertTrue(debugger.release(held, Decision.GO_ON));
        assertEquals("a1 NO Broken.", client.line());
        rules.set(List.of(wanted));
        client.send("a2 NOOP\r\n");
        assertTrue(debugger.release(held(), new Decision.Drop()));
        assertEquals("a3 OK NOOP completed.", client.ask("a3 NOOP"));
        // Held by something else: the fault strikes, and the next one is not held.
        rules.set(List.of(wanted));
        debugger.step(session(), Set.of(Stop.BEFORE_EXECUTION));
        client.send("a4 NOOP\r\n");
        assertEquals("step mode", held().why());
        debugger.step(session(), false);
        debugger.releaseAll();
        assertEquals("a4 NO Broken.", client.line());
        assertEquals("a5 OK NOOP completed.", client.ask("a5 NOOP"));
    }

    @Test
    void aWrongConditionIsNotUsedAndSaysWhere() throws Exception {
        rules.set(List.of(holding("comand == 'NOOP'"), holding("command == 'NOOP'").withEnabled(false)));
        assertEquals("Character 1: There is no \"comand\" here. Did you mean \"command\"?",
                rules.standings().getFirst().problem());
        assertEquals("", rules.standings().getLast().problem());
        assertEquals(List.of(), debugger.breakpoints());
        assertEquals("a1 OK NOOP completed.", imap().ask("a1 NOOP"));
    }

    @Test
    void aConditionThatFailsIsSwitchedOffAndSaysWhy() throws Exception {
        var fails = rule("1 / (size - size) == 1", Stop.BEFORE_EXECUTION, true, new Decision.Drop(), false);
        rules.set(List.of(fails));
        assertEquals("a1 OK NOOP completed.", imap().ask("a1 NOOP"));
        assertFalse(enabled());
        assertEquals("The expression has no answer at what passes before execution: / by zero.",
                rules.standings().getFirst().problem());
        rules.set(List.of(rules.standings().getFirst().rule()));
        assertEquals("The expression has no answer at what passes before execution: / by zero.",
                rules.standings().getFirst().problem());
        rules.set(List.of());
        assertEquals(List.of(), debugger.breakpoints());
        assertEquals(List.of(), debugger.faults());
    }

    @Test
    void whatIsSetByOthersStays() {
        var own = new Breakpoint("own", Stop.BEFORE_PARSING, p -> false);
        debugger.add(own);
        rules.set(List.of(holding("true")));
        assertEquals(2, debugger.breakpoints().size());
        rules.set(List.of());
        assertEquals(List.of(own), debugger.breakpoints());
    }

    // ---- step mode at some stops

    @Test
    void stepModeHoldsAtTheStopsThatAreWanted() throws Exception {
        var client = imap();
        debugger.step(session(), Set.of(Stop.BEFORE_SENDING));
        client.send("a1 NOOP\r\n");
        var held = held();
        assertEquals(Stop.BEFORE_SENDING, held.stop());
        debugger.step(session(), Set.of());
        debugger.stepAll(Set.of(Stop.BEFORE_EXECUTION));
        debugger.releaseAll();
        assertEquals("a1 OK NOOP completed.", client.line());
        client.send("a2 NOOP\r\n");
        assertEquals(Stop.BEFORE_EXECUTION, held().stop());
        debugger.stepAll(false);
        debugger.releaseAll();
        assertEquals("a2 OK NOOP completed.", client.line());
    }

    @Test
    void aPieceIsHeldByHandAndStepsFromStopToStop() throws Exception {
        var client = imap();
        debugger.holdNext(session(), true);
        client.send("a1 NOOP\r\n");
        for (var stop : Stop.values()) {
            var held = held();
            assertEquals(stop, held.stop());
            assertEquals("by hand", held.why());
            assertTrue(stop == Stop.BEFORE_SENDING ? debugger.release(held, Decision.GO_ON) : debugger.step(held));
        }
        assertEquals("a1 OK NOOP completed.", client.line());
        assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
        debugger.holdNext(session(), true);
        var number = session();
        client.close();
        await(() -> !server.trace().live().sessions().containsKey(number) && !debugger.holdsNext(number));
    }

    @Test
    void anAnswerTrickles() throws Exception {
        rules.set(List.of(rule("command == 'NOOP'", Stop.BEFORE_SENDING, false,
                new Decision.Trickle(5, Duration.ofMillis(1)), false)));
        var client = imap();
        assertEquals("a1 OK NOOP completed.", client.ask("a1 NOOP"));
        // 23 octets; the last ones are recorded once they are written.
        await(() -> sent().size() >= 5 && sent().subList(sent().size() - 5, sent().size())
                .equals(List.of("5", "5", "5", "5", "3")));
        rules.set(List.of(rule("command == 'NOOP'", Stop.BEFORE_SENDING, false,
                new Decision.Trickle(Integer.MAX_VALUE, Duration.ofDays(400_000)), false)));
        assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
        rules.set(List.of(rule("command == 'NOOP'", Stop.BEFORE_SENDING, false,
                new Decision.Trickle(4, Duration.ofDays(400_000)), false)));
        client.send("a3 NOOP\r\n");
        assertEquals("a3 O", client.octets(4));
        server.stop();
        assertNull(client.line());
    }

    // ---- tools

    private static StopRule holding(String condition) {
        return rule(condition, Stop.BEFORE_EXECUTION, true, null, false);
    }

    private static StopRule rule(String condition, Stop stop, boolean holds, Decision fault, boolean once) {
        return new StopRule(condition, stop, holds, Optional.ofNullable(fault), once, true);
    }

    private boolean enabled() {
        return rules.standings().getFirst().rule().enabled();
    }

    /** How many octets were sent at a time. */
    private List<String> sent() {
        return server.trace().events(1, Integer.MAX_VALUE).stream().map(EventText::what)
                .filter(line -> line.startsWith("sent ")).map(line -> line.split(" ")[1]).toList();
    }
}
