package dev.mailscope.ui;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.widgets.Control;

/** Takes files that are dropped. On the UI thread. */
public final class FileDrop extends DropTargetAdapter {
    private final Consumer<List<Path>> taken;

    /** Files go to that consumer. */
    public FileDrop(Consumer<List<Path>> taken) {
        this.taken = taken;
    }

    /** Lets files be dropped on a control, and on all that is in it. */
    public void listenTo(Control control) {
        var target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT);
        target.setTransfer(FileTransfer.getInstance());
        target.addDropListener(this);
    }

    @Override
    public void dragEnter(DropTargetEvent event) {
        dragOperationChanged(event);
    }

    @Override
    public void dragOperationChanged(DropTargetEvent event) {
        event.detail = FileTransfer.getInstance().isSupportedType(event.currentDataType)
                && (event.operations & DND.DROP_COPY) != 0 ? DND.DROP_COPY : DND.DROP_NONE;
    }

    @Override
    public void drop(DropTargetEvent event) {
        take(event.data);
    }

    /** Takes what a {@link FileTransfer} carries: the files' names; anything else is nothing. */
    public void take(Object data) {
        if (data instanceof String[] names && names.length > 0) {
            taken.accept(Arrays.stream(names).map(Path::of).toList());
        }
    }
}
