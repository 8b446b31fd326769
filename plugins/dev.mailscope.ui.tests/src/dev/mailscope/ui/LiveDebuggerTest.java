package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.expression.StopRuleCodec;
import dev.mailscope.server.hook.Stop;

/** Breakpoints over a restart of the workbench. */
class LiveDebuggerTest {
    private static final StopRule STORE = new StopRule("command == 'STORE'", Stop.BEFORE_EXECUTION, true,
            Optional.empty(), false, true);

    private final String before = Preferences.breakpoints();

    @AfterEach
    void restore() {
        Preferences.setBreakpoints(before);
    }

    @Test
    void whatIsKeptIsSetBeforeTheServerListens() throws Exception {
        Preferences.setBreakpoints(StopRuleCodec.write(List.of(STORE, STORE.withEnabled(false))));
        var live = new LiveDebugger();
        assertEquals(List.of(STORE, STORE.withEnabled(false)), rules(live), "they can be edited without a server");
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            live.attach(server);
            assertFalse(server.isRunning());
            assertEquals(1, server.debugger().breakpoints().size());
            assertEquals(List.of(STORE, STORE.withEnabled(false)), rules(live));
        }
    }

    @Test
    void whatIsSetBeforeTheServerIsMadeIsUsedThen() throws Exception {
        Preferences.setBreakpoints("");
        var live = new LiveDebugger();
        Robot.ui(() -> live.setRules(List.of(STORE)));
        try (var server = MailServer.open(ServerConfig.sample().withPorts(0, 0))) {
            live.attach(server);
            assertEquals(1, server.debugger().breakpoints().size());
        }
        assertEquals(List.of(STORE), StopRuleCodec.read(Preferences.breakpoints()));
    }

    private static List<StopRule> rules(LiveDebugger live) {
        return live.rules().stream().map(standing -> standing.rule()).toList();
    }
}
