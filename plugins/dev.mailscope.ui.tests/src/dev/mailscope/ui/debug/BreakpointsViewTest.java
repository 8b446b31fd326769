package dev.mailscope.ui.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.IPreferenceFilter;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.core.runtime.preferences.PreferenceFilterEntry;
import org.eclipse.jface.bindings.keys.KeySequence;
import org.eclipse.jface.bindings.keys.ParseException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.keys.IBindingService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.expression.StopRuleCodec;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

/** Breakpoints and faults made, changed and taken out as a user does it, and what becomes of them over a restart. */
class BreakpointsViewTest {
    private static final String ADD = "Add Breakpoint or Fault";
    private static final StopRule NOOP = new StopRule("command == 'NOOP'", Stop.BEFORE_SENDING, false,
            Optional.of(new Decision.Answer("Broken.")), true, true);

    private LiveDebugger live;
    private StepView view;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.STEP_VIEW, StepView.class);
        live = Mailscope.get().debugger();
        Robot.until("the debugger is there", () -> live.debugger() != null);
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            live.setRules(List.of());
            live.debugger().releaseAll();
            view.showHeld();
        });
    }

    @Test
    void aBreakpointIsMadeInTheDialogAndHolds() throws Exception {
        Robot.startCommand("dev.mailscope.ui.debug.add");
        var dialog = Robot.dialog(ADD);
        write(dialog, "comand == 'NOOP'");
        assertTrue(message(dialog).startsWith("Character 1: There is no \"comand\" here. Did you mean \"command\"?"),
                () -> message(dialog));
        assertFalse(Robot.ask(() -> button(dialog, "OK").getEnabled()));
        var range = Robot.ask(() -> dialog(dialog).condition().control().getStyleRanges()[0]);
        assertEquals(List.of(0, 6, true), List.of(range.start, range.length, range.underline));
        write(dialog, "command == 'NOOP' && status == 'OK'");
        assertTrue(message(dialog).startsWith("Character 22: \"status\" has no value before execution"),
                () -> message(dialog));
        Robot.ui(() -> {
            var stop = Robot.all(dialog, Combo.class).getFirst();
            stop.select(Stop.BEFORE_SENDING.ordinal());
            stop.notifyListeners(SWT.Selection, new Event());
        });
        assertEquals(0, Robot.ask(() -> dialog(dialog).condition().control().getStyleRanges().length));
        Robot.press(dialog, "OK");
        Robot.until("it is in the table", () -> lines().equals(List.of(
                "command == 'NOOP' && status == 'OK'\tbefore sending\tholds\t")));
        try (var client = new RawClient(Mailscope.get().server().endpoint("imap").orElseThrow().address())) {
            client.line();
            client.send("a1 NOOP\r\n");
            Robot.until("it is held", () -> view.pane().held() != null);
            Robot.command("dev.mailscope.ui.debug.goOn");
            assertEquals("a1 OK NOOP completed.", client.line());
        }
    }

    @Test
    void aFaultForTheNextPieceStrikesAndIsSwitchedOff() throws Exception {
        Robot.startCommand("dev.mailscope.ui.debug.add");
        var dialog = Robot.dialog(ADD);
        write(dialog, "command == 'NOOP'");
        check(dialog, "Hold the session, until you let it go on", false);
        assertEquals("It neither holds the session nor breaks anything.", message(dialog));
        check(dialog, "Fault:", true);
        Robot.ui(() -> dialog(dialog).fault().choose(FaultKind.ANSWER));
        assertEquals("The text of the refusal is missing.", message(dialog));
        Robot.ui(() -> dialog(dialog).fault().text().setText("caf\u00E9"));
        assertEquals("The text of a refusal is one line of printable US-ASCII.", message(dialog));
        Robot.ui(() -> dialog(dialog).fault().text().setText("Broken."));
        check(dialog, "Once: the next piece that fits, and no other", true);
        Robot.press(dialog, "OK");
        Robot.until("it is in the table", () -> lines().equals(List.of(
                "command == 'NOOP'\tbefore execution\tanswered with a refusal: Broken.; once\t")));
        try (var client = new RawClient(Mailscope.get().server().endpoint("imap").orElseThrow().address())) {
            client.line();
            assertEquals("a1 NO Broken.", client.ask("a1 NOOP"));
            Robot.until("it is off", () -> lines().getFirst().endsWith("; once\toff"));
            assertEquals("a2 OK NOOP completed.", client.ask("a2 NOOP"));
            // So it stays after the next start.
            assertFalse(StopRuleCodec.read(kept()).getFirst().enabled());
            Robot.ui(() -> {
                var item = view.rules().table().getItem(0);
                item.setChecked(true);
                var event = new Event();
                event.item = item;
                event.detail = SWT.CHECK;
                view.rules().table().notifyListeners(SWT.Selection, event);
            });
            assertEquals("a3 NO Broken.", client.ask("a3 NOOP"));
        }
    }

    @Test
    void whatIsThereIsEditedAndRemovedByTheKeyboard() {
        var trickle = new StopRule("size > 3", Stop.BEFORE_SENDING, true,
                Optional.of(new Decision.Trickle(7, Duration.ofMillis(50))), false, false);
        var replace = new StopRule("", Stop.BEFORE_SENDING, false, Optional.of(new Decision.Replace(
                Octets.of("* 9 EXISTS\r\n\\Seen\r\n"))), false, false);
        for (var rule : List.of(NOOP.withEnabled(false), trickle, replace)) {
            Robot.ui(() -> live.setRules(List.of(rule)));
            Robot.until("it is there", () -> view.rules().table().getItemCount() == 1);
            Robot.ui(() -> view.rules().table().setSelection(0));
            Robot.display().asyncExec(() -> view.rules().edit());
            var dialog = Robot.dialog("Edit Breakpoint or Fault");
            Robot.press(dialog, "OK");
            Robot.until("the dialog is closed", dialog::isDisposed);
            assertEquals(List.of(rule), Robot.ask(this::rules), "what the dialog shows is what there is");
        }
        Robot.ui(() -> live.setRules(List.of(NOOP, trickle, NOOP)));
        Robot.until("they are there", () -> view.rules().table().getItemCount() == 3);
        Robot.ui(() -> view.rules().table().setSelection(new int[] { 0, 2 }));
        Robot.key(Robot.ask(() -> view.rules().table()), SWT.DEL);
        assertEquals(List.of(trickle), Robot.ask(this::rules));
    }

    @Test
    void theyAreKeptAndComeWithImportedPreferences() throws Exception {
        Robot.ui(() -> live.setRules(List.of(NOOP)));
        assertEquals(List.of(NOOP), StopRuleCodec.read(kept()));
        var service = Platform.getPreferencesService();
        var file = new ByteArrayOutputStream();
        var filter = new IPreferenceFilter[] { new Filter() };
        service.exportPreferences(service.getRootNode(), filter, file);
        assertTrue(file.toString().contains("Broken."), file::toString);
        Robot.ui(() -> live.setRules(List.of()));
        service.applyPreferences(service.readPreferences(new ByteArrayInputStream(file.toByteArray())), filter);
        Robot.until("they are used", () -> live.debugger().faults().size() == 1 && lines().size() == 1);
    }

    @Test
    void whatCannotBeReadIsSaidAndNotLost() {
        Robot.ui(() -> live.setRules(List.of(NOOP)));
        node().put("breakpoints", "mailscope breakpoints 7\nsomething\n");
        Robot.until("it is said", () -> Robot.all(view.rules(), Label.class).stream().map(Label::getText)
                .anyMatch(text -> text.equals("The breakpoints in the preferences cannot be read and are not used."
                        + " Line 1 must be \"mailscope breakpoints 1\".")));
        assertEquals(1, live.debugger().faults().size(), "those before are still used");
        Robot.ui(() -> live.setRules(List.of()));
        Robot.until("it is said no more", () -> Robot.all(view.rules(), Label.class).isEmpty());
        assertEquals("mailscope breakpoints 7\nsomething\n", node().get("breakpoints.unreadable", ""));
        node().remove("breakpoints.unreadable");
    }

    @Test
    void whatIsWrongSaysSoInTheTable() {
        Robot.ui(() -> live.setRules(List.of(new StopRule("uid == 1", Stop.BEFORE_PARSING, true, Optional.empty(),
                false, true))));
        Robot.until("it says so", () -> lines().size() == 1 && lines().getFirst().contains(
                "Character 1: \"uid\" has no value before parsing"));
    }

    @Test
    void keysGoOnFromEveryView() {
        for (var part : List.of(Mailscope.STEP_VIEW, Mailscope.TRACE_VIEW, Mailscope.SESSION_VIEW,
                Mailscope.SERVER_VIEW)) {
            Robot.view(part, IViewPart.class);
            for (var key : List.of("F8:goOn", "F6:next", "Shift+F8:goOnAll", "Ctrl+F8:stepAll", "Shift+F6:holdNext",
                    "Ctrl+Shift+B:add")) {
                Robot.until(key + " in " + part, () -> isBound(key));
            }
        }
        Robot.view(Mailscope.STEP_VIEW, StepView.class);
        Robot.until("Go On Edited", () -> isBound("Ctrl+Enter:goOnEdited") || isBound("Ctrl+CR:goOnEdited"));
    }

    // ---- tools

    private static boolean isBound(String key) {
        try {
            var match = PlatformUI.getWorkbench().getService(IBindingService.class)
                    .getPerfectMatch(KeySequence.getInstance(key.split(":")[0]));
            return match != null && match.getParameterizedCommand().getId()
                    .equals("dev.mailscope.ui.debug." + key.split(":")[1]);
        } catch (ParseException e) {
            return false;
        }
    }

    private List<String> lines() {
        return Arrays.stream(view.rules().table().getItems()).map(item -> String.join("\t", item.getText(0),
                item.getText(1), item.getText(2), item.getText(3))).toList();
    }

    private List<StopRule> rules() {
        return live.rules().stream().map(standing -> standing.rule()).toList();
    }

    private static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode(Mailscope.ID);
    }

    private static String kept() {
        return node().get("breakpoints", "");
    }

    private static RuleDialog dialog(Shell shell) {
        return (RuleDialog) shell.getData();
    }

    private static void write(Shell shell, String condition) {
        Robot.ui(() -> dialog(shell).condition().control().setText(condition));
    }

    private static String message(Shell shell) {
        return Robot.ask(() -> dialog(shell).getErrorMessage());
    }

    private static Button button(Shell shell, String name) {
        return Robot.all(shell, Button.class).stream().filter(b -> b.getText().replace("&", "").equals(name))
                .findFirst().orElseThrow();
    }

    private static void check(Shell shell, String name, boolean on) {
        Robot.ui(() -> button(shell, name).setSelection(on));
        Robot.press(shell, name);
    }

    /** What the export of these preferences chooses. */
    private static final class Filter implements IPreferenceFilter {
        @Override
        public String[] getScopes() {
            return new String[] { InstanceScope.SCOPE };
        }

        @Override
        public Map<String, PreferenceFilterEntry[]> getMapping(String scope) {
            return Map.of(Mailscope.ID, new PreferenceFilterEntry[] {
                new PreferenceFilterEntry("breakpoints") });
        }
    }
}
