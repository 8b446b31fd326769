package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.RowLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.IURIEditorInput;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.part.EditorPart;

import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.transcript.Outcome;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.Ticks;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;
import dev.mailscope.ui.trace.TraceHost;
import dev.mailscope.ui.trace.TracePane;

/**
 * A recording, or a forked server, in an editor, with all that the Trace view can do. While it is active, the other
 * views show it instead of the server. The recording that is being made can be opened too; it goes on.
 */
public final class RecordingEditor extends EditorPart implements TraceHost {
    /** Its id in the workbench. */
    public static final String ID = Mailscope.RECORDING_EDITOR;

    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private Composite stack;
    private Text message;
    private Path opened;
    private Job opening;
    private Fork fork;
    // What came true of a transcript that this shows; null for anything else.
    private Outcome outcome;
    private Source source;
    private TracePane pane;
    private TraceFeed feed;
    private TraceFeed.Listener feedListener;

    /** Opens a file; says so when it cannot be shown. */
    static void open(IWorkbenchPage page, Path file) {
        try {
            page.openEditor(new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(file.toUri())), ID);
        } catch (PartInitException e) {
            MessageDialog.openError(page.getWorkbenchWindow().getShell(), Messages.recordings_title, e.getMessage());
        }
    }

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof IURIEditorInput || input instanceof ForkInput)) {
            throw new PartInitException(NLS.bind(Messages.editor_noFile, input.getName()));
        }
        setSite(site);
        setInput(input);
        setPartName(input.getName());
    }

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        message = new Text(stack, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP);
        ViewFont.apply(message, ViewFont.TABLES);
        var contexts = getSite().<IContextService>getService(IContextService.class);
        contexts.activateContext(Mailscope.CONTEXT);
        contexts.activateContext(Mailscope.TRACE_CONTEXT);
        if (getEditorInput() instanceof ForkInput input) {
            fork = input.fork();
            show(fork.source());
            feed(fork.feed());
            return;
        }
        var path = Path.of(((IURIEditorInput) getEditorInput()).getURI());
        if (isBeingMade(path)) {
            show(focus.server());
            feed(mailscope.feed());
            pane.take(mailscope.feed().latest());
        } else {
            say(NLS.bind(Messages.editor_opening, getPartName()));
            open(path);
        }
    }

    @Override
    public void setFocus() {
        if (source != null) {
            focus.look(source);
            pane.setFocus();
        } else {
            message.setFocus();
        }
    }

    @Override
    public void dispose() {
        if (feed != null) {
            feed.removeListener(feedListener);
        }
        if (source != null && !source.isServer()) {
            focus.forget(source);
        }
        if (opening != null) {
            opening.cancel();
        }
        if (opened != null) {
            release(opened);
            opened = null;
        }
        if (fork != null) {
            fork.close();
        }
        super.dispose();
    }

    @Override
    public TracePane trace() {
        return pane;
    }

    @Override
    public boolean isDirty() {
        return false;
    }

    @Override
    public boolean isSaveAsAllowed() {
        return source != null;
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        // What is noted in a recording is kept at once, and nothing else is changed.
    }

    @Override
    public void doSaveAs() {
        var recording = source.recording();
        var file = SaveAsJob.ask(getSite().getShell(), getPartName());
        if (file != null) {
            new SaveAsJob(() -> recording, () -> { }, file).schedule();
        }
    }

    private void release(Path path) {
        Job.createSystem(Messages.editor_closing, (ICoreRunnable) monitor -> close(path)).schedule();
    }

    private void close(Path path) {
        OpenRecordings.release(path);
        if (!path.equals(file())) { // it was made of what the file holds
            try {
                ImportedFile.delete(path);
            } catch (IOException e) {
                Mailscope.log(e.getMessage(), e);
            }
        }
    }

    private Path file() {
        return Path.of(((IURIEditorInput) getEditorInput()).getURI());
    }

    private boolean isBeingMade(Path path) {
        var live = mailscope.server().recording();
        return live != null && path.equals(live.status().file()) && mailscope.feed().latest() != null;
    }

    private void open(Path path) {
        var display = stack.getDisplay();
        opening = Job.create(NLS.bind(Messages.editor_opening, getPartName()), (ICoreRunnable) monitor -> {
            Recording found = null;
            var imported = new ImportedFile(path, null);
            var problem = "";
            try {
                if (ImportedFile.isToBeMade(path)) {
                    imported = ImportedFile.make(path, new Ticks(monitor, ""));
                }
                found = OpenRecordings.acquire(imported.recording());
            } catch (CancellationException e) {
                problem = Messages.import_cancelled;
            } catch (IOException e) {
                problem = e.getMessage();
            }
            var from = imported;
            var recording = found;
            var why = problem;
            if (!display.isDisposed()) {
                display.asyncExec(() -> opened(from, recording, why));
            } else if (recording != null) {
                close(from.recording());
            }
        });
        opening.schedule();
    }

    private void opened(ImportedFile from, Recording recording, String problem) {
        opening = null;
        if (recording == null) {
            if (!stack.isDisposed()) {
                say(NLS.bind(Messages.editor_cannot, getPartName(), problem));
            }
            return;
        }
        if (stack.isDisposed()) {
            release(from.recording());
            return;
        }
        opened = from.recording();
        outcome = from.outcome();
        show(Source.opened(getPartName(), recording));
        pane.show(recording);
        if (getSite().getPage().getActivePart() == this) {
            focus.look(source);
        }
    }

    private void show(Source looked) {
        source = looked;
        var shown = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(shown);
        if (fork != null) {
            createForkLine(shown);
        }
        if (outcome != null && !outcome.isAsExpected()) {
            createOutcomeLine(shown);
        }
        pane = TracePane.inEditor(shown, getSite(), focus, looked);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(pane);
        getEditorSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(),
                new CopyAction(pane::copySelection));
        ((StackLayout) stack.getLayout()).topControl = shown;
        stack.layout();
        firePropertyChange(PROP_DIRTY); // it can be saved as another file now
    }

    private void createOutcomeLine(Composite parent) {
        var line = new Text(parent, SWT.READ_ONLY | SWT.WRAP | SWT.MULTI);
        line.setText(NLS.bind(Messages.editor_outcome, outcome.summary()));
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 3).hint(300, SWT.DEFAULT).applyTo(line);
        ViewFont.apply(line, ViewFont.TABLES);
    }

    private void createForkLine(Composite parent) {
        var line = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 3).spacing(0, 3).applyTo(line);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(line);
        var where = new Text(line, SWT.READ_ONLY | SWT.WRAP);
        where.setText(NLS.bind(Messages.fork_line, fork.ports(), Fork.PASSWORD));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(where);
        ViewFont.apply(where, ViewFont.TABLES);
        var buttons = new Composite(line, SWT.NONE); // beside each other where there is room
        RowLayoutFactory.fillDefaults().spacing(3).applyTo(buttons);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(buttons);
        for (var protocol : Protocol.values()) {
            button(buttons, NLS.bind(Messages.fork_session, protocol.name()),
                    NLS.bind(Messages.fork_sessionHint, fork.name()), () -> openSession(protocol));
        }
        button(buttons, Messages.fork_compare, Messages.fork_compareHint, () -> pane.showDifference(
                NLS.bind(Messages.fork_difference, fork.name()), focus.server().newest(), source.newest()));
    }

    private static void button(Composite parent, String text, String hint, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(hint);
        button.addListener(SWT.Selection, event -> action.run());
        ViewFont.apply(button, ViewFont.TABLES);
    }

    private void openSession(Protocol protocol) {
        try {
            if (getSite().getPage().showView(Mailscope.SESSION_VIEW) instanceof ConsoleView console) {
                console.open(protocol, source);
            }
        } catch (PartInitException e) {
            MessageDialog.openError(getSite().getShell(), fork.name(), e.getMessage());
        }
    }

    private void feed(TraceFeed from) {
        feed = from;
        feedListener = batch -> {
            pane.take(batch);
            focus.grown(source);
        };
        from.addListener(feedListener);
    }

    private void say(String text) {
        message.setText(text);
        ((StackLayout) stack.getLayout()).topControl = message;
        stack.layout();
    }
}
