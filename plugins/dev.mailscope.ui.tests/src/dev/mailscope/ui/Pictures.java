package dev.mailscope.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.PlatformUI;

/** Takes pictures of the workbench where the property {@code mailscope.screenshots} names a folder for them. */
public final class Pictures {
    /** The light theme. */
    public static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";
    /** The dark theme. */
    public static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

    private static final String FOLDER = System.getProperty("mailscope.screenshots", "");

    private Pictures() {
    }

    /** True when somebody wants pictures. */
    public static boolean areWanted() {
        return !FOLDER.isEmpty();
    }

    /** Skips a test that is there for its pictures alone, unless they are wanted. */
    public static void assumeWanted() {
        assumeTrue(areWanted(), "no folder for pictures is given");
    }

    /** Takes a picture of the screen, once the views show all that has happened; nothing where none are wanted. */
    public static void take(String name) throws IOException, InterruptedException {
        if (areWanted()) {
            Files.createDirectories(Path.of(FOLDER));
            if (Mailscope.get().server().recording() != null) {
                Robot.caughtUp();
            }
            Robot.screenshot(Path.of(FOLDER, name + ".png"));
        }
    }

    /** Gives the workbench that theme. */
    public static void theme(String id) {
        Robot.ui(() -> PlatformUI.getWorkbench().getService(IThemeEngine.class).setTheme(id, false));
        Robot.until("the colours are those of the theme",
                () -> new Tones(Robot.window().getShell()).isDark() == id.equals(DARK));
    }
}
