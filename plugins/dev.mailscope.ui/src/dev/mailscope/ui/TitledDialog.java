package dev.mailscope.ui;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

/** A dialog with its title over a grid of fields; it can be made larger. */
public abstract class TitledDialog extends TitleAreaDialog {
    private static final int MARGIN = 10;

    private final String title;
    private final int columns;

    /**
     * @param title   of the window, and over the fields
     * @param columns of the grid
     */
    protected TitledDialog(Shell parent, String title, int columns) {
        super(parent);
        setHelpAvailable(false);
        this.title = title;
        this.columns = columns;
    }

    /** Makes the fields, and says what the dialog is for. */
    protected abstract void createFields(Composite grid);

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(title);
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected final Control createDialogArea(Composite parent) {
        setTitle(title);
        var grid = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(grid);
        GridLayoutFactory.fillDefaults().numColumns(columns).margins(MARGIN, MARGIN).applyTo(grid);
        createFields(grid);
        return grid;
    }

    /** What OK wanted has been done: leaves the dialog, or says what is wrong, so that it can be tried again. */
    protected final void answered(String problem) {
        if (problem.isEmpty()) {
            close();
        } else if (getShell() != null) {
            setErrorMessage(problem);
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        }
    }
}
