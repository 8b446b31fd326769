package dev.mailscope.ui.classroom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.IHandlerService;

import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.expression.PlainText;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.trace.TraceView;

/** What can be done with the class in the view. On the UI thread; files are written in Jobs. */
final class ClassroomActions {
    private static final String OPEN = "dev.mailscope.ui.classroom.open";

    private final ClassroomView view;
    private final TableViewer viewer;
    private final Lesson lesson = Mailscope.get().lesson();
    private final Action show = action(Messages.action_show, this::showTrace);
    private final Action save = action(Messages.action_save, this::askForFile);
    private final Action saveAll = action(Messages.action_saveAll, this::askForFolder);
    private final Action handOut = action(Messages.action_handOut, this::askForHandOut);

    ClassroomActions(ClassroomView view, TableViewer viewer) {
        this.view = view;
        this.viewer = viewer;
    }

    /** Puts them into the menus of the view; a row that is opened shows its student's trace. */
    void create(IActionBars bars) {
        bars.getMenuManager().add(handOut);
        bars.getMenuManager().add(saveAll);
        var menu = new MenuManager();
        menu.add(show);
        menu.add(save);
        menu.add(new Separator());
        menu.add(saveAll);
        menu.add(handOut);
        viewer.getTable().setMenu(menu.createContextMenu(viewer.getTable()));
        view.getSite().registerContextMenu(menu, viewer);
        viewer.addOpenListener(event -> {
            if (show.isEnabled()) {
                showTrace();
            }
        });
        viewer.addSelectionChangedListener(event -> enable());
        enable();
    }

    /** Lets those be used that make sense now. */
    void enable() {
        var one = view.selected().size() == 1;
        show.setEnabled(one && lesson.opened().isPresent());
        save.setEnabled(one && lesson.last().isPresent());
        saveAll.setEnabled(lesson.last().isPresent());
        handOut.setEnabled(lesson.last().isPresent());
    }

    /** The command that opens the server to the network, where it can be used. */
    void openToNetwork() {
        try {
            view.getSite().getService(IHandlerService.class).executeCommand(OPEN, null);
        } catch (CommandException e) {
            Mailscope.log(e.getMessage(), e);
        }
    }

    /** Writes the trace of one student. */
    void save(String user, Path file) {
        lesson.last().ifPresent(of -> new SaveTracesJob(lesson, of,
                List.of(new SaveTracesJob.Part(user, file))).schedule());
    }

    /** Writes the trace of every student into a folder, a file for each account. */
    void saveAll(Path folder) {
        lesson.last().ifPresent(of -> new SaveTracesJob(lesson, of,
                of.classroom().students().stream().map(student -> new SaveTracesJob.Part(student.user(),
                        folder.resolve(student.user() + ".mailtrace"))).toList()).schedule());
    }

    /** Writes what is to be handed out. */
    void saveHandOut(Path file) {
        lesson.last().ifPresent(of -> Job.create(Messages.action_handOut, (ICoreRunnable) monitor -> {
            try {
                of.handOut().write(file);
            } catch (IOException e) {
                throw new CoreException(new Status(IStatus.ERROR, Mailscope.ID, e.getMessage(), e));
            }
        }).schedule());
    }

    /** Shows what the selected student does, and nothing else, in the Trace view. */
    void showTrace() {
        var user = view.selected().getFirst().student().user();
        try {
            var trace = (TraceView) view.getSite().getPage().showView(Mailscope.TRACE_VIEW);
            Mailscope.get().focus().goLive();
            trace.trace().filter(Filter.ALL.withText("user == " + PlainText.quoted(user)));
        } catch (PartInitException e) {
            Mailscope.log(e.getMessage(), e);
        }
    }

    private void askForFile() {
        var user = view.selected().getFirst().student().user();
        var dialog = new FileDialog(view.getSite().getShell(), SWT.SAVE);
        dialog.setText(NLS.bind(Messages.save_title, user));
        dialog.setFilterExtensions(new String[] {"*.mailtrace", "*"});
        dialog.setFileName(user + ".mailtrace");
        dialog.setOverwrite(true);
        var chosen = dialog.open();
        if (chosen != null) {
            save(user, Path.of(chosen));
        }
    }

    private void askForFolder() {
        var dialog = new DirectoryDialog(view.getSite().getShell(), SWT.SAVE);
        dialog.setText(Messages.action_saveAll);
        dialog.setMessage(Messages.save_all);
        var chosen = dialog.open();
        if (chosen != null) {
            saveAll(Path.of(chosen));
        }
    }

    private void askForHandOut() {
        var dialog = new FileDialog(view.getSite().getShell(), SWT.SAVE);
        dialog.setText(Messages.action_handOut);
        dialog.setFilterExtensions(new String[] {"*.html", "*.csv", "*.txt"});
        dialog.setFileName("accounts.html");
        dialog.setOverwrite(true);
        var chosen = dialog.open();
        if (chosen != null) {
            saveHandOut(Path.of(chosen));
        }
    }

    private static Action action(String text, Runnable work) {
        return new Action(text) {
            @Override
            public void run() {
                work.run();
            }
        };
    }
}
