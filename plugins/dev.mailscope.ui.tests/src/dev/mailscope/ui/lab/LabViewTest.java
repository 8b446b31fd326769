package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;

/** A student works through a lab in a real window. */
class LabViewTest {
    private static final String COVERED = "2 checks, shown once you have answered. ";

    @TempDir
    private Path folder;
    private final LabBench bench = new LabBench();
    private final Labs labs = Mailscope.get().labs();
    private LabView view;

    @BeforeEach
    void open() throws IOException {
        view = bench.open(folder);
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.view(Mailscope.LAB_VIEW, LabView.class);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStudentWorksThroughALab() throws Exception {
        begin();
        var own = Mailscope.get().server().ownRecording();
        var before = own.last();
        assertFalse(Robot.ask(() -> button("Next Step").isEnabled()), "a prediction comes first");
        assertTrue(Robot.ask(() -> says("2 checks, shown once you have predicted.")));
        assertEquals(List.of(), Robot.ask(this::shownChecks), "they would say what will happen");
        LabPictures.picture("lab-covered");
        Robot.ui(() -> only(Text.class, 0).setText("0"));
        press("Predict");
        Robot.until("the step has begun", () -> button("Next Step").isEnabled());
        press("Hint");
        Robot.until("the hint is there", () -> view.step().texts().getLast().words().contains("Laptop"));
        LabPictures.picture("lab-working");
        assertTrue(Robot.ask(() -> says(COVERED + "None holds so far.")));
        press("Synchronise");
        Robot.until("both checks hold", () -> says(COVERED + "2 hold so far."));
        assertEquals(List.of(), Robot.ask(this::shownChecks), "a question is open");
        assertEquals(before, own.last(), "nothing has happened to the workbench's own server");
        // The proof: the views show the event.
        var proof = labs.run().orElseThrow().progress().now().findings().getLast().event();
        Robot.ui(() -> Mailscope.get().focus().selectEvent(proof));
        Robot.until("the event is shown", () -> Mailscope.get().focus().selected() != null
                && Mailscope.get().focus().selected().number() == proof);
        Robot.ui(() -> Mailscope.get().focus().goLive());
        Robot.ui(() -> choice("on the laptop").setSelection(true));
        press("Answer");
        Robot.until("it was right", () -> says("Right."));
        Robot.until("the checks are shown", () -> shownChecks().equals(List.of("The laptop has it",
                "The server has nothing")));
        assertTrue(Robot.ask(() -> view.step().checks().stream()
                .allMatch(check -> check.words().startsWith("Holds, since event"))));
        press("Next Step");
        Robot.until("the prediction was right", () -> says("As you have predicted: 0"));
        LabPictures.picture("lab-compared");
        assertEquals(List.of("1. Fetch it with the laptop: done, 4 of 4", "2. In your own words: now, 0 of 3"),
                Robot.ask(this::steps));
        press("Go On");
        Robot.until("the second step", () -> view.step().index() == 1);
        console();
        Robot.until("the check holds", () -> says("1 check, shown once you have answered. 1 holds so far."));
        Robot.ui(() -> only(Text.class, 0).setText(" quit "));
        press("Answer");
        Robot.until("it was right", () -> says("Right."));
        order("Authorization", "Transaction", "Update");
        LabPictures.picture("lab-order");
        press("Answer");
        Robot.until("both were right", () -> Robot.all(Label.class).stream()
                .filter(label -> label.getText().equals("Right.")).count() == 2);
        press("Finish");
        Robot.until("all is done", () -> says("All steps done \u00B7 7 of 7 points"));
        LabPictures.picture("lab-finished");
        var result = folder.resolve("result.mailresult");
        var job = new LabResultExport(labs.run().orElseThrow(), "Anna", result,
                Robot.ask(() -> Robot.window().getShell()));
        job.schedule();
        Robot.press(Robot.dialog("Export Result"), "OK");
        assertTrue(job.join(20_000, null) && job.getResult().isOK());
        try (var zip = new ZipFile(result.toFile())) {
            assertEquals(Set.of("lab.md", "result.json", "part-1.mailtrace"), zip.stream().map(ZipEntry::getName)
                    .collect(Collectors.toSet()));
        }
    }

    @Test
    void aHalfDoneLabSurvivesTheWorkbench() throws Exception {
        begin();
        Robot.ui(() -> only(Text.class, 0).setText("5"));
        press("Predict");
        Robot.until("the step has begun", () -> button("Next Step").isEnabled());
        press("Synchronise");
        Robot.until("the checks hold", () -> says(COVERED + "2 hold so far."));
        press("Next Step");
        confirm("Lab");
        Robot.until("what was not answered covers nothing any more", () -> shownChecks().size() == 2);
        Robot.until("the prediction was wrong", () -> says("Another thing has happened than you have predicted: 0"));
        var home = labs.run().orElseThrow().folder().getParent();
        var node = InstanceScope.INSTANCE.getNode(Mailscope.ID);
        var last = node.get("lab.open", "");
        assertEquals(bench.file().toString(), last);
        Robot.ui(labs::leaveLab);
        Robot.until("it is closed", () -> labs.run().isEmpty() && !labs.isBusy());
        node.put("lab.open", last);
        // At the next beginning of the workbench, at its end, and at the beginning after that.
        for (var beginning = 1; beginning <= 2; beginning++) {
            var again = new Labs(home, Mailscope.get().server(), Mailscope.get().devices());
            Robot.ui(again::restore);
            Robot.until("it is open again", () -> again.run().isPresent() && !again.isBusy());
            var progress = again.run().orElseThrow().progress();
            assertEquals(1, progress.current());
            assertEquals(2, progress.points(again.run().orElseThrow().lab()));
            if (beginning == 1) {
                Robot.ui(() -> {
                    again.close();
                    Mailscope.get().server().host(null); // which would have ended too
                });
            } else {
                Robot.ui(again::leaveLab);
                Robot.until("it is closed", () -> again.run().isEmpty() && !again.isBusy());
            }
        }
    }

    @Test
    void aStepIsRetriedFromHowItBegan() throws Exception {
        begin();
        Robot.ui(() -> only(Text.class, 0).setText("0"));
        press("Predict");
        Robot.until("the step has begun", () -> button("Next Step").isEnabled());
        press("Synchronise");
        Robot.until("both checks hold", () -> says(COVERED + "2 hold so far."));
        var first = Mailscope.get().server().recording();
        press("Retry Step\u2026");
        confirm("Lab");
        Robot.until("another server", () -> Mailscope.get().server().recording() != first && !labs.isBusy());
        Robot.until("nothing holds", () -> says(COVERED + "None holds so far."));
        Robot.caughtUp();
        assertEquals(1, Mailscope.get().focus().moment().server().account("bob").orElseThrow().folder("INBOX")
                .orElseThrow().size());
        press("Synchronise");
        Robot.until("both checks hold again", () -> says(COVERED + "2 hold so far."));
    }

    @Test
    void allOfItCanBeReadInALargeFontAndANarrowPane() throws Exception {
        begin();
        var fonts = JFaceResources.getFontRegistry();
        var before = Robot.ask(() -> fonts.getFontData(ViewFont.TABLES));
        try {
            var height = 2 * before[0].getHeight();
            var large = new FontData(before[0].getName(), height, SWT.NORMAL);
            Robot.ui(() -> fonts.put(ViewFont.TABLES, new FontData[] {large}));
            Robot.until("the texts have it", () -> view.step().texts().stream()
                    .allMatch(text -> text.control().getFont().getFontData()[0].getHeight() == height));
            LabPictures.picture("lab-large");
            Robot.until("nothing is wider than the pane and no text is cut",
                    () -> view.step().texts().stream().map(MarkdownText::control).allMatch(LabViewTest::isWhole));
            Robot.until("no label, link or button is cut", () -> cut().isEmpty());
            Robot.ui(() -> only(Text.class, 0).setText("0"));
            press("Predict");
            Robot.until("the step has begun", () -> button("Next Step").isEnabled());
            Robot.ui(() -> choice("on the laptop").setSelection(true));
            press("Answer");
            Robot.until("the checks are shown", () -> shownChecks().size() == 2);
            Robot.until("and they are not cut either", () -> cut().isEmpty());
        } finally {
            Robot.ui(() -> fonts.put(ViewFont.TABLES, before));
        }
    }

    @Test
    void theMenuListsTheLabsThatComeWithIt() {
        var entries = Robot.ask(() -> ShippedLabs.all().size());
        assertTrue(entries >= 8, entries + " labs");
        for (var lab : ShippedLabs.all()) {
            Robot.ui(() -> lab.open(labs));
            Robot.until(lab.title() + " is open: " + labs.problem(), () -> labs.run().isPresent() && !labs.isBusy()
                    && labs.run().get().lab().title().equals(lab.title()));
        }
    }

    @Test
    void theListSaysWhichLabsAreBegun() throws Exception {
        var lab = ShippedLabs.all().getFirst();
        forget(lab);
        begin();
        Robot.ui(labs::leaveLab);
        Robot.until("the list is there, and it is not begun", () -> isListed(lab.title()));
        Robot.ui(() -> lab.open(labs));
        Robot.until("it is open", () -> labs.run().isPresent() && !labs.isBusy());
        Robot.ui(labs::leaveLab);
        Robot.until("it is begun", () -> isListed(lab.title() + " (begun)"));
        LabPictures.picture("lab-begun");
        assertFalse(Robot.ask(() -> isListed(lab.title())));
        forget(lab);
        begin();
        Robot.ui(labs::leaveLab);
        Robot.until("nothing of it is kept", () -> isListed(lab.title()));
    }

    @Test
    void aLabThatCannotBeReadIsRefusedWithItsLines() throws Exception {
        var wrong = folder.resolve("wrong.lab.md");
        Files.writeString(wrong, "# Wrong\n\n## Step\n\n```check\nIt is: messages('bob' == 0\n```\n");
        Robot.ui(() -> labs.open(wrong));
        Robot.until("it says where", () -> Robot.all(Label.class).stream()
                .anyMatch(label -> label.getText().contains("line 6, column ")));
        LabPictures.picture("lab-wrong");
        assertTrue(Mailscope.get().server().guest().isEmpty());
        Files.writeString(wrong, LabBench.TEXT);
        press("Try Again");
        Robot.until("it is open", () -> view.step() != null && labs.run().isPresent());
    }

    private void begin() {
        bench.begin();
        Robot.until("the views show its server", () -> Mailscope.get().server().guest().isPresent());
        Robot.caughtUp();
        assertEquals(List.of("bob"), List.copyOf(Robot.ask(() -> Mailscope.get().focus().moment().server().accounts()
                .keySet())));
        Robot.until("the mail is in sight, and missing on the laptop", () -> Robot.all(Tree.class).stream()
                .filter(tree -> Robot.lines(tree).stream().anyMatch(line -> line.contains("Meeting"))).count() == 3);
        assertEquals(List.of("Laptop"), Mailscope.get().devices().all().stream().map(device -> device.name()).toList());
    }

    /** Other tests may have begun it. */
    private void forget(ShippedLabs.Shipped lab) throws Exception {
        Robot.ui(() -> lab.open(labs));
        Robot.until("it is open", () -> labs.run().isPresent() && !labs.isBusy()
                && labs.run().get().lab().title().equals(lab.title()));
        var kept = labs.run().orElseThrow().folder();
        Robot.ui(labs::leaveLab);
        Robot.until("it is closed", () -> labs.run().isEmpty() && !labs.isBusy());
        Files.move(kept, kept.resolveSibling(kept.getFileName() + "-" + System.nanoTime()));
    }

    private static boolean isListed(String text) {
        return Robot.all(Button.class).stream().anyMatch(button -> button.getText().equals(text));
    }

    private static boolean isWhole(StyledText text) {
        var pane = text.getParent().getParent().getParent().getSize();
        var words = text.getTextBounds(0, text.getCharCount() - 1);
        return text.getSize().x <= pane.x && words.x + words.width <= text.getSize().x
                && words.y + words.height <= text.getSize().y;
    }

    /** What has less room in the view than its words need. */
    private List<String> cut() {
        return Robot.all(view.step().getParent().getParent().getParent(), Control.class).stream()
                .filter(control -> control instanceof Label || control instanceof Link || control instanceof Button)
                .filter(control -> {
                    var size = control.getSize();
                    var wraps = (control.getStyle() & SWT.WRAP) != 0;
                    var needs = control.computeSize(wraps ? size.x : SWT.DEFAULT, SWT.DEFAULT);
                    return needs.x > size.x || needs.y > size.y;
                }).map(control -> control + " " + control.getSize()).toList();
    }

    /** A session with the lab's server, in the console. */
    private static void console() {
        var console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> console.open(Protocol.POP3));
        Robot.until("the greeting is there", () -> console.transcript().stream().anyMatch(l -> l.contains("+OK")));
        Robot.ui(console::logIn);
        Robot.until("bob is in", () -> console.phase().equals("Transaction"));
        Robot.until("the trace of the lab has it", () -> console.session() > 0);
        Robot.ui(console::closeTab);
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.view(Mailscope.LAB_VIEW, LabView.class);
    }

