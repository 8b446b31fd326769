package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.eclipse.core.runtime.Platform;
import org.eclipse.help.HelpSystem;
import org.eclipse.help.IHelpResource;
import org.eclipse.help.IToc;
import org.eclipse.help.ITopic;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.views.IViewDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages of the help, and the ways to them. */
class HelpTest {
    /** Under which the workbench keeps a control's help context. */
    private static final String CONTEXT = "org.eclipse.ui.help";
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#:]+)[^\":]*\"");

    @AfterEach
    void tidy() {
        Robot.ui(() -> Robot.page().resetPerspective());
    }

    @Test
    void theContentsListEveryPage() {
        var contents = Arrays.stream(HelpSystem.getTocs())
                .filter(toc -> toc.getHref().startsWith("/" + Mailscope.ID + "/")).toList();
        assertEquals(1, contents.size());
        var listed = new TreeSet<>(hrefs(contents.getFirst()));
        assertEquals(new TreeSet<>(pages().stream().map(page -> "/" + Mailscope.ID + "/" + page).toList()), listed);
    }

    @Test
    void everyLinkOfAPageLeadsToAFile() {
        for (var page : pages()) {
            var links = LINK.matcher(text(page));
            var count = 0;
            for (; links.find(); count++) {
                assertTrue(exists("help/" + links.group(1)), page + " links to " + links.group(1));
            }
            assertTrue(count > 0, page + " has links, to its style sheet at least");
        }
    }

    @Test
    void everyViewAndEditorHasAContextWithPages() {
        for (var view : views()) {
            checkContext(view.getId());
        }
        checkContext(Mailscope.RECORDING_EDITOR);
        checkContext("dev.mailscope.ui.labEditor");
    }

    private static void checkContext(String id) {
        var context = HelpSystem.getContext(id);
        assertNotNull(context, id);
        assertTrue(!context.getText().isBlank(), id + " is described");
        assertTrue(context.getRelatedTopics().length > 0, id + " has topics");
        for (IHelpResource topic : context.getRelatedTopics()) {
            var href = topic.getHref();
            assertTrue(exists(href.substring(Mailscope.ID.length() + 2)), id + " links to " + href);
        }
    }

    @Test
    void everyViewAsksForItsContext() {
        Robot.openPerspective();
        for (var view : views()) {
            Robot.ui(() -> show(view.getId()));
            Robot.until(view.getId() + " has the keyboard, and its context is that of what has it",
                    () -> view.getId().equals(contextOf(Robot.display().getFocusControl())));
        }
    }

    private static void show(String view) {
        try {
            Robot.page().showView(view);
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What F1 would ask for: the context of the control, or of the nearest that holds it. */
    private static Object contextOf(Control control) {
        for (var at = control; at != null; at = at.getParent()) {
            if (at.getData(CONTEXT) != null) {
                return at.getData(CONTEXT);
            }
        }
        return null;
    }

    private static List<IViewDescriptor> views() {
        var views = Arrays.stream(PlatformUI.getWorkbench().getViewRegistry().getViews())
                .filter(view -> view.getId().startsWith(Mailscope.ID + ".")).toList();
        assertTrue(views.size() >= 13, views.toString());
        return views;
    }

    private static List<String> hrefs(IToc toc) {
        var hrefs = new ArrayList<String>();
        hrefs.add(toc.getTopic(null).getHref());
        for (ITopic topic : toc.getTopics()) {
            hrefs.add(topic.getHref());
        }
        return hrefs;
    }

    /** The pages that are there, such as help/index.html. */
    private static List<String> pages() {
        var found = Platform.getBundle(Mailscope.ID).findEntries("help", "*.html", false);
        return Collections.list(found).stream().map(url -> url.getPath().substring(1)).toList();
    }

    private static boolean exists(String path) {
        return Platform.getBundle(Mailscope.ID).getEntry(path) != null;
    }

    private static String text(String path) {
        try (var in = Platform.getBundle(Mailscope.ID).getEntry(path).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
