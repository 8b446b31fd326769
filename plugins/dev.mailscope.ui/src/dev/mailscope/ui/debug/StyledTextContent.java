package dev.mailscope.ui.debug;

import org.eclipse.jface.fieldassist.IControlContentAdapter;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;

/** Lets content be proposed in a line of StyledText, for which JFace has no adapter. */
final class StyledTextContent implements IControlContentAdapter {
    @Override
    public void setControlContents(Control control, String contents, int cursorPosition) {
        ((StyledText) control).setText(contents);
        setCursorPosition(control, cursorPosition);
    }

    @Override
    public void insertControlContents(Control control, String contents, int cursorPosition) {
        var field = (StyledText) control;
        var start = field.getSelection().x;
        field.insert(contents);
        setCursorPosition(control, start + cursorPosition);
    }

    @Override
    public String getControlContents(Control control) {
        return ((StyledText) control).getText();
    }

    @Override
    public int getCursorPosition(Control control) {
        return ((StyledText) control).getCaretOffset();
    }

    @Override
    public Rectangle getInsertionBounds(Control control) {
        var field = (StyledText) control;
        var at = field.getLocationAtOffset(field.getCaretOffset());
        return new Rectangle(at.x, at.y, 1, field.getLineHeight());
    }

    @Override
    public void setCursorPosition(Control control, int position) {
        ((StyledText) control).setSelection(position);
    }
}
