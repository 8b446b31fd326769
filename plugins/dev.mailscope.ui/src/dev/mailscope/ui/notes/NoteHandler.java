package dev.mailscope.ui.notes;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.ui.Mailscope;

/**
 * Does something with the note on the selected event, or on the newest when none is selected, or goes to another note.
 * Its class is declared with what.
 */
public final class NoteHandler extends AbstractHandler implements IExecutableExtension {
    private enum Deed {
        /** Sets a bookmark, or takes it away; asks before a note with words goes. */
        BOOKMARK,
        /** Asks for the words of the note. */
        EDIT,
        /** Takes the note away. */
        REMOVE,
        /** Selects the next event with a note. */
        NEXT,
        /** Selects the last event before with a note. */
        PREVIOUS
    }

    private Deed deed;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        deed = Deed.valueOf(data.toString());
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var notes = new NoteActions(Mailscope.get(), HandlerUtil.getActiveShellChecked(event));
        switch (deed) {
            case BOOKMARK -> notes.toggleBookmark();
            case EDIT -> notes.edit();
            case REMOVE -> notes.remove();
            case NEXT -> notes.next();
            case PREVIOUS -> notes.previous();
        }
        return null;
    }
}
