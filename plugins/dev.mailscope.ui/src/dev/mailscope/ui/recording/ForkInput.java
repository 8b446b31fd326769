package dev.mailscope.ui.recording;

import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IPersistableElement;

/** A forked server, whose trace is shown in an editor; it ends when the editor is closed. */
final class ForkInput extends PlatformObject implements IEditorInput {
    private final Fork fork;

    ForkInput(Fork fork) {
        this.fork = fork;
    }

    Fork fork() {
        return fork;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return null;
    }

    @Override
    public String getName() {
        return fork.name();
    }

    @Override
    public IPersistableElement getPersistable() {
        return null;
    }

    @Override
    public String getToolTipText() {
        return NLS.bind(Messages.fork_hint, fork.name(), fork.ports());
    }
}
