package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CapturesTest {
    private static final int MIB = 1 << 20;

    private final Captures captures = new Captures();

    /** Put together, the expected line would be of 3 GiB. */
    @Test
    void anExpectedLineThatIsLongerThanTheServersIsNotPutTogether() {
        assertTrue(captures.matches("* ${long}", "* " + "x".repeat(3 * MIB)));
        assertFalse(captures.fits(Captures.checked("${long}".repeat(1_000)), "* OK"));
    }

    @Test
    void aKnownNameStandsForItsValueToTheLastOctet() {
        assertTrue(captures.matches("* ${a} ${b}", "* one two"));
        assertEquals("one two", captures.expand("${a} ${b}"));
        assertTrue(captures.fits("${a}\\x20${b}", "one two"), "as long as the line");
        assertFalse(captures.fits("${a} ${b}", "one tw"), "longer by one");
        assertTrue(captures.fits("${a}...${b}", "one, and two"));
    }
}
