package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IURIEditorInput;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;

import dev.mailscope.ui.FileDrop;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.recording.RecordingList.Row;

/** What can be done with the recordings that are selected in the view. On the UI thread; files are touched in Jobs. */
final class RecordingActions {
    /** Work with files that may fail. */
    private interface Work {
        void run() throws IOException;
    }

    private final RecordingsView view;
    private final TableViewer viewer;
    private final List<Runnable> enablements = new ArrayList<>();

    RecordingActions(RecordingsView view, TableViewer viewer) {
        this.view = view;
        this.viewer = viewer;
    }

    /** Puts them into the menus and keys of the view, and takes files that are dropped on the whole of it. */
    void create(IActionBars bars, Control whole) {
        var open = action(Messages.recordings_open, rows -> !rows.isEmpty(), this::open);
        var rename = action(Messages.recordings_rename, rows -> rows.size() == 1 && isFile(rows.getFirst()),
                rows -> rename(rows.getFirst()));
        var delete = action(Messages.recordings_delete, rows -> !rows.isEmpty() && rows.stream().allMatch(this::isFile),
                this::delete);
        var saveAs = action(Messages.recordings_saveAs, rows -> rows.size() == 1, rows -> saveAs(rows.getFirst()));
        var bring = action(Messages.recordings_import, rows -> true, rows -> bring());
        var refresh = action(Messages.recordings_refresh, rows -> true, rows -> view.refresh());
        key(bars, rename, ActionFactory.RENAME);
        key(bars, delete, ActionFactory.DELETE);
        key(bars, refresh, ActionFactory.REFRESH);
        bars.setGlobalActionHandler(ActionFactory.COPY.getId(), view.copy());
        bars.getMenuManager().add(bring);
        bars.getMenuManager().add(refresh);
        var menu = new MenuManager();
        menu.add(open);
        menu.add(new Separator());
        menu.add(rename);
        menu.add(delete);
        menu.add(new Separator());
        menu.add(saveAs);
        menu.add(bring);
        viewer.getTable().setMenu(menu.createContextMenu(viewer.getTable()));
        view.getSite().registerContextMenu(menu, viewer);
        new FileDrop(this::bring).listenTo(whole);
        viewer.addOpenListener(event -> open(view.selected()));
        viewer.addSelectionChangedListener(event -> enablements.forEach(Runnable::run));
        enablements.forEach(Runnable::run);
    }

    private static void key(IActionBars bars, Action action, ActionFactory like) {
        action.setActionDefinitionId(like.getCommandId());
        bars.setGlobalActionHandler(like.getId(), action);
    }

    private Action action(String name, Predicate<List<Row>> possible, Consumer<List<Row>> work) {
        var action = new Action(name) {
            @Override
            public void run() {
                if (possible.test(view.selected())) {
                    work.accept(view.selected());
                }
            }
        };
        enablements.add(() -> action.setEnabled(possible.test(view.selected())));
        return action;
    }

    // What is being recorded keeps its file.
    private boolean isFile(Row row) {
        var live = Mailscope.get().server().ownRecording();
        return row.file() != null && !row.live() && (live == null || !row.file().equals(live.status().file()));
    }

    private void open(List<Row> rows) {
        var page = view.getSite().getPage();
        for (var row : rows) {
            if (isFile(row)) {
                RecordingEditor.open(page, row.file());
            } else {
                try {
                    page.showView(Mailscope.TRACE_VIEW);
                } catch (PartInitException e) {
                    MessageDialog.openError(shell(), Messages.recordings_title, e.getMessage());
                }
            }
        }
    }

    private void rename(Row row) {
        if (!isClosed(row)) {
            return;
        }
        var dialog = new InputDialog(shell(), Messages.recordings_renameTitle, Messages.recordings_renameMessage,
                row.name(), name -> problem(row.file(), name));
        if (dialog.open() == Window.OK) {
            var to = row.file().resolveSibling(dialog.getValue().strip() + RecordingList.ENDING);
            work(NLS.bind(Messages.recordings_renaming, row.name()), () -> {
                if (Files.exists(to)) {
                    throw new FileAlreadyExistsException(NLS.bind(Messages.recordings_nameTaken, to.getFileName()));
                }
                Files.move(row.file(), to);
            });
        }
    }

    /** What is wrong with a name for that file; null when nothing is. */
    static String problem(Path file, String name) {
        var plain = name.strip();
        if (plain.isEmpty()) {
            return "";
        }
        if (plain.startsWith(".") || plain.matches(".*[\\\\/:*?\"<>|\\p{Cntrl}].*")) {
            return Messages.recordings_nameWrong;
        }
        var to = file.resolveSibling(plain + RecordingList.ENDING);
        return !to.equals(file) && Files.exists(to) ? NLS.bind(Messages.recordings_nameTaken, plain) : null;
    }

    private void delete(List<Row> rows) {
        var names = rows.stream().map(Row::name).collect(Collectors.joining("\n"));
        if (!rows.stream().allMatch(this::isClosed) || !MessageDialog.openQuestion(shell(), Messages.recordings_title,
                NLS.bind(Messages.recordings_deleteQuestion, names))) {
            return;
        }
        work(NLS.bind(Messages.recordings_deleting, rows.getFirst().name()), () -> {
            for (var row : rows) {
                Files.deleteIfExists(row.file());
            }
        });
    }

    // Says so when it is open in an editor.
    private boolean isClosed(Row row) {
        for (var window : view.getSite().getWorkbenchWindow().getWorkbench().getWorkbenchWindows()) {
            for (var page : window.getPages()) {
                for (var editor : page.getEditorReferences()) {
                    if (isOn(editor, row.file())) {
                        MessageDialog.openInformation(shell(), Messages.recordings_title,
                                NLS.bind(Messages.recordings_isOpen, row.name()));
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isOn(IEditorReference editor, Path file) {
        try {
            return editor.getEditorInput() instanceof IURIEditorInput input && input.getURI().equals(file.toUri());
        } catch (PartInitException e) {
            return false; // an editor without a file has none of ours
        }
    }

    private void saveAs(Row row) {
        var file = SaveAsJob.ask(shell(), row.file() == null ? Messages.saveAs_live : row.name());
        if (file == null) {
            return;
        }
        var live = Mailscope.get().server().ownRecording();
        var job = isFile(row) ? new SaveAsJob(() -> OpenRecordings.acquire(row.file()),
                () -> OpenRecordings.release(row.file()), file) : new SaveAsJob(() -> live, () -> { }, file);
        job.schedule();
    }

    private void bring() {
        var dialog = ImportDialog.create(shell(), SWT.OPEN | SWT.MULTI);
        if (dialog.open() != null) {
            bring(Stream.of(dialog.getFileNames()).map(name -> Path.of(dialog.getFilterPath(), name)).toList());
        }
    }

    /** Brings files into the workspace, as recordings. */
    void bring(List<Path> files) {
        new ImportJob(files, false, view::refresh).schedule();
    }

    private void work(String name, Work work) {
        var job = Job.create(name, (ICoreRunnable) monitor -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new CoreException(new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e));
            } finally {
                view.refresh();
            }
        });
        job.setUser(true);
        job.schedule();
    }

    private Shell shell() {
        return view.getSite().getShell();
    }
}
