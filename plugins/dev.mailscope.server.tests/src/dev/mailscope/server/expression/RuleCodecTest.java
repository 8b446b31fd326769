package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

class RuleCodecTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        var filters = List.of(new SavedFilter("Stores", "command == 'STORE'"), new SavedFilter("a\tb\\t\r\n", "x\n\\"),
                new SavedFilter("plain", ""));
        assertEquals(filters, RuleCodec.readFilters(RuleCodec.writeFilters(filters)));
        var rules = List.of(new ColouringRule("Errors", "status == 'BAD'", "red", true),
                new ColouringRule("Idle", "command == 'IDLE'", "grey", false));
        assertEquals(rules, RuleCodec.readColours(RuleCodec.writeColours(rules)));
        assertEquals("mailscope colours 1\nErrors\tstatus == 'BAD'\tred\ttrue\n",
                RuleCodec.writeColours(rules.subList(0, 1)));
        assertEquals(List.of(), RuleCodec.readFilters(""));
        assertEquals(List.of(), RuleCodec.readColours(RuleCodec.writeColours(List.of())));
    }

    @Test
    void whatIsSomethingElseIsRefusedWithItsLine() {
        for (var text : List.of("x", "mailscope filters 2\na\tb\n", "mailscope colours 1\n")) {
            assertEquals("Line 1 must be \"mailscope filters 1\".", message(text));
        }
        assertEquals("Line 2 must have 2 fields, separated by tabs, the first one a name.",
                message("mailscope filters 1\nonly\n"));
        assertEquals("Line 3 must have 2 fields, separated by tabs, the first one a name.",
                message("mailscope filters 1\na\tb\n \tb\n"));
        assertEquals("Line 2 has a backslash before something that needs none.",
                message("mailscope filters 1\na\tb\\\n"));
        assertEquals("Line 2 says \"maybe\", which is neither true nor false.",
                assertThrows(IllegalArgumentException.class,
                        () -> RuleCodec.readColours("mailscope colours 1\na\tb\tred\tmaybe\n")).getMessage());
        assertEquals("Line 3 names no colour.", assertThrows(IllegalArgumentException.class,
                () -> RuleCodec.readColours("mailscope colours 1\na\tb\tred\ttrue\na\tb\t\ttrue\n")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SavedFilter(" ", "x"));
        assertThrows(IllegalArgumentException.class, () -> new ColouringRule("x", "x", "", true));
    }

    private static String message(String text) {
        return assertThrows(IllegalArgumentException.class, () -> RuleCodec.readFilters(text)).getMessage();
    }
}