    private void order(String... wanted) {
        Robot.ui(() -> {
            var list = Robot.all(org.eclipse.swt.widgets.List.class).getFirst();
            for (var i = 0; i < wanted.length; i++) {
                list.setSelection(list.indexOf(wanted[i]));
                for (var at = list.getSelectionIndex(); at > i; at--) {
                    var key = new Event();
                    key.keyCode = SWT.ARROW_UP;
                    key.stateMask = SWT.MOD3;
                    list.notifyListeners(SWT.KeyDown, key);
                }
            }
            assertEquals(List.of(wanted), List.of(list.getItems()));
        });
    }

    private static void confirm(String title) {
        Robot.press(Robot.dialog(title), "Yes");
    }

    private static void press(String text) {
        Robot.until(text + " can be pressed", () -> Robot.all(Button.class).stream()
                .anyMatch(button -> button.getText().equals(text) && button.isEnabled()));
        Robot.display().asyncExec(() -> button(text).notifyListeners(SWT.Selection, new Event()));
    }

    private static Button button(String text) {
        return Robot.all(Button.class).stream().filter(button -> button.getText().equals(text) && button.isEnabled())
                .findFirst().orElseGet(() -> Robot.all(Button.class).stream()
                        .filter(button -> button.getText().equals(text)).findFirst().orElseThrow());
    }

    private static Button choice(String text) {
        return button(text);
    }

    private <T extends Control> T only(Class<T> type, int index) {
        return Robot.all(view.step(), type).get(index);
    }

    private static boolean says(String text) {
        return Robot.all(Label.class).stream().anyMatch(label -> label.getText().equals(text));
    }

    /** The words of the checks that the student can read. */
    private List<String> shownChecks() {
        var words = labs.run().orElseThrow().lab().steps().get(view.step().index()).blocks(Block.Check.class).stream()
                .map(Block.Check::says).toList();
        return Robot.all(view.step(), Label.class).stream().map(Label::getText).filter(words::contains).toList();
    }

    private List<String> steps() {
        return Stream.of(Robot.all(view.step().getParent(), Table.class).getFirst().getItems())
                .map(item -> item.getText(0) + ": " + item.getText(1)).toList();
    }
}
