package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WidthsTest {
    private final Widths widths = new Widths(new int[] { 200, 100, 50 }, new int[] { 100, 80, 50 });

    @Test
    void whereThereIsRoomAllAreAsUsual() {
        widths.fit(1_000);
        assertWidths(200, 100, 50);
        widths.fit(350);
        assertWidths(200, 100, 50);
    }

    @Test
    void inANarrowRoomEachGivesWayAsFarAsItCan() {
        widths.fit(290);
        assertWidths(150, 90, 50);
        widths.fit(100);
        assertWidths(100, 80, 50);
        widths.fit(350);
        assertWidths(200, 100, 50);
    }

    @Test
    void noPixelIsTooMany() {
        for (var room = 230; room <= 350; room++) {
            widths.fit(room);
            assertTrue(widths.before(3) <= room, "in " + room);
            assertTrue(widths.before(3) > room - 3, "in " + room);
        }
    }

    @Test
    void whatTheUserHasChosenStays() {
        widths.fit(290);
        widths.choose(0, 220);
        assertWidths(220, 80, 50);
        widths.choose(2, 1);
        assertEquals(24, widths.at(2));
        var next = new Widths(new int[] { 10, 20, 30 }, new int[] { 10, 20, 30 });
        next.restore(widths.save());
        assertEquals(220, next.at(0));
        assertEquals(20, next.at(1), "what he has not chosen is not kept");
        assertEquals(24, next.at(2));
    }

    @Test
    void aLargeFontMakesAllWiderAndIsNotSaved() {
        widths.scale(2);
        assertWidths(400, 200, 100);
        widths.choose(1, 300);
        assertEquals("0,150,0", widths.save());
        widths.scale(1);
        assertWidths(200, 150, 50);
    }

    private void assertWidths(int... expected) {
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], widths.at(i), "column " + i);
        }
    }
}
