package dev.mailscope.ui.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ST;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.filter.SavedRules;

/** The filter of the trace: its field, its menu, and what the context menu filters by. */
class TraceFilterTest {
    private TraceView view;
    private EventTable table;
    private FilterBar bar;
    private Recording recording;
    private long session;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        recording = Mailscope.get().server().recording();
        session = 20_000 + recording.last();
        Robot.ui(() -> {
            reset();
            table = Robot.only(EventTable.class);
            bar = Robot.only(FilterBar.class);
        });
    }

    @AfterEach
    void tidyUp() {
        Robot.ui(this::reset);
        Mailscope.get().rules().keepFilters(SavedRules.shippedFilters());
    }

    private void reset() {
        view.trace().filter(Filter.ALL);
        view.trace().group(TracePane.Grouped.NONE);
        view.trace().follow();
    }

    @Test
    void aWrongExpressionIsUnderlinedAndSaidAndTheLastRightOneGoesOn() {
        commands("STORE", "FETCH", "STORE");
        type("session == " + session + " && command == 'STORE'");
        Robot.until("two fit", () -> table.rows().count() == 2);
        type("session == " + session + " && comand == 'STORE'");
        Robot.until("it is said where it is wrong", () -> bar.problem().contains("character "
                + (16 + Long.toString(session).length()) + ":"));
        assertTrue(Robot.ask(bar::problem).contains("Did you mean \"command\"?"), Robot.ask(bar::problem));
        var underlined = Robot.ask(() -> bar.field().control().getStyleRanges());
        assertEquals(1, underlined.length);
        assertEquals("comand", Robot.ask(() -> bar.field().text()).substring(underlined[0].start,
                underlined[0].start + underlined[0].length));
        assertEquals(2, Robot.ask(() -> table.rows().count()), "the trace is filtered as before");
        type("session == " + session + " && command == 'FETCH'");
        Robot.until("it is right again", () -> bar.problem().isEmpty() && table.rows().count() == 1);
        assertEquals(0, Robot.ask(() -> bar.field().control().getStyleRanges()).length);
    }

    @Test
    void plainWordsGoOnWorkingAndOnEnterAtOnce() {
        recording.record(0, "", 0, "", "", "", new What.Remark("pin " + session));
        Robot.caughtUp();
        Robot.ui(() -> {
            bar.field().setText("PIN " + session);
            verifyKey(SWT.CR);
            assertEquals("PIN " + session, view.trace().filter().text());
        });
        Robot.until("one fits", () -> table.rows().count() == 1);
        assertEquals("", Robot.ask(bar::problem));
        assertEquals("PIN " + session, Mailscope.get().rules().recent().getFirst());
        for (var kept : List.of(SavedRules.FILTERS, SavedRules.COLOURS)) {
            assertFalse(Mailscope.get().getPreferenceStore().getString(kept).contains("PIN"), "which is kept nowhere");
        }
    }

    @Test
    void valuesThatHaveOccurredAreProposed() {
        recording.record(session, "imap", 0, "Selected", "Zebra/" + session, "NOOP", new What.Command("a1"));
        Robot.caughtUp();
        Robot.ui(() -> {
            bar.setFocus();
            bar.field().setText("folder == 'Zeb");
            key(SWT.CTRL, ' ');
        });
        Robot.until("the folder is proposed", () -> proposals().contains("'Zebra/" + session + "'"));
        Robot.ui(() -> key(0, SWT.CR));
        Robot.until("it is taken", () -> bar.field().text().equals("folder == 'Zebra/" + session + "'"));
        Robot.until("and filtered by", () -> table.rows().count() == 1);
    }

    @Test
    void theContextMenuFiltersOnAndOutWhatIsSelected() {
        var numbers = commands("STORE", "FETCH", "NOOP");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session)));
        Robot.until("its events are there", () -> table.rows().count() == 3);
        select(numbers[0]);
        assertEquals(List.of("Session IMAP " + session, "Command STORE", "Folder INBOX", "Kind command"),
                Robot.ask(() -> texts(submenu("Filter On"))));
        Robot.ui(() -> choose(submenu("Filter Out"), "Command STORE"));
        Robot.until("it is out", () -> table.rows().count() == 2);
        assertEquals("command != 'STORE'", Robot.ask(() -> bar.field().text()));
        select(numbers[1]);
        Robot.ui(() -> choose(submenu("Filter On"), "Command FETCH"));
        Robot.until("it is on", () -> table.rows().count() == 1);
        assertEquals("command != 'STORE' && command == 'FETCH'", Robot.ask(() -> bar.field().text()));
        Robot.ui(() -> {
            view.trace().filter(Filter.ALL);
        });
        select(numbers[2]);
        Robot.ui(() -> choose(submenu("Filter On"), "Session IMAP " + session));
        Robot.until("only the session", () -> table.rows().count() == 3);
    }

    @Test
    void whatCameBeforeALoginComesWithItAtItsPlace() {
        var other = session + 1;
        var user = "late-" + session;
        type("user == '" + user + "'");
        var first = record(session, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        var second = record(other, "Not Authenticated", new What.Connected("127.0.0.2:2", "127.0.0.1:1143"));
        Robot.caughtUp();
        Robot.until("none fits yet", () -> table.rows().count() == 0);
        var third = record(other, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", user));
        Robot.until("the other session is there", () -> numbers().equals(List.of(second, third)));
        var fourth = record(session, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", user));
        Robot.until("this one too, in order", () -> numbers().equals(List.of(first, second, third, fourth)));
        record(session, "Authenticated", new What.Closed("over"));
        record(other, "Authenticated", new What.Closed("over"));
        Robot.until("and their ends", () -> table.rows().count() == 6);
    }

    @Test
    void whatTurnsOutToBeAnothersGoesAndTheSelectionStays() {
        var other = session + 1;
        var user = "late-" + session;
        type("user != '" + user + "' && (session == " + session + " || session == " + other + ")");
        var first = record(session, "Not Authenticated", new What.Connected("127.0.0.2:1", "127.0.0.1:1143"));
        var second = record(other, "Not Authenticated", new What.Connected("127.0.0.2:2", "127.0.0.1:1143"));
        var third = record(session, "Not Authenticated", new What.Remark("of the one who stays"));
        Robot.until("nobody knows whose they are", () -> numbers().equals(List.of(first, second, third)));
        select(third);
        record(other, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", user));
        Robot.until("one is the user's", () -> numbers().equals(List.of(first, third)));
        assertEquals(1, Robot.ask(table::selection), "the same event is selected");
        select(first);
        record(session, "Authenticated", new What.PhaseChanged("Not Authenticated", "Authenticated", user));
        Robot.until("both are", () -> table.rows().count() == 0);
        assertEquals(-1, Robot.ask(table::selection));
        record(session, "Authenticated", new What.Closed("over"));
        record(other, "Authenticated", new What.Closed("over"));
    }

    private long record(long of, String phase, What what) {
        return recording.record(of, "imap", 0, phase, "", "", what);
    }

    private List<Long> numbers() {
        return Robot.ask(() -> IntStream.range(0, table.rows().count()).mapToObj(table.rows()::row)
                .map(row -> row == null ? 0 : row.number()).toList());
    }

    @Test
    void oneButtonShowsOnlyChangesAndAllAgain() {
        recording.record(session, "pop3", 0, "Transaction", "INBOX", "DELE", new What.Marked(3, 3, true));
        var numbers = commands("STORE");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session)));
        Robot.until("both are there", () -> table.rows().count() == 2);
        var button = Robot.ask(() -> Robot.all(bar, Button.class).stream()
                .filter(b -> b.getText().equals("Only Changes")).findFirst().orElseThrow());
        Robot.press(bar, "Only Changes");
        Robot.until("the mark is left", () -> table.rows().count() == 1);
        assertTrue(Robot.ask(button::getSelection));
        assertEquals(FilterBar.CHANGES, Robot.ask(() -> bar.field().text()));
        Robot.press(bar, "Only Changes");
        Robot.until("all are back", () -> table.rows().count() == 2);
        assertFalse(Robot.ask(button::getSelection));
        Robot.ui(() -> view.trace().filter(Filter.ALL));
        select(numbers[0]);
        Robot.press(bar, "Only This Session");
        Robot.until("the session's are left", () -> table.rows().count() == 2);
        Robot.press(bar, "Only This Session");
        Robot.until("all are back", () -> table.rows().count() > 2);
    }

    @Test
    void oneSessionAloneIsThatOfTheEventSelectedLastThoughItsMomentIsNotThereYet() {
        var other = record(session + 1, "Selected", new What.Remark("of another session"));
        var numbers = commands("STORE", "FETCH");
        select(other);
        Robot.until("its session is selected", () -> Mailscope.get().focus().session() == session + 1);
        // A moment comes to the UI thread, which has no time for it meanwhile.
        Robot.ui(() -> {
            Mailscope.get().focus().selectEvent(numbers[0]);
            Robot.press(bar, "Only This Session");
            assertEquals(Filter.ALL.withSession(session), view.trace().filter());
        });
        Robot.until("the session's are left", () -> table.rows().count() == 2);
        select(numbers[1]);
        Robot.ui(() -> {
            Mailscope.get().focus().selectEvent(other);
            Robot.command("dev.mailscope.ui.trace.session");
            assertEquals(Filter.ALL.withSession(session + 1), view.trace().filter());
        });
        Robot.until("the other's is left", () -> table.rows().count() == 1);
    }

    @Test
    void aFilterIsSavedWithAllItAsksForAndChosenFromTheMenu() {
        commands("STORE", "FETCH");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session).withText("command == 'STORE'")));
        Robot.until("one fits", () -> table.rows().count() == 1);
        Robot.startCommand("dev.mailscope.ui.trace.saveFilter");
        var dialog = Robot.dialog("Saved Filter");
        Robot.ui(() -> Robot.all(dialog, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow()
                .setText("Mine & yours"));
        Robot.press(dialog, "OK");
        Robot.until("the dialog is closed", dialog::isDisposed);
        assertEquals("session == " + session + " && command == 'STORE'",
                Mailscope.get().rules().filters().getLast().expression());
        Robot.ui(() -> view.trace().filter(Filter.ALL));
        Robot.until("all are there", () -> table.rows().count() > 1);
        Robot.ui(() -> {
            var menu = bar.menu().create(true);
            choose(menu, "Mine && yours");
            menu.dispose();
        });
        Robot.until("one fits again", () -> table.rows().count() == 1);
    }

    @Test
    void whatTakesTooLongIsStoppedAndGoesOn() {
        // A regular expression that looks at each character very often: it has some seconds for the event.
        recording.record(session, "imap", 0, "Selected", "INBOX", "NOOP", new What.Received(
                Octets.of("a".repeat(20_000) + "\r\n")));
        recording.record(session, "imap", 0, "Selected", "INBOX", "NOOP", new What.Command("aaa"));
        Robot.caughtUp();
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session)
                .withText("text =~ '^(a+a+)+y' || kind == 'command'")));
        Robot.until("it can be stopped", () -> button("Stop"));
        assertEquals(Messages.table_filtering, Robot.ask(table::emptyText));
        Robot.press(view.trace(), "Stop");
        Robot.until("it says so", () -> strip().contains("the filter was stopped at"));
        assertTrue(Robot.ask(() -> button("Go On")));
        assertEquals(Messages.table_stopped, Robot.ask(table::emptyText));
        Robot.press(view.trace(), "Go On");
        Robot.until("it goes on, and can be stopped again", () -> button("Stop"));
        Robot.ui(() -> view.trace().filter(Filter.ALL));
        Robot.until("nothing is left of it", () -> !button("Stop") && !button("Go On")
                && table.rows().count() == recording.last() - recording.first() + 1);
    }

    @Test
    void whereAnExpressionHasNoAnswerIsSaidAndWhatCameBeforeStays() {
        var numbers = commands("STORE", "STORE", "STORE");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session)
                .withText("1 / (" + numbers[2] + " - number) > -1")));
        Robot.until("it is said", () -> strip().contains("has no answer at event " + numbers[2]));
        Robot.until("two were before it", () -> table.rows().count() == 2);
    }

    @Test
    void theFilterStaysWhileAnotherSourceIsLookedAt() {
        commands("STORE", "FETCH");
        Robot.ui(() -> view.trace().filter(Filter.ALL.withSession(session).withText("command == 'STORE'")));
        Robot.until("one fits", () -> table.rows().count() == 1);
        Robot.command("dev.mailscope.ui.fork");
        Robot.until("the fork is shown", () -> Mailscope.get().focus().source().name().startsWith("Fork"));
        try {
            assertTrue(Robot.ask(() -> ((TraceHost) Robot.page().getActiveEditor()).trace().filter().isAll()));
        } finally {
            Robot.ui(() -> Robot.page().closeAllEditors(false));
        }
        Robot.ui(() -> Robot.page().activate(view));
        commands("STORE");
        Robot.until("it goes on as before", () -> table.rows().count() == 2);
    }

    private long[] commands(String... commands) {
        var numbers = Arrays.stream(commands).mapToLong(command -> recording.record(session, "imap", 0, "Selected",
                "INBOX", command, new What.Command("a1"))).toArray();
        Robot.caughtUp();
        return numbers;
    }

    private void type(String text) {
        Robot.ui(() -> bar.field().setText(text));
    }

    private void select(long event) {
        Robot.ui(() -> {
            Robot.page().activate(view);
            Mailscope.get().focus().selectEvent(event);
        });
        Robot.until("it is selected", () -> Mailscope.get().focus().moment().number() == event
                && view.trace().selectionStart() == event);
    }

    private void key(int mask, int code) {
        var event = new Event();
        event.stateMask = mask;
        event.keyCode = code;
        event.character = (char) code;
        event.doit = true;
        bar.field().control().notifyListeners(SWT.KeyDown, event);
    }

    private void verifyKey(int code) {
        var event = new Event();
        event.keyCode = code;
        event.character = (char) code;
        bar.field().control().notifyListeners(ST.VerifyKey, event);
    }

    private static List<String> proposals() {
        return Arrays.stream(Robot.display().getShells()).filter(s -> s.isVisible() && s.getText().isEmpty())
                .flatMap(s -> Robot.all(s, Table.class).stream()).flatMap(t -> Arrays.stream(t.getItems()))
                .map(TableItem::getText).toList();
    }

    private Menu submenu(String name) {
        var menu = table.getMenu();
        menu.notifyListeners(SWT.Show, new Event());
        var sub = item(menu, name).getMenu();
        sub.notifyListeners(SWT.Show, new Event());
        return sub;
    }

    private static List<String> texts(Menu menu) {
        return Arrays.stream(menu.getItems()).map(MenuItem::getText).toList();
    }

    private static void choose(Menu menu, String text) {
        item(menu, text).notifyListeners(SWT.Selection, new Event());
    }

    private static MenuItem item(Menu menu, String text) {
        return Arrays.stream(menu.getItems()).filter(i -> i.getText().replaceAll("\t.*", "").equals(text)).findFirst()
                .orElseThrow(() -> new AssertionError(text + " is not among " + texts(menu)));
    }

    private boolean button(String text) {
        return Robot.all(view.trace(), Button.class).stream().anyMatch(b -> b.getText().equals(text));
    }

    private String strip() {
        return Robot.all(Robot.all(view.trace(), StatusStrip.class).getFirst(), Label.class).getFirst().getText();
    }
}
