package dev.mailscope.ui.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Function;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.server.expression.Property;
import dev.mailscope.server.expression.RuleCodec;
import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.server.expression.Variable;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

/** The preference pages of saved filters and colouring rules. */
class RulesPageTest {
    private Shell dialog;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            if (dialog != null && !dialog.isDisposed()) {
                dialog.close();
            }
            Mailscope.get().rules().keepColours(SavedRules.shippedColours());
            Mailscope.get().rules().keepFilters(SavedRules.shippedFilters());
        });
    }

    @Test
    void whatIsShippedIsRight() {
        for (var filter : SavedRules.shippedFilters()) {
            assertTrue(PlainText.parse(filter.expression()) instanceof Expression.Right, filter.toString());
        }
        for (var rule : SavedRules.shippedColours()) {
            assertEquals("", ColoursPage.problemOf(rule));
        }
        Robot.ui(() -> {
            Mailscope.get().getPreferenceStore().setToDefault(SavedRules.FILTERS);
            Mailscope.get().getPreferenceStore().setToDefault(SavedRules.COLOURS);
            assertEquals(SavedRules.shippedFilters(), Mailscope.get().rules().filters());
            assertEquals(SavedRules.shippedColours(), Mailscope.get().rules().colours());
        });
    }

    @Test
    void theHelpNamesAllThereIsToAsk() throws IOException {
        String help;
        try (var in = FileLocator.openStream(Platform.getBundle(Mailscope.ID), IPath.fromOSString("help/filters.html"),
                false)) {
            help = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (var variable : Variable.values()) {
            assertTrue(help.contains("<code>" + variable.written() + "</code>"), variable.written());
        }
        for (var function : Function.values()) {
            assertTrue(help.contains("<code>" + function.signature() + "</code>"), function.signature());
        }
        for (var property : Property.values()) {
            assertTrue(help.contains(")." + property.written() + "</code>"), property.written());
        }
    }

    @Test
    void rulesAreMovedSwitchedOffAndRemovedAndKeptWhenApplied() {
        var page = open("dev.mailscope.ui.trace.colours", ColoursPage.class);
        var shipped = SavedRules.shippedColours();
        Robot.ui(() -> page.viewer().setSelection(new StructuredSelection(shipped.get(1))));
        Robot.press(dialog, "Up");
        Robot.ui(() -> page.viewer().setSelection(new StructuredSelection(shipped.getLast())));
        Robot.press(dialog, "Remove");
        assertEquals(List.of(shipped.get(1), shipped.get(0), shipped.get(2), shipped.get(3)), Robot.ask(page::rules));
        assertEquals(shipped, Mailscope.get().rules().colours(), "nothing is kept yet");
        Robot.press(dialog, "Apply and Close");
        Robot.until("it is closed", dialog::isDisposed);
        assertEquals(List.of(shipped.get(1), shipped.get(0), shipped.get(2), shipped.get(3)),
                Mailscope.get().rules().colours());
    }

    @Test
    void anExpressionIsCheckedAtItsCharacterBeforeItIsTaken() {
        var page = open("dev.mailscope.ui.trace.filters", FiltersPage.class);
        Robot.display().asyncExec(() -> press("New\u2026"));
        var asking = Robot.dialog("Saved Filter");
        var field = Robot.ask(() -> Robot.all(asking, StyledText.class).getFirst());
        Robot.ui(() -> {
            Robot.all(asking, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow().setText("mine");
            field.setText("size > ");
        });
        Robot.until("it says where it is wrong", () -> says(asking, "At character 8:"));
        assertTrue(Robot.ask(() -> !Robot.all(asking, Button.class).stream()
                .filter(b -> b.getText().equals("OK")).findFirst().orElseThrow().isEnabled()));
        Robot.ui(() -> field.setText("size > 7"));
        Robot.press(asking, "OK");
        Robot.until("it is on the page", () -> page.rules().getFirst().equals(new SavedFilter("mine", "size > 7")));
    }

    @Test
    void rulesGoIntoAFileAndComeBack() throws IOException {
        var page = open("dev.mailscope.ui.trace.colours", ColoursPage.class);
        var file = folder.resolve("mine.colours");
        Robot.ui(() -> page.exportTo(file));
        assertEquals(SavedRules.shippedColours(), RuleCodec.readColours(Files.readString(file)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        var mine = new ColouringRule("Grün\t\u00e9", "size > 7", "green", true);
        Files.writeString(file, RuleCodec.writeColours(List.of(mine, SavedRules.shippedColours().getFirst())));
        Robot.ui(() -> page.importFrom(file));
        var all = new ArrayList<>(SavedRules.shippedColours());
        all.add(mine);
        assertEquals(all, Robot.ask(page::rules), "what was there already is not doubled");
    }

    @Test
    void aFileThatIsSomethingElseIsRefusedWithItsLineAndChangesNothing() throws IOException {
        var page = open("dev.mailscope.ui.trace.colours", ColoursPage.class);
        var file = folder.resolve("bad.colours");
        Files.writeString(file, "mailscope colours 1\na\tb\tred\ttrue\nc\td\n");
        refused(page, file, "Line 3 must have 4 fields");
        Files.write(file, new byte[] { 'm', (byte) 0xff, 0 });
        refused(page, file, "It is no text in UTF-8.");
        Files.write(file, new byte[(1 << 20) + 1]);
        refused(page, file, "It is larger than 1 MiB.");
        refused(page, folder.resolve("none.colours"), "none.colours");
        assertEquals(SavedRules.shippedColours(), Robot.ask(page::rules));
    }

    @Test
    void aBadRuleFromAFileIsSaidOnThePage() throws IOException {
        var page = open("dev.mailscope.ui.trace.colours", ColoursPage.class);
        var file = folder.resolve("odd.colours");
        var bad = new ColouringRule("bad", "comand == 'x'", "red", true);
        Files.writeString(file, RuleCodec.writeColours(List.of(bad)));
        Robot.ui(() -> page.importFrom(file));
        assertTrue(Robot.ask(page::getMessage).contains("\u201Cbad\u201D is wrong at its character 1"),
                Robot.ask(page::getMessage));
    }

    @Test
    void whatIsKeptAndCannotBeReadIsReplacedByWhatIsShipped() {
        Robot.ui(() -> Mailscope.get().getPreferenceStore().setValue(SavedRules.COLOURS, "something else"));
        assertEquals(SavedRules.shippedColours(), Mailscope.get().rules().colours());
    }

    private void refused(ColoursPage page, Path file, String why) {
        Robot.display().asyncExec(() -> page.importFrom(file));
        var error = new Shell[1];
        Robot.until("it says why: " + why, () -> {
            for (var shell : dialog.getShells()) {
                if (shell.isVisible() && says(shell, why) && says(shell, file.getFileName().toString())) {
                    error[0] = shell;
                }
            }
            return error[0] != null;
        });
        Robot.ui(error[0]::close);
    }

    private static boolean says(Shell shell, String words) {
        return Robot.all(shell, Label.class).stream().anyMatch(l -> l.getText().contains(words))
                || Robot.all(shell, Text.class).stream().anyMatch(t -> t.getText().contains(words));
    }

    private void press(String text) {
        Robot.press(dialog, text);
    }

    private <T> T open(String command, Class<T> page) {
        Robot.startCommand(command);
        dialog = Robot.dialog("Preferences");
        return Robot.ask(() -> page.cast(((PreferenceDialog) dialog.getData()).getSelectedPage()));
    }
}
