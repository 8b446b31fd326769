package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.ui.Robot;
import dev.mailscope.ui.Tones;

/** Takes pictures of labs when somebody wants some; in the dark theme with {@code -Dmailscope.dark=true}. */
public final class LabPictures {
    private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

    private LabPictures() {
    }

    /** Takes one, under that name. */
    public static void picture(String name) throws IOException, InterruptedException {
        var folder = System.getProperty("mailscope.screenshots", "");
        if (folder.isEmpty()) {
            return;
        }
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.until("it is wide", () -> Robot.window().getShell().getSize().x > 1_500);
        var dark = Boolean.getBoolean("mailscope.dark");
        if (dark) {
            Robot.ui(() -> PlatformUI.getWorkbench().getService(IThemeEngine.class).setTheme(DARK, false));
            Robot.until("it is dark", () -> new Tones(Robot.window().getShell()).isDark());
        }
        Files.createDirectories(Path.of(folder));
        Robot.screenshot(Path.of(folder, name + (dark ? "-dark.png" : ".png")));
    }
}
