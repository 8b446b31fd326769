package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.filter.Palette;
import dev.mailscope.ui.filter.SavedRules;

/** Colouring rules in the trace. */
class RowColoursTest {
    private TraceView view;
    private EventTable table;
    private Recording recording;
    private long session;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        recording = Mailscope.get().server().recording();
        session = 30_000 + recording.last();
        keep(SavedRules.shippedColours());
        recording.record(session, "imap", 0, "Selected", "INBOX", "STORE", new What.Command("a1"));
        recording.record(session, "imap", 0, "Selected", "INBOX", "STORE",
                new What.Response(Octets.of("a1 NO not now\r\n")));
        recording.record(session, "imap", 0, "Selected", "INBOX", "STORE", new What.Marked(1, 1, true));
        Robot.caughtUp();
        Robot.ui(() -> {
            table = Robot.only(EventTable.class);
            view.trace().filter(Filter.ALL.withSession(session));
        });
        Robot.until("the rows are there", () -> table.rows().count() == 3);
    }

    @AfterEach
    void tidyUp() {
        keep(SavedRules.shippedColours());
        Robot.ui(() -> {
            view.trace().filter(Filter.ALL);
            view.trace().follow();
        });
    }

    @Test
    void theShippedRulesColourErrorsAndChanges() {
        Robot.until("they are coloured", () -> colours().equals(Arrays.asList(null, Palette.RED, Palette.YELLOW)));
        assertTrue(Robot.ask(() -> TraceColumn.create().describe(table.rows().row(1))).endsWith("coloured as Errors"));
        assertFalse(Robot.ask(() -> TraceColumn.create().describe(table.rows().row(0))).contains("coloured"));
    }

    @Test
    void theFirstRuleThatFitsCountsAndOneThatIsSwitchedOffDoesNot() {
        keep(List.of(rule("off", "command == 'STORE'", "red", false), rule("no", "status == 'NO'", "green", true),
                rule("all", "command == 'STORE'", "blue", true)));
        Robot.until("they are coloured anew",
                () -> colours().equals(List.of(Palette.BLUE, Palette.GREEN, Palette.BLUE)));
        keep(List.of());
        Robot.until("and no longer", () -> colours().equals(Arrays.asList(null, null, null)));
    }

    @Test
    void aBadRuleIsLeftOutAndSaidOnce() {
        keep(List.of(rule("bad", "comand == 'STORE'", "red", true), rule("odd", "true", "pink", true),
                rule("none", "1 / uid > 0", "red", true), rule("good", "command == 'STORE'", "green", true)));
        Robot.until("the others colour", () -> colours().equals(List.of(Palette.GREEN, Palette.GREEN, Palette.GREEN)));
        Robot.until("something is said", () -> !notice().text().isEmpty());
        Robot.press(Robot.ask(this::notice), "Close");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session).withText("status == 'NO'")));
        Robot.until("other rows are there", () -> table.rows().count() == 1 && table.rows().row(0) != null);
        Robot.until("they are coloured too", () -> colours().equals(List.of(Palette.GREEN)));
        assertEquals("", Robot.ask(() -> notice().text()), "it is not said again");
        keep(List.of(rule("bad", "comand == 'STORE'", "red", true)));
        Robot.until("of other rules it is", 
                () -> notice().text().contains("\u201Cbad\u201D is wrong at its character 1"));
    }

    @Test
    void aRuleWithoutAnswerIsLeftOutFromThenOn() {
        keep(List.of(rule("none", "1 / size > 0", "red", true), rule("good", "true", "green", true)));
        Robot.until("the other one colours", 
                () -> colours().equals(List.of(Palette.GREEN, Palette.GREEN, Palette.GREEN)));
        Robot.until("it is said",
                () -> notice().text().contains("\u201Cnone\u201D: The expression has no answer at event"));
    }

    @Test
    void rowsLikeTheSelectedOneAreColouredByARuleBeforeAllOthers() {
        var number = recording.last() - 1;
        Robot.ui(() -> {
            Robot.page().activate(view);
            Mailscope.get().focus().selectEvent(number);
        });
        Robot.until("it is selected", () -> view.trace().selectionStart() == number);
        Robot.startCommand("dev.mailscope.ui.trace.colourLike");
        var dialog = Robot.dialog("Colouring Rule");
        assertEquals("STORE", Robot.ask(() -> Robot.all(dialog, Text.class).stream().filter(Text::getEditable)
                .findFirst().orElseThrow().getText()));
        Robot.press(dialog, "OK");
        Robot.until("the rule is kept", () -> Mailscope.get().rules().colours().getFirst().equals(
                rule("STORE", "kind == 'response' && command == 'STORE' && status == 'NO'", "blue", true)));
        Robot.until("the row is coloured", () -> colours().equals(Arrays.asList(null, Palette.BLUE, Palette.YELLOW)));
    }

    @Test
    void aColouredRowIsDrawnInItsColour() {
        Robot.until("they are coloured", () -> colours().equals(Arrays.asList(null, Palette.RED, Palette.YELLOW)));
        var drawn = Robot.ask(() -> {
            table.select(0);
            var image = new Image(table.getDisplay(), table.getSize().x, table.getSize().y);
            var gc = new GC(image);
            new EventTablePainter(table, TraceColumn.create()).paint(gc);
            gc.dispose();
            var data = image.getImageData();
            image.dispose();
            // Near the right edge of the second row there is no text.
            return data.palette.getRGB(data.getPixel(table.getClientArea().width - 3,
                    table.headerHeight() + table.rowHeight() * 3 / 2));
        });
        assertEquals(Robot.ask(() -> Palette.RED.background().getRGB()), drawn);
        assertNull(Robot.ask(() -> table.rows().row(0).colours()));
    }

    private static ColouringRule rule(String name, String expression, String colour, boolean enabled) {
        return new ColouringRule(name, expression, colour, enabled);
    }

    private static void keep(List<ColouringRule> rules) {
        Robot.ui(() -> Mailscope.get().rules().keepColours(rules));
    }

    private TraceNotice notice() {
        return Arrays.stream(view.trace().getChildren()).filter(TraceNotice.class::isInstance)
                .map(TraceNotice.class::cast).findFirst().orElseThrow();
    }

    private List<Palette> colours() {
        var found = new ArrayList<Palette>();
        for (var i = 0; i < table.rows().count(); i++) {
            var row = table.rows().row(i);
            if (row == null) {
                return List.of(); // being fetched
            }
            found.add(row.colours());
        }
        return found;
    }
}
