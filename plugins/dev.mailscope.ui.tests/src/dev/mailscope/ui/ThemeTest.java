package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.ui.texteditor.ITextEditorActionDefinitionIds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.diagram.ConversationView;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;
import dev.mailscope.ui.trace.TraceView;

/** The theme is another one while the views are open: what they have drawn follows it. */
class ThemeTest {
    private static final double READABLE = 3;
    private static final String LAB = """
            # Colours

            Some *words*, some `octets`, and [a link](https://www.rfc-editor.org/rfc/rfc1939).

            ```setup
            account bob secret
            mail bob INBOX
              Subject: Meeting

              At ten.
            ```

            ## Look

            > What is quoted.

            ```
            S: +OK
            ```

            ```quiz single
            Which phase deletes?
            - [ ] Transaction
            - [x] Update
            > After `QUIT`.
            ```

            ```check
            Nothing is gone: messages('bob', 'INBOX') == 1
            It is: messages('bob', 'INBOX') == 0
            ```
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective();
    }

    @AfterEach
    void light() {
        Pictures.theme(Pictures.LIGHT);
        Robot.ui(() -> {
            Mailscope.get().debugger().setRules(List.of());
            Robot.page().closeAllEditors(false);
            Mailscope.get().labs().leaveLab();
        });
        Robot.until("no lab is open", () -> Mailscope.get().labs().run().isEmpty() && !Mailscope.get().labs().isBusy()
                && Mailscope.get().server().guest().isEmpty());
        Robot.openPerspective();
    }

    @Test
    void theViewsFollow() throws Exception {
        var console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> console.open(Protocol.IMAP));
        say(console, "LOGIN alice secret");
        say(console, "SELECT INBOX");
        say(console, "NONSENSE");
        say(console, "STORE 1 +FLAGS (\\Deleted)");
        Robot.caughtUp();
        Robot.ui(() -> Mailscope.get().debugger().setRules(List.of(
                new StopRule("comand == 'FETCH'", Stop.BEFORE_SENDING, true, Optional.empty(), false, true))));
        var trace = Robot.view(Mailscope.TRACE_VIEW, TraceView.class);
        Robot.view(ConversationView.ID, IViewPart.class);
        Robot.view(Mailscope.STEP_VIEW, IViewPart.class);
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.view(Mailscope.SESSION_VIEW, IViewPart.class);
        var recording = Mailscope.get().server().recording();
        var session = Robot.ask(console::session);
        var stored = LongStream.iterate(recording.last(), number -> number >= recording.first(), number -> number - 1)
                .mapToObj(recording::event)
                .filter(event -> event.session() == session && event.command().equals("STORE")).findFirst()
                .orElseThrow();
        Robot.ui(() -> {
            Mailscope.get().focus().selectEvent(stored.number());
            trace.trace().filter(Filter.ALL.withText("comand == 'STORE'"));
        });
        Robot.until("the details are there", () -> Robot.all(StyledText.class).stream()
                .anyMatch(text -> text.getText().contains("STORE")));
        drawn("SELECT INBOX\n", Tone.CLIENT);
        Pictures.theme(Pictures.DARK);
        drawn("SELECT INBOX\n", Tone.CLIENT);
        Pictures.theme(Pictures.LIGHT);
        drawn("SELECT INBOX\n", Tone.CLIENT);
        follow("views");
        Robot.view(ConversationView.ID, IViewPart.class);
        drawn("Selected", Tone.CLIENT);
        Pictures.theme(Pictures.DARK);
        drawn("Selected", Tone.CLIENT);
        Robot.ui(() -> trace.trace().filter(Filter.ALL));
        Robot.ui(console::closeTab);
    }

    @Test
    void aLabAndItsEditorFollow() throws Exception {
        var file = Files.writeString(folder.resolve("colours.lab.md"), LAB);
        var labs = Mailscope.get().labs();
        Robot.view(Mailscope.LAB_VIEW, IViewPart.class);
        Robot.ui(() -> labs.open(file));
        Robot.until("the lab is open", () -> labs.run().isPresent() && !labs.isBusy());
        var run = labs.run().orElseThrow();
        run.answer(run.step().orElseThrow().blocks(Block.Question.class).getFirst(), new Reply.Chosen(Set.of(0)));
        Robot.ui(() -> {
            Robot.page().setEditorAreaVisible(true);
            try {
                IDE.openEditor(Robot.page(), new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(file.toUri())),
                        "dev.mailscope.ui.lab.editor");
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
        Robot.until("the preview is there", () -> Robot.all(StyledText.class).stream()
                .filter(text -> text.getText().contains("What is quoted.")).count() == 3);
        follow("lab");
        Pictures.theme(Pictures.DARK);
        var editor = Robot.ask(() -> (ITextEditor) Robot.page().getActiveEditor());
        Robot.ui(() -> {
            var document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
            document.set(LAB.replace("== 0", "= 0"));
            editor.selectAndReveal(LAB.indexOf("messages('bob', 'INBOX') == 0"), 0);
        });
        Robot.startCommand(ITextEditorActionDefinitionIds.CONTENT_ASSIST_PROPOSALS);
        Robot.until("proposals are shown", () -> popups().anyMatch(shell -> !Robot.all(shell, Table.class).isEmpty()));
        Pictures.take("theme-completion-dark");
        readable(Pictures.DARK);
        Robot.ui(() -> popups().toList().forEach(Shell::close));
    }

    @Test
    void whatIsWatchedOnceMoreIsToldTwiceUntilThatEnds() {
        var times = new AtomicInteger();
        var followed = new AtomicInteger();
        Listener counting = event -> times.incrementAndGet();
        var owner = Robot.ask(() -> new Shell(Robot.window().getShell()));
        Robot.ui(() -> {
            Robot.display().addListener(SWT.Settings, counting);
            Theme.follow(owner, followed::incrementAndGet);
        });
        try {
            told(1, times, followed, Pictures.DARK);
            var end = Theme.watch(Robot.display());
            told(2, times, followed, Pictures.LIGHT);
            end.run();
            told(1, times, followed, Pictures.DARK);
        } finally {
            Robot.ui(() -> {
                Robot.display().removeListener(SWT.Settings, counting);
                owner.dispose();
            });
        }
    }

    private static void told(int often, AtomicInteger times, AtomicInteger followed, String theme) {
        Robot.ui(() -> {
            times.set(0);
            followed.set(0);
        });
        Pictures.theme(theme);
        Robot.until("the display says so", () -> times.get() > 0);
        Robot.ui(() -> assertEquals(often * times.get(), followed.get(), theme));
    }

    private static void follow(String name) throws IOException, InterruptedException {
        readable(Pictures.LIGHT);
        Pictures.theme(Pictures.DARK);
        Pictures.take("theme-" + name + "-dark");
        readable(Pictures.DARK);
        Pictures.theme(Pictures.LIGHT);
        Pictures.take("theme-" + name + "-light");
        readable(Pictures.LIGHT);
    }

    /** What is open beside the window. */
    private static Stream<Shell> popups() {
        return Arrays.stream(Robot.display().getShells())
                .filter(shell -> shell.isVisible() && shell != Robot.window().getShell());
    }

    private static void readable(String theme) {
        var found = new AtomicReference<List<String>>(List.of());
        try {
            Robot.until("all can be read", () -> {
                found.set(Stream.concat(Stream.of(Robot.window().getShell()), popups())
                        .flatMap(shell -> Contrast.below(READABLE, shell).stream()).toList());
                return found.get().isEmpty();
            });
        } catch (AssertionError e) {
            assertEquals(List.of(), found.get(), theme);
        }
    }

    /** Waits until a text is drawn in that tone on the screen: a listener gives its looks, so it cannot be asked. */
    private static void drawn(String words, Tone tone) {
        Robot.until(words + " is drawn in " + tone, () -> {
            var text = Robot.all(StyledText.class).stream().filter(each -> each.getText().contains(words)
                    && each.getStyleRanges().length == 0).findFirst().orElse(null);
            if (text == null) {
                return false;
            }
            var area = text.getClientArea();
            var image = new Image(text.getDisplay(), area.width, area.height);
            var gc = new GC(text);
            gc.copyArea(image, 0, 0);
            gc.dispose();
            var data = image.getImageData();
            image.dispose();
            var wanted = new Tones(text).of(tone).getRGB();
            for (var y = 0; y < data.height; y++) {
                for (var x = 0; x < data.width; x++) {
                    if (data.palette.getRGB(data.getPixel(x, y)).equals(wanted)) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    private static void say(ConsoleView console, String line) {
        Robot.until("the server is ready", () -> console.transcript().stream().anyMatch(l -> l.startsWith("S: ")));
        var before = Robot.ask(() -> console.transcript().size());
        Robot.ui(() -> console.send(line));
        Robot.until(line + " is answered", () -> console.transcript().stream().skip(before)
                .anyMatch(said -> said.matches("S: a\\d+ .*")));
    }
}
