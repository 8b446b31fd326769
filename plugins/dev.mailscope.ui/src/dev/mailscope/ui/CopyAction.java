package dev.mailscope.ui;

import java.util.function.Supplier;

import org.eclipse.jface.action.Action;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;

/** Edit &gt; Copy in a view: of the text field that has the focus, else of what is selected in the view. */
public final class CopyAction extends Action {
    private final Supplier<String> selected;

    /** Copies what the supplier gives; nothing when that is empty. */
    public CopyAction(Supplier<String> selected) {
        this.selected = selected;
    }

    @Override
    public void run() {
        switch (Display.getCurrent().getFocusControl()) {
            case Text text -> text.copy();
            case Combo combo -> combo.copy();
            case StyledText text -> text.copy();
            case null, default -> toClipboard(selected.get());
        }
    }

    /** Puts text on the clipboard, unless it is empty. On the UI thread. */
    public static void toClipboard(String text) {
        if (!text.isEmpty()) {
            var clipboard = new Clipboard(Display.getCurrent());
            try {
                clipboard.setContents(new Object[] { text }, new Transfer[] { TextTransfer.getInstance() });
            } finally {
                clipboard.dispose();
            }
        }
    }
}
