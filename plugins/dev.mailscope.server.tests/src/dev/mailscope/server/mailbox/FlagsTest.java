package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void namesAreComparedWithoutCase() {
        assertEquals(Flags.of("\\seen", "WORK"), Flags.of("work", "\\SEEN"));
        assertEquals(Flags.of("\\seen", "WORK").hashCode(), Flags.of("work", "\\SEEN").hashCode());
        assertTrue(Flags.of("Work").contains("wORK"));
        assertFalse(Flags.of("Work").contains("Wor"));
    }

    @Test
    void aKeywordKeepsItsFirstSpelling() {
        assertEquals("(\\Seen Work)", Flags.of("Work").plus(Flags.of("\\Seen", "WORK")).toString());
    }

    @Test
    void plusAndMinusAreSetOperations() {
        var flags = Flags.of("\\Seen", "a", "b");
        assertEquals(List.of("\\Flagged", "\\Seen", "a", "b", "c"), flags.plus(Flags.of("c", "\\Flagged")).names());
        assertEquals(List.of("a"), flags.minus(Flags.of("B", "\\Seen", "x")).names());
        assertEquals(Flags.NONE, flags.minus(flags));
        assertTrue(flags.containsAll(Flags.of("A", "\\SEEN")));
        assertFalse(flags.containsAll(Flags.of("a", "\\Draft")));
    }

    @Test
    void recentIsNoFlagOfAMessage() {
        assertThrows(IllegalArgumentException.class, () -> Flags.of("\\Recent"));
    }
}
