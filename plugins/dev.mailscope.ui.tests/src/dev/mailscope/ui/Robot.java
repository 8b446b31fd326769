package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.handlers.IHandlerService;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.ui.trace.TraceView;

/** Uses the workbench as a user does, from a thread of its own. Waits for conditions, never for time alone. */
public final class Robot {
    /** How long a condition may take to become true before the test fails. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int FRAMES = 500;

    private Robot() {
    }

    /** Runs something on the UI thread and waits for it. What it throws is thrown here. */
    public static void ui(Runnable work) {
        ask(() -> {
            work.run();
            return null;
        });
    }

    /** Asks something on the UI thread. */
    public static <T> T ask(Supplier<T> question) {
        var answer = new AtomicReference<T>();
        var failure = new AtomicReference<Throwable>();
        display().syncExec(() -> {
            try {
                answer.set(question.get());
            } catch (RuntimeException | AssertionError e) {
                failure.set(e);
            }
        });
        switch (failure.get()) {
            case null -> {
                // it went well
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        return answer.get();
    }

    /** Waits until the condition, asked on the UI thread, holds; fails with these words when it never does. */
    public static void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!ask(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                fail("never came true: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** The workbench's display. */
    public static Display display() {
        return PlatformUI.getWorkbench().getDisplay();
    }

    /**
     * Opens the Mail Protocols perspective as it comes out of the box, large enough that nothing is hidden, with the
     * server running on free ports, no session open, nothing filtered, and the sample mail in place.
     */
    public static void openPerspective() {
        openPerspective(ServerPorts.FREE);
    }

    /** The same on those ports, unless the server runs already. */
    public static void openPerspective(ServerPorts ports) {
        ui(() -> {
            Preferences.setPorts(ports);
            var page = page();
            for (var view : page.getViewReferences()) {
                if (view.getId().equals("org.eclipse.ui.internal.introview")) {
                    page.hideView(view);
                }
            }
            try {
                PlatformUI.getWorkbench().showPerspective(Mailscope.PERSPECTIVE, window());
            } catch (WorkbenchException e) {
                throw new IllegalStateException(e);
            }
            page().resetPerspective();
            if (page().findView(Mailscope.TRACE_VIEW) instanceof TraceView trace) {
                trace.trace().filter(Filter.ALL);
            }
            window().getShell().setMinimized(false);
            window().getShell().forceActive();
        });
        var server = Mailscope.get().server();
        until("the server runs or has stopped", () -> switch (server.situation().state()) {
            case RUNNING, STOPPED, FAILED -> true;
            case NOT_YET, STARTING, STOPPING -> false;
        });
        if (server.recording() != null && !server.recording().live().sessions().isEmpty()) {
            // What an earlier test has left open.
            server.stop();
            until("its sessions have ended", () -> server.situation().state() == WorkbenchServer.State.STOPPED);
        }
        if (server.situation().state() != WorkbenchServer.State.RUNNING) {
            server.start();
        }
        until("the server runs: " + server.situation().problem(),
                () -> server.situation().state() == WorkbenchServer.State.RUNNING);
        // Version 1 is the sample mail as the server was made with it.
        if (server.recording().live().server().version() > 1) {
            var before = server.recording().last();
            server.reset();
            until("the sample mail is there", () -> server.recording().last() > before);
        }
        caughtUp();
        ui(() -> Mailscope.get().focus().goLive());
    }

    /** Waits until the views have everything that is recorded by now. */
    public static void caughtUp() {
        var recording = Mailscope.get().server().recording();
        var last = recording.last();
        until("the views have event " + last, () -> Mailscope.get().feed().latest() != null
                && Mailscope.get().feed().latest().recording() == recording
                && Mailscope.get().feed().latest().last() >= last);
    }

    /** A view of the perspective, which must be open. */
    public static <T extends IViewPart> T view(String id, Class<T> type) {
        return ask(() -> {
            try {
                return type.cast(page().showView(id));
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The page of the workbench window. */
    public static IWorkbenchPage page() {
        return window().getActivePage();
    }

    /** The workbench window. */
    public static IWorkbenchWindow window() {
        var active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        return active == null ? PlatformUI.getWorkbench().getWorkbenchWindows()[0] : active;
    }

    /** Executes a command as its menu item does, without waiting for its end, since it may open a dialog. */
    public static void startCommand(String id) {
        display().asyncExec(() -> {
            try {
                window().getService(IHandlerService.class).executeCommand(id, null);
            } catch (Exception e) {
                throw new IllegalStateException(id + ": " + e.getMessage(), e);
            }
        });
    }

    /** Executes a command and waits for its end. */
    public static void command(String id) {
        ui(() -> {
            try {
                window().getService(IHandlerService.class).executeCommand(id, null);
            } catch (Exception e) {
                throw new IllegalStateException(id + ": " + e.getMessage(), e);
            }
        });
    }

    /** All visible controls of that type in the workbench window. On the UI thread. */
    public static <T extends Control> List<T> all(Class<T> type) {
        return all(window().getShell(), type);
    }

    /** All visible controls of that type in there. On the UI thread. */
    public static <T extends Control> List<T> all(Composite root, Class<T> type) {
        var found = new ArrayList<T>();
        for (var child : root.getChildren()) {
            if (type.isInstance(child) && child.isVisible()) {
                found.add(type.cast(child));
            }
            if (child instanceof Composite composite) {
                found.addAll(all(composite, type));
            }
        }
        return found;
    }

    /** The only visible control of that type in the workbench window. On the UI thread. */
    public static <T extends Control> T only(Class<T> type) {
        var found = all(type);
        assertEquals(1, found.size(), "visible controls of " + type.getSimpleName());
        return found.getFirst();
    }

    /** The visible tool item of the command with that name. On the UI thread. */
    public static ToolItem toolItem(String command) {
        return all(ToolBar.class).stream().flatMap(bar -> Arrays.stream(bar.getItems()))
                .filter(item -> item.getToolTipText() != null && item.getToolTipText().startsWith(command))
                .findFirst().orElseGet(() -> fail("no tool item " + command));
    }

    /** Waits for a dialog with that title, and gives its shell. */
    public static Shell dialog(String title) {
        var found = new AtomicReference<Shell>();
        until("the dialog " + title + " is open", () -> {
            for (var shell : display().getShells()) {
                if (!shell.isDisposed() && shell.isVisible() && shell.getText().equals(title)) {
                    found.set(shell);
                }
            }
            return found.get() != null;
        });
        return found.get();
    }

    /** Presses the visible button of that text in there. */
    public static void press(Composite root, String text) {
        ui(() -> all(root, Button.class).stream().filter(b -> b.getText().replace("&", "").equals(text)).findFirst()
                .orElseGet(() -> fail("no button " + text)).notifyListeners(SWT.Selection, new Event()));
    }

    /** Gives a control a key, as if it had been pressed there. */
    public static void key(Control control, int keyCode) {
        ui(() -> {
            var event = new Event();
            event.keyCode = keyCode;
            event.character = keyCode < 256 ? (char) keyCode : 0;
            control.notifyListeners(SWT.KeyDown, event);
        });
    }

    /** The lines of a tree as it is on the screen: the text of each column, between tabs. On the UI thread. */
    public static List<String> lines(Tree tree) {
        var lines = new ArrayList<String>();
        for (var item : tree.getItems()) {
            addLines(lines, item);
        }
        return lines;
    }

    private static void addLines(List<String> lines, TreeItem item) {
        var line = new ArrayList<String>();
        for (var i = 0; i < item.getParent().getColumnCount(); i++) {
            line.add(item.getText(i));
        }
        lines.add(String.join("\t", line));
        if (item.getExpanded()) {
            for (var child : item.getItems()) {
                addLines(lines, child);
            }
        }
    }

    /** Takes a picture of the whole screen, with everything drawn that was to be. */
    public static void screenshot(Path file) throws IOException, InterruptedException {
        // The platform draws when its next frame is due: some frames later everything is on the screen.
        var drawn = new CountDownLatch(1);
        ui(() -> display().timerExec(FRAMES, drawn::countDown));
        assertTrue(drawn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the screen is drawn");
        var process = new ProcessBuilder("import", "-window", "root", file.toString()).inheritIO().start();
        assertEquals(0, process.waitFor(), "ImageMagick's import takes the picture");
    }
}
