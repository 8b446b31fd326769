package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;

class StopRuleCodecTest {
    private static final List<Decision> FAULTS = List.of(new Decision.Replace(Octets.of("* 9 EXISTS\r\n\t\\\u0000")),
            new Decision.Delay(Duration.ofMillis(1_500)), new Decision.Drop(), new Decision.Cut(), new Decision.Cut(7),
            new Decision.Answer("[OVERQUOTA] Full."),
            new Decision.Split(Decision.Split.IN_LITERAL, Duration.ofMillis(5)),
            new Decision.Trickle(3, Duration.ofMillis(20)));

    @Test
    void whatIsWrittenIsReadAgain() {
        var rules = new ArrayList<StopRule>();
        for (var stop : Stop.values()) {
            rules.add(new StopRule("command == 'STORE'\t\n", stop, true, Optional.empty(), false, true));
            FAULTS.stream().filter(how -> how.fits(stop)).forEach(how -> {
                rules.add(new StopRule("", stop, false, Optional.of(how), true, false));
                rules.add(new StopRule("not right (", stop, true, Optional.of(how), false, true));
            });
        }
        assertEquals(rules, StopRuleCodec.read(StopRuleCodec.write(rules)));
        assertEquals("mailscope breakpoints 1\nbefore execution\tcommand =="
                + " 'STORE'\ttrue\tdelay\t1500\t\tfalse\ttrue\n",
                StopRuleCodec.write(List.of(new StopRule("command == 'STORE'", Stop.BEFORE_EXECUTION, true,
                        Optional.of(FAULTS.get(1)), false, true))));
        assertEquals(List.of(), StopRuleCodec.read(""));
        assertEquals(List.of(), StopRuleCodec.read(StopRuleCodec.write(List.of())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nowhere\tx\ttrue\t\t\t\tfalse\ttrue | Line 3: there is no stop \"nowhere\"",
        "before parsing\tx\tyes\t\t\t\tfalse\ttrue | Line 3: \"yes\" is neither true nor false",
        "before parsing\tx\tfalse\t\t\t\tfalse\ttrue | Line 3: a breakpoint holds, a fault does something; this does"
                + " neither",
        "before parsing\tx\ttrue\texplode\t\t\tfalse\ttrue | Line 3: there is no fault \"explode\"",
        "before parsing\tx\ttrue\tdelay\tlong\t\tfalse\ttrue | Line 3: \"long\" is no number of milliseconds",
        "before parsing\tx\ttrue\tcut\t4\t\tfalse\ttrue | Line 3: a fault before parsing cannot be: the line is cut"
                + " after 4 octets",
        "before parsing\tx\ttrue\treplace\t\\\\{secret 1}\t\tfalse\ttrue | Line 3: There is no secret in what is"
                + " replaced",
        "before parsing\tx\ttrue | Line 3 must have 8 fields, separated by tabs, the first one a name." })
    void whatIsSomethingElseIsRefusedWithItsLine(String line, String message) {
        var good = "mailscope breakpoints 1\nbefore parsing\t\ttrue\t\t\t\tfalse\ttrue\n";
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> StopRuleCodec.read(good + line + "\n")).getMessage());
    }
}
