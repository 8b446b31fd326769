package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.common.NotDefinedException;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;


class PerspectiveTest {
    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @Test
    void opensWithItsThreeViewsAndNoEditorArea() {
        var views = Robot.ask(() -> Arrays.stream(Robot.page().getViewReferences()).map(IViewReference::getId)
                .collect(Collectors.toSet()));
        assertTrue(views.containsAll(Set.of(Mailscope.SERVER_VIEW, Mailscope.SESSION_VIEW, Mailscope.TRACE_VIEW)),
                views.toString());
        assertEquals(false, Robot.ask(() -> Robot.page().isEditorAreaVisible()));
    }

    @Test
    void allThreeViewsAreInSight() {
        for (var id : List.of(Mailscope.SERVER_VIEW, Mailscope.SESSION_VIEW, Mailscope.TRACE_VIEW)) {
            assertTrue(Robot.ask(() -> Robot.page().isPartVisible(Robot.page().findView(id))), id);
        }
    }

    @Test
    void everyCommandHasANameADescriptionAndAHandler() {
        var commands = Robot.ask(() -> Arrays.stream(
                PlatformUI.getWorkbench().getService(ICommandService.class).getDefinedCommands())
                .filter(c -> c.getId().startsWith(Mailscope.ID)).toList());
        assertTrue(commands.size() >= 12, commands.toString());
        for (var command : commands) {
            Robot.ui(() -> check(command));
        }
    }

    private static void check(Command command) {
        try {
            assertTrue(!command.getName().isBlank() && !command.getName().startsWith("%"), command.getId());
            assertTrue(command.getDescription() != null && !command.getDescription().startsWith("%"),
                    command.getId() + " has a description");
            assertTrue(command.isHandled(), command.getId() + " has a handler");
        } catch (NotDefinedException e) {
            throw new IllegalStateException(e);
        }
    }
}
