package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Predicate;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;

/** A lab, worked through with the keys of a real keyboard. */
class LabKeyboardTest {
    @TempDir
    private Path folder;
    private final LabBench bench = new LabBench();
    private final Labs labs = Mailscope.get().labs();
    private LabView view;

    @BeforeEach
    void open() throws IOException {
        view = bench.open(folder);
        bench.begin();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void everythingIsDoneWithTheKeyboard() throws Exception {
        giveTheWindowTheKeyboard();
        activate(Mailscope.LAB_VIEW);
        tabTo("the field of the prediction", control -> control instanceof Text && isIn(control, view.step()));
        type('0', '0');
        Robot.until("it is typed", () -> Robot.all(view.step(), Text.class).getFirst().getText().equals("0"));
        type(SWT.CR, '\r');
        Robot.until("the step has begun", () -> !labs.isBusy() && find("Next Step").isEnabled());
        press("Hint");
        Robot.until("the hint is there", () -> view.step().texts().getLast().words().contains("Laptop"));
        activate(Mailscope.DEVICES_VIEW);
        type(SWT.F5, '\0');
        Robot.until("both checks hold", () -> Robot.all(Label.class).stream()
                .anyMatch(label -> label.getText().endsWith(" 2 hold so far.")));
        activate(Mailscope.LAB_VIEW);
        tabTo("a choice", control -> control instanceof Button button && (button.getStyle() & SWT.RADIO) != 0);
        while (!isAt("on the laptop")) {
            var now = Robot.ask(() -> Robot.display().getFocusControl());
            type(SWT.ARROW_DOWN, '\0');
            Robot.until("the next choice", () -> Robot.display().getFocusControl() != now);
        }
        type(' ', ' ');
        Robot.until("it is chosen", () -> find("on the laptop").getSelection());
        LabPictures.picture("lab-keyboard");
        press("Answer");
        Robot.until("it was right", () -> Robot.all(Label.class).stream()
                .anyMatch(label -> label.getText().equals("Right.")));
        press("Next Step");
        press("Go On");
        Robot.until("the second step", () -> view.step().index() == 1);
        assertEquals("4 of 7", labs.run().orElseThrow().progress().points(labs.run().orElseThrow().lab()) + " of 7");
    }

    /** The window system gives the keys to the window that was clicked into, or to the one below the pointer. */
    private void giveTheWindowTheKeyboard() {
        Robot.ui(() -> {
            var bounds = view.step().getDisplay().map(view.step(), null, 2, 2);
            for (var kind : new int[] {SWT.MouseMove, SWT.MouseDown, SWT.MouseUp}) {
                var event = new Event();
                event.type = kind;
                event.x = bounds.x;
                event.y = bounds.y;
                event.button = kind == SWT.MouseMove ? 0 : 1;
                Robot.display().post(event);
            }
        });
        Robot.until("the window has the keyboard", () -> Robot.display().getFocusControl() != null
                && Robot.display().getActiveShell() == Robot.window().getShell());
    }

    private static void activate(String id) {
        Robot.view(id, IViewPart.class);
        Robot.until(id + " has the keyboard", () -> {
            var now = Robot.display().getFocusControl();
            return Robot.display().getActiveShell() == Robot.window().getShell() && now != null && now.isVisible();
        });
    }

    private static void press(String button) {
        Robot.until(button + " can be pressed", () -> find(button) != null && find(button).isEnabled());
        tabTo(button, control -> control instanceof Button && ((Button) control).getText().equals(button));
        type(' ', ' ');
    }

    private static boolean isAt(String button) {
        return Robot.ask(() -> Robot.display().getFocusControl() instanceof Button at && at.getText().equals(button));
    }

    private static Button find(String text) {
        return Robot.all(Button.class).stream().filter(button -> button.getText().equals(text)).findFirst()
                .orElse(null);
    }

    private static void tabTo(String what, Predicate<Control> wanted) {
        var path = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            var now = Robot.ask(() -> Robot.display().getFocusControl());
            if (Robot.ask(() -> now != null && wanted.test(now))) {
                return;
            }
            path.add(String.valueOf(now));
            type(SWT.TAB, '\t');
            Robot.until("Tab leads on from " + now + " to " + what, () -> Robot.display().getFocusControl() != now);
        }
        fail("Tab does not lead to " + what + ": " + path);
    }

    /** As the keyboard does it: the window system gives it to whoever has the focus. */
    private static void type(int keyCode, char character) {
        Robot.ui(() -> {
            for (var kind : new int[] {SWT.KeyDown, SWT.KeyUp}) {
                var event = new Event();
                event.type = kind;
                event.keyCode = keyCode;
                event.character = character;
                Robot.display().post(event);
            }
        });
    }

    private static boolean isIn(Control control, Control parent) {
        for (Control now = control; now != null; now = now.getParent()) {
            if (now == parent) {
                return true;
            }
        }
        return false;
    }
}
