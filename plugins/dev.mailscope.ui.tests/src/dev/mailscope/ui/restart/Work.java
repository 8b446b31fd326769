package dev.mailscope.ui.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IViewPart;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.lab.run.StepState;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.ServerPorts;
import dev.mailscope.ui.lab.Labs;
import dev.mailscope.ui.lab.ShippedLabs;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;
import dev.mailscope.ui.trace.TraceView;

/** What is done in a workbench, and whether it is there in the next one. */
final class Work {
    /** The ports of IMAP and POP3, the same for all visits. */
    static final String IMAP_PORT = "mailscope.visit.imap";
    static final String POP3_PORT = "mailscope.visit.pop3";

    private static final ServerPorts PORTS = new ServerPorts(Integer.getInteger(IMAP_PORT, 0),
            Integer.getInteger(POP3_PORT, 0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    private static final Filter FILTER = Filter.ALL.withFolder("INBOX").withPhase("Selected");
    private static final StopRule FIRST = rule("command == 'SETACL'");
    private static final StopRule LATER = rule("command == 'RENAME'");
    private static final SavedFilter MINE = new SavedFilter("Mine", "command == 'FETCH'");

    private final Mailscope mailscope = Mailscope.get();
    private final Labs labs = mailscope.labs();

    /** All that is to survive, in a new workspace. */
    void begin() throws IOException {
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective(PORTS);
        layOut();
        device("Laptop").synchronise();
        var console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> console.open(Protocol.IMAP));
        say(console, "LOGIN alice secret");
        say(console, "SELECT INBOX");
        note("from the first");
        Robot.ui(() -> mailscope.debugger().setRules(List.of(FIRST)));
        openLab();
        assertTrue(predict(new Reply.Written("1")));
        synchroniseBoth();
        labs.run().orElseThrow().end();
        assertTrue(predict(new Reply.Chosen(Set.of(1))));
        labs.run().orElseThrow().hint();
    }

    /** What {@link #begin} has done. */
    void findAfterExit() throws IOException {
        findLayout();
        findLab(1);
        assertEquals(new Reply.Chosen(Set.of(1)), prediction(1), "what was predicted in the second step");
        assertEquals(1, progress(1).hints(), "the hint that was taken");
        leaveLab();
        // The view shows the server's own mail again with the next look at the trace.
        Robot.until("the folder is open", () -> openFolders().contains("Projects"));
        findOwn(3, List.of(FIRST), List.of("from the first"));
    }

    /** More is done, half a lab again. */
    void goOn() throws IOException {
        var laptop = device("Laptop");
        // The server's mail was made anew, with other UIDs.
        laptop.synchronise();
        laptop.perform(new Action.Delete("INBOX", 1));
        note("from the second");
        openLab();
        synchroniseBoth();
        labs.run().orElseThrow().device("Phone").orElseThrow().perform(new Action.Delete("INBOX", 2));
        labs.run().orElseThrow().end();
        assertTrue(predict(new Reply.Written("2")));
        Robot.ui(() -> {
            mailscope.debugger().setRules(List.of(FIRST, LATER));
            mailscope.rules().keepFilters(List.of(MINE));
        });
    }

    /** What {@link #goOn} has done, though its process was killed. */
    void findAfterKill() throws IOException {
        findLab(2);
        assertEquals(new Reply.Written("2"), prediction(2), "what was predicted in the third step");
        assertEquals(2, labs.run().orElseThrow().device("Phone").orElseThrow().copy().folder("INBOX").orElseThrow()
                .messages().size(), "what the lab's phone holds");
        leaveLab();
        assertEquals(List.of(MINE), mailscope.rules().filters(), "the saved filters");
        findOwn(2, List.of(FIRST, LATER), List.of("from the second", "from the first"));
    }

    private void layOut() {
        var trace = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.ui(() -> {
            trace.trace().filter(FILTER);
            trace.trace().turn();
            Robot.page().hideView(Robot.page().findView(Mailscope.FINDINGS_VIEW));
        });
        Robot.view(Mailscope.RECORDINGS_VIEW, IViewPart.class);
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.view(Mailscope.SERVER_VIEW, IViewPart.class);
        Robot.until("the folders are there", () -> folders().contains("Projects"));
        Robot.ui(() -> Robot.all(Tree.class).stream().flatMap(tree -> Arrays.stream(tree.getItems()))
                .flatMap(account -> Arrays.stream(account.getItems()))
                .filter(item -> item.getText().equals("Projects")).forEach(item -> {
                    var event = new Event();
                    event.item = item;
                    item.getParent().notifyListeners(SWT.Expand, event);
                    item.setExpanded(true);
                }));
    }

    private void findLayout() {
        Robot.until("the workbench has opened", () -> Robot.page() != null);
        assertEquals(Mailscope.PERSPECTIVE, Robot.ask(() -> Robot.page().getPerspective().getId()));
        for (var view : List.of(Mailscope.RECORDINGS_VIEW, Mailscope.DEVICES_VIEW, Mailscope.LAB_VIEW)) {
            assertNotNull(Robot.ask(() -> Robot.page().findViewReference(view)), view);
        }
        assertTrue(Robot.ask(() -> Robot.page().findViewReference(Mailscope.FINDINGS_VIEW) == null),
                "what was closed stays closed");
        var trace = Robot.view(Mailscope.TRACE_VIEW, TraceView.class).trace();
        assertEquals(FILTER, Robot.ask(trace::filter));
    }

    private void openLab() {
        Robot.view(Mailscope.LAB_VIEW, IViewPart.class);
        Robot.ui(() -> {
            try {
                var lab = ShippedLabs.all().stream().filter(each -> each.name().equals("imap-two-devices")).findFirst();
                labs.open(ShippedLabs.folder(lab.orElseThrow()).resolve("lab.md"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Robot.until("the lab is open", () -> labs.run().isPresent() && !labs.isBusy());
        assertEquals("", labs.problem());
    }

    private void findLab(int step) {
        Robot.until("the lab is opened again", () -> labs.run().isPresent() && !labs.isBusy());
        assertEquals("", labs.problem());
        var run = labs.run().orElseThrow();
        assertEquals(step, run.progress().current(), "the step");
        assertEquals(new Reply.Written("1"), prediction(0), "what was predicted in the first step");
        assertEquals(StepState.Stage.ENDED, progress(0).stage());
        assertTrue(progress(0).findings().stream().allMatch(finding -> finding.holds()), "what was found in it");
        for (var device : run.devices()) {
            assertFalse(device.copy().folder("INBOX").orElseThrow().messages().isEmpty(), device.name());
        }
    }

    private void leaveLab() {
        Robot.ui(labs::leaveLab);
        Robot.until("the lab is closed", () -> labs.run().isEmpty() && !labs.isBusy()
                && mailscope.server().guest().isEmpty());
    }

    private void findOwn(int mails, List<StopRule> rules, List<String> notes) throws IOException {
        var server = mailscope.server();
        Robot.until("the server runs", () -> !server.situation().endpoints().isEmpty());
        assertEquals(PORTS, Preferences.ports());
        assertEquals(PORTS.imap(), server.endpoint("imap").orElseThrow().address().getPort());
        assertEquals(rules, Robot.ask(() -> mailscope.debugger().rules().stream().map(each -> each.rule()).toList()));
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.until("the laptop is there with its mail", () -> mailscope.devices().has("Laptop"));
        var copy = mailscope.devices().all().getFirst().copy();
        assertEquals(mails, copy.folder("INBOX").orElseThrow().messages().size(), "what the laptop holds");
        var found = new ArrayList<String>();
        for (var file : recordings(server.recordingsFolder(), server.recording())) {
            try (var recording = Recording.open(file)) {
                recording.notes().forEach((event, note) -> {
                    assertNotNull(recording.event(event), () -> file + " has event " + event);
                    found.add(note.text());
                });
            }
        }
        assertEquals(notes, found);
    }

    private static List<Path> recordings(Path folder, Recording live) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.equals(live.status().file())).sorted(
                    (a, b) -> b.getFileName().compareTo(a.getFileName())).toList();
        }
    }

    /** The device of the workbench, which is made when it has none. */
    private Device device(String name) {
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.ui(() -> {
            if (!mailscope.devices().has(name)) {
                mailscope.devices().add(name, mailscope.server().accounts().getFirst(),
                        new ImapSettings(ImapSettings.Method.FULL, false));
            }
        });
        return mailscope.devices().all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }


    private void synchroniseBoth() throws IOException {
        for (var device : labs.run().orElseThrow().devices()) {
            device.synchronise();
        }
        Robot.until("the checks have been looked at", () -> !labs.isBusy());
    }

    private boolean predict(Reply reply) throws IOException {
        var run = labs.run().orElseThrow();
        var asked = run.step().orElseThrow().blocks(Block.Prediction.class).getFirst();
        run.predict(asked, reply);
        run.begin();
        return run.progress().now().stage() == StepState.Stage.WORKING;
    }

    private StepState progress(int step) {
        return labs.run().orElseThrow().progress().steps().get(step);
    }

    private Reply prediction(int step) {
        LabRun run = labs.run().orElseThrow();
        return progress(step).reply(run.lab().steps().get(step).blocks(Block.Prediction.class).getFirst());
    }

    private void note(String text) {
        var recording = mailscope.server().recording();
        Robot.caughtUp();
        Robot.ui(() -> mailscope.notebook().write(recording, recording.last(), text));
        Robot.until("it is noted", () -> recording.notes().values().stream()
                .anyMatch(note -> note.text().equals(text)));
    }

    private static void say(ConsoleView console, String line) {
        Robot.until("the server is ready", () -> console.transcript().stream().anyMatch(l -> l.startsWith("S: ")));
        var before = Robot.ask(() -> console.transcript().size());
        Robot.ui(() -> console.send(line));
        Robot.until(line + " is answered", () -> console.transcript().stream().skip(before)
                .anyMatch(said -> said.contains(" OK ")));
    }

    private static List<String> folders() {
        return Robot.all(Tree.class).stream().flatMap(tree -> Arrays.stream(tree.getItems()))
                .flatMap(account -> Arrays.stream(account.getItems())).map(item -> item.getText()).toList();
    }

    private static List<String> openFolders() {
        return Robot.all(Tree.class).stream().flatMap(tree -> Arrays.stream(tree.getItems()))
                .flatMap(account -> Arrays.stream(account.getItems())).filter(item -> item.getExpanded())
                .map(item -> item.getText()).toList();
    }

    private static StopRule rule(String condition) {
        return new StopRule(condition, Stop.BEFORE_EXECUTION, true, Optional.empty(), false, true);
    }
}
