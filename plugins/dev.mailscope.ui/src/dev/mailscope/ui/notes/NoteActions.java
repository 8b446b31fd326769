package dev.mailscope.ui.notes;

import java.util.SortedMap;
import java.util.TreeMap;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.trace.Note;
import dev.mailscope.ui.Mailscope;

/** What the user does with notes on the events of what is looked at. On the UI thread. */
final class NoteActions {
    private final Mailscope mailscope;
    private final Shell shell;

    NoteActions(Mailscope mailscope, Shell shell) {
        this.mailscope = mailscope;
        this.shell = shell;
    }

    /** Bookmarks the selected event, or no longer. */
    void toggleBookmark() {
        var event = event();
        var note = notes().get(event);
        if (note != null) {
            remove(note);
        } else if (event > 0) {
            mailscope.notebook().write(mailscope.focus().recording(), event, "");
        }
    }

    /** Asks for what is to be noted on the selected event. */
    void edit() {
        if (event() > 0) {
            edit(event());
        }
    }

    /** Asks for what is to be noted on that event. */
    void edit(long event) {
        var recording = mailscope.focus().recording();
        var note = notes().get(event);
        var dialog = new NoteDialog(shell, event, note == null ? "" : note.text());
        if (dialog.open() == Window.OK) {
            mailscope.notebook().write(recording, event, dialog.text());
        }
    }

    /** Takes away what is noted on the selected event. */
    void remove() {
        var note = notes().get(event());
        if (note != null) {
            remove(note);
        }
    }

    /** Takes a note away; asks before when it has words. */
    void remove(Note note) {
        var recording = mailscope.focus().recording();
        if (note.isBookmark() || MessageDialog.openQuestion(shell, Messages.remove_title,
                NLS.bind(Messages.remove_question, Long.toString(note.event()), note.text()))) {
            mailscope.notebook().remove(recording, note.event());
        }
    }

    /** Selects the next event with a note; after the last the first. */
    void next() {
        var notes = there();
        if (!notes.isEmpty()) {
            var after = notes.tailMap(mailscope.focus().event() + 1);
            mailscope.focus().selectEvent(after.isEmpty() ? notes.firstKey() : after.firstKey());
        }
    }

    /** Selects the last event before with a note; before the first the last. */
    void previous() {
        var notes = there();
        if (!notes.isEmpty()) {
            var event = mailscope.focus().event();
            var before = event == 0 ? notes : notes.headMap(event);
            mailscope.focus().selectEvent(before.isEmpty() ? notes.lastKey() : before.lastKey());
        }
    }

    private SortedMap<Long, Note> notes() {
        var recording = mailscope.focus().recording();
        return recording == null ? new TreeMap<>() : recording.notes();
    }

    // Those whose events are still in the recording.
    private SortedMap<Long, Note> there() {
        var recording = mailscope.focus().recording();
        return recording == null ? new TreeMap<>() : recording.notes().tailMap(recording.first());
    }

    private long event() {
        var focus = mailscope.focus();
        return focus.event() != 0 ? focus.event() : focus.recording() == null ? 0 : focus.recording().last();
    }
}
