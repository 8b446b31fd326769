package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.PlatformUI;

import dev.mailscope.ui.Robot;

/** Takes pictures of labs when somebody wants some, in the light theme and the dark one. */
final class LabPictures {
    private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

    private LabPictures() {
    }

    static void picture(String name) throws IOException, InterruptedException {
        var folder = System.getProperty("mailscope.screenshots", "");
        if (folder.isEmpty()) {
            return;
        }
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.until("it is wide", () -> Robot.window().getShell().getSize().x > 1_500);
        Robot.screenshot(Path.of(folder, name + ".png"));
        var engine = PlatformUI.getWorkbench().getService(IThemeEngine.class);
        var before = Robot.ask(() -> engine.getActiveTheme().getId());
        Robot.ui(() -> engine.setTheme(DARK, false));
        Robot.screenshot(Path.of(folder, name + "-dark.png"));
        Robot.ui(() -> engine.setTheme(before, false));
    }
}
