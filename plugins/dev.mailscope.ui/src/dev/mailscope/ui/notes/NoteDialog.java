package dev.mailscope.ui.notes;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.trace.Note;
import dev.mailscope.ui.ViewFont;

/** Asks for the words of a note: several lines; none make it a bookmark. */
final class NoteDialog extends Dialog {
    private final long event;
    private String text;
    private Text field;

    NoteDialog(Shell parent, long event, String text) {
        super(parent);
        this.event = event;
        this.text = text;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** The words, with LF between lines. */
    String text() {
        return text;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(NLS.bind(Messages.dialog_title, Long.toString(event)));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var label = new Label(area, SWT.WRAP);
        label.setText(Messages.dialog_message);
        GridDataFactory.fillDefaults().hint(convertHorizontalDLUsToPixels(260), SWT.DEFAULT).grab(true, false)
                .applyTo(label);
        field = new Text(area, SWT.MULTI | SWT.BORDER | SWT.WRAP | SWT.V_SCROLL);
        field.setTextLimit(Note.LONGEST);
        field.setText(text);
        field.selectAll();
        ViewFont.apply(field, ViewFont.TABLES);
        // Enter begins a line, Ctrl+Enter is OK, and Tab leaves the field.
        field.addListener(SWT.Traverse, event -> {
            if (event.detail == SWT.TRAVERSE_RETURN && (event.stateMask & SWT.MOD1) != 0) {
                event.doit = false;
                okPressed();
            } else if (event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
                event.doit = true;
            }
        });
        GridDataFactory.fillDefaults().grab(true, true)
                .hint(convertHorizontalDLUsToPixels(260), convertVerticalDLUsToPixels(70)).applyTo(field);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, IDialogConstants.OK_LABEL, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        field.setFocus();
    }

    @Override
    protected void okPressed() {
        text = field.getText().replace(Text.DELIMITER, "\n").strip();
        super.okPressed();
    }
}
