package dev.mailscope.ui.notes;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.trace.Note;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.ViewFont;

/** The notes and bookmarks of the recording that is looked at, each leading to its event. */
public final class NotesView extends ViewPart {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private final Focus.Listener focusListener = this::show;
    private final Runnable notesListener = this::show;
    private TableViewer viewer;
    private Label line;
    private List<Note> shown = List.of();

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        var all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(all);
        line = new Label(all, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 4).applyTo(line);
        ViewFont.apply(line, ViewFont.TABLES);
        var place = new Composite(all, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(place);
        var layout = new TableColumnLayout();
        place.setLayout(layout);
        viewer = new TableViewer(place, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        column(layout, Messages.column_event, 1, 70, note -> Long.toString(note.event()));
        column(layout, Messages.column_time, 2, 100,
                note -> TIME.format(note.eventInstant().atZone(ZoneId.systemDefault())));
        column(layout, Messages.column_note, 12, 160, this::words);
        ColumnViewerToolTipSupport.enableFor(viewer);
        ViewFont.apply(viewer.getTable(), ViewFont.TABLES, font -> {
            viewer.getTable().setFont(font);
            viewer.refresh();
        });
        // While the user walks through the notes, all views show the moments of their events.
        viewer.addPostSelectionChangedListener(event -> {
            if (viewer.getTable().isFocusControl()) {
                goTo(selected());
            }
        });
        viewer.addOpenListener(event -> goTo(selected()));
        createActions();
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        focus.addListener(focusListener);
        mailscope.notebook().addListener(notesListener);
        show();
    }

    @Override
    public void setFocus() {
        viewer.getTable().setFocus();
    }

    @Override
    public void dispose() {
        focus.removeListener(focusListener);
        mailscope.notebook().removeListener(notesListener);
        super.dispose();
    }

    private void createActions() {
        var edit = action(Messages.view_edit, () -> actions().edit(selected().event()));
        var remove = action(Messages.view_remove, () -> actions().remove(selected()));
        var bars = getViewSite().getActionBars();
        bars.setGlobalActionHandler(ActionFactory.RENAME.getId(), edit);
        bars.setGlobalActionHandler(ActionFactory.DELETE.getId(), remove);
        bars.setGlobalActionHandler(ActionFactory.COPY.getId(), new CopyAction(() -> selected() == null ? ""
                : selected().text()));
        edit.setActionDefinitionId(ActionFactory.RENAME.getCommandId());
        remove.setActionDefinitionId(ActionFactory.DELETE.getCommandId());
        var menu = new MenuManager();
        menu.add(edit);
        menu.add(remove);
        viewer.getTable().setMenu(menu.createContextMenu(viewer.getTable()));
        getSite().registerContextMenu(menu, viewer);
        viewer.addSelectionChangedListener(event -> {
            edit.setEnabled(selected() != null);
            remove.setEnabled(selected() != null);
        });
        edit.setEnabled(false);
        remove.setEnabled(false);
    }

    private Action action(String name, Runnable work) {
        return new Action(name) {
            @Override
            public void run() {
                if (selected() != null) {
                    work.run();
                }
            }
        };
    }

    private NoteActions actions() {
        return new NoteActions(mailscope, getSite().getShell());
    }

    private void column(TableColumnLayout layout, String title, int weight, int least, Function<Note, String> text) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, least));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Note) element).replace('\n', ' ');
            }

            @Override
            public String getToolTipText(Object element) {
                return text.apply((Note) element);
            }
        });
    }

    private String words(Note note) {
        var words = note.isBookmark() ? Messages.note_bookmark : note.text();
        var recording = focus.recording();
        return recording != null && note.event() < recording.first() ? NLS.bind(Messages.note_gone, words) : words;
    }

    private void goTo(Note note) {
        if (note != null && note.event() >= focus.recording().first()) {
            focus.selectEvent(note.event());
        }
    }

    private Note selected() {
        return (Note) viewer.getStructuredSelection().getFirstElement();
    }

    private void show() {
        var recording = focus.recording();
        var notes = recording == null ? List.<Note>of() : List.copyOf(recording.notes().values());
        if (!notes.equals(shown)) {
            shown = notes;
            var before = selected();
            viewer.setInput(notes);
            notes.stream().filter(note -> before != null && note.event() == before.event()).findFirst()
                    .ifPresent(note -> viewer.setSelection(new StructuredSelection(note)));
        }
        var now = focus.source().isServer() ? Messages.view_ofServer
                : NLS.bind(Messages.view_ofSource, focus.source().name());
        var text = notes.isEmpty() ? NLS.bind(Messages.view_none, now) : now;
        if (!text.equals(line.getText())) {
            line.setText(text);
            line.requestLayout();
        }
        if (!viewer.getTable().isFocusControl()) {
            notes.stream().filter(note -> note.event() == focus.event()).findFirst().ifPresent(
                    note -> viewer.setSelection(new StructuredSelection(note), true));
        }
    }
}
