package dev.mailscope.ui.filter;

import org.eclipse.jface.fieldassist.IControlContentAdapter;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;

/** Lets the platform's proposals look into a {@link StyledText}. */
final class StyledTextContent implements IControlContentAdapter {
    @Override
    public String getControlContents(Control control) {
        return ((StyledText) control).getText();
    }

    @Override
    public void setControlContents(Control control, String contents, int caret) {
        ((StyledText) control).setText(contents);
        ((StyledText) control).setCaretOffset(caret);
    }

    @Override
    public void insertControlContents(Control control, String contents, int caret) {
        ((StyledText) control).insert(contents);
    }

    @Override
    public int getCursorPosition(Control control) {
        return ((StyledText) control).getCaretOffset();
    }

    @Override
    public void setCursorPosition(Control control, int index) {
        ((StyledText) control).setCaretOffset(index);
    }

    @Override
    public Rectangle getInsertionBounds(Control control) {
        var text = (StyledText) control;
        var at = text.getLocationAtOffset(text.getCaretOffset());
        return new Rectangle(at.x, at.y, 1, text.getLineHeight());
    }
}
