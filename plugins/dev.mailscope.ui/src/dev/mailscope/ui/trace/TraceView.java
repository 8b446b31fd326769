package dev.mailscope.ui.trace;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.commands.State;
import org.eclipse.core.filesystem.EFS;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.handlers.RadioState;
import org.eclipse.ui.handlers.RegistryToggleState;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.FileDrop;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.debug.HeldBanner;

/** Every event of the server, as it happens. */
public final class TraceView extends ViewPart implements TraceHost {
    private static final String FOLLOW = "dev.mailscope.ui.trace.follow";
    private static final String GROUP = "dev.mailscope.ui.trace.group";

    private final Mailscope mailscope = Mailscope.get();
    private TraceViewState state = TraceViewState.of(null);
    private TraceFeed.Listener feedListener;
    private TracePane pane;

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        state = TraceViewState.of(memento);
    }

    @Override
    public void saveState(IMemento memento) {
        pane.state().save(memento);
    }

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        HeldBanner.create(parent, mailscope.debugger(), getSite().getWorkbenchWindow());
        var focus = mailscope.focus();
        pane = new TracePane(parent, getSite(), focus, focus.server(), state,
                following -> commandState(FOLLOW, RegistryToggleState.STATE_ID).setValue(following));
        GridDataFactory.fillDefaults().grab(true, true).applyTo(pane);
        new FileDrop(this::open).listenTo(pane);
        var contexts = getSite().<IContextService>getService(IContextService.class);
        contexts.activateContext(Mailscope.CONTEXT);
        contexts.activateContext(Mailscope.TRACE_CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(),
                new CopyAction(pane::copySelection));
        feedListener = pane::take;
        mailscope.feed().addListener(feedListener);
        mailscope.server().open();
        var latest = mailscope.feed().latest();
        if (latest != null) {
            pane.take(latest);
        }
        commandState(FOLLOW, RegistryToggleState.STATE_ID).setValue(pane.isFollowing());
        pane.group(TracePane.Grouped
                .valueOf(commandState(GROUP, RadioState.STATE_ID).getValue().toString().toUpperCase(Locale.ROOT)));
    }

    /** Opens files that were dropped here: recordings, or what becomes one. */
    private void open(List<Path> files) {
        for (var file : files) {
            try {
                var input = new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(file.toUri()));
                getSite().getPage().openEditor(input, Mailscope.RECORDING_EDITOR);
            } catch (PartInitException e) {
                MessageDialog.openError(getSite().getShell(), getPartName(), e.getMessage());
            }
        }
    }

    @Override
    public void setFocus() {
        mailscope.focus().look(mailscope.focus().server());
        pane.setFocus();
    }

    @Override
    public void dispose() {
        mailscope.feed().removeListener(feedListener);
        super.dispose();
    }

    @Override
    public TracePane trace() {
        return pane;
    }

    private State commandState(String command, String name) {
        return getSite().<ICommandService>getService(ICommandService.class).getCommand(command).getState(name);
    }
}
