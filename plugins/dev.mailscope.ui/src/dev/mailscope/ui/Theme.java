package dev.mailscope.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.services.IStylingEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.PlatformUI;

/** Has the views and editors follow when the workbench is given another theme while they are open. */
public final class Theme {
    private static final List<Runnable> LISTENERS = new CopyOnWriteArrayList<>();

    private Theme() {
    }

    /**
     * Follows the theme from now on. On any thread.
     *
     * @return ends that; on any thread
     */
    static Runnable watch(Display display) {
        Listener listener = event -> changed();
        // Sent when the system's own colours are others, some time after the style sheets have changed.
        onDisplay(display, () -> display.addListener(SWT.Settings, listener));
        return () -> onDisplay(display, () -> display.removeListener(SWT.Settings, listener));
    }

    private static void onDisplay(Display display, Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!display.isDisposed()) {
                    work.run();
                }
            });
        }
    }

    /** Runs that, which colours something, now and whenever there is another theme, until the control is disposed. */
    public static void follow(Control owner, Runnable colours) {
        colours.run();
        LISTENERS.add(colours);
        owner.addListener(SWT.Dispose, event -> LISTENERS.remove(colours));
    }

    private static void changed() {
        if (!PlatformUI.isWorkbenchRunning()) {
            return;
        }
        var engine = PlatformUI.getWorkbench().getService(IStylingEngine.class);
        for (var part : parts()) {
            forget(part);
            engine.style(part);
        }
        LISTENERS.forEach(Runnable::run);
    }

    /** What the plug-in's open views and editors are drawn in. */
    private static List<Composite> parts() {
        var found = new ArrayList<Composite>();
        for (var window : PlatformUI.getWorkbench().getWorkbenchWindows()) {
            for (var page : window.getPages()) {
                references(page).filter(reference -> reference.getId().startsWith(Mailscope.ID))
                        .map(reference -> reference.getPart(false)).forEach(part -> add(part, found));
            }
        }
        return found;
    }

    private static Stream<IWorkbenchPartReference> references(IWorkbenchPage page) {
        return Stream.concat(Arrays.stream(page.getViewReferences()), Arrays.stream(page.getEditorReferences()));
    }

    private static void add(IWorkbenchPart part, List<Composite> found) {
        if (part != null && part.getSite().getService(MPart.class) instanceof MPart model
                && model.getWidget() instanceof Composite composite && !composite.isDisposed()) {
            found.add(composite);
        }
    }

    /**
     * Gives up the colours that the platform has set. Where the new style sheet says nothing of a widget the platform
     * brings back what that had when it was first styled, which is the colour of the theme it was made in.
     */
    private static void forget(Control control) {
        if (!Boolean.TRUE.equals(control.getData(Banner.KEEP_COLOURS))) {
            // Taking away what is not set does nothing, though it may have been taken away when the old colours held.
            control.setForeground(control.getDisplay().getSystemColor(SWT.COLOR_WIDGET_FOREGROUND));
            control.setForeground(null);
            control.setBackground(control.getDisplay().getSystemColor(SWT.COLOR_WIDGET_BACKGROUND));
            control.setBackground(null);
            switch (control) {
                // Without a colour of its own it is drawn in the one of the theme it was made in.
                case Text text -> text.setForeground(text.getDisplay().getSystemColor(SWT.COLOR_LIST_FOREGROUND));
                case Table table -> {
                    table.setHeaderForeground(null);
                    table.setHeaderBackground(null);
                }
                case Tree tree -> {
                    tree.setHeaderForeground(null);
                    tree.setHeaderBackground(null);
                }
                case CTabFolder tabs -> {
                    tabs.setSelectionForeground(null);
                    tabs.setSelectionBackground((Color) null);
                }
                case Link link -> link.setLinkForeground(null);
                default -> {
                    // has no other colours
                }
            }
        }
        if (control instanceof Composite composite) {
            for (var child : composite.getChildren()) {
                forget(child);
            }
        }
    }
}
