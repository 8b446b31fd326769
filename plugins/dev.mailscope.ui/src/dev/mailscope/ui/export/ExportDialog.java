package dev.mailscope.ui.export;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Shell;

import dev.mailscope.server.export.Format;
import dev.mailscope.server.export.Selection;

/** Asks what of a recording is to be exported, and in which format. */
final class ExportDialog extends TitleAreaDialog {
    private final Selection all;
    private final Selection selected;
    private final long session;
    private Format format = Format.TRANSCRIPT;
    private Selection selection;

    /**
     * A dialog for that recording.
     *
     * @param selected the selected events; null when it is not more than one
     * @param session  the selected session, 0 for none
     */
    ExportDialog(Shell parent, Selection all, Selection selected, long session) {
        super(parent);
        this.all = all;
        this.selected = selected;
        this.session = session;
        this.selection = selected != null ? selected : session != 0 ? all.ofSessions(session) : all;
    }

    /** The format that was chosen. */
    Format format() {
        return format;
    }

    /** What was chosen to be exported. */
    Selection selection() {
        return selection;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.dialog_title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.dialog_title);
        setMessage(Messages.dialog_message);
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(10, 8).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        var what = group(body, Messages.dialog_what);
        if (selected != null) {
            choice(what, NLS.bind(Messages.dialog_selected, Long.toString(selected.first()),
                    Long.toString(selected.last())), selected);
        }
        if (session != 0) {
            choice(what, NLS.bind(Messages.dialog_session, Long.toString(session)), all.ofSessions(session));
        }
        choice(what, NLS.bind(Messages.dialog_all, Long.toString(all.first()), Long.toString(all.last())), all);
        var as = group(body, Messages.dialog_as);
        for (var each : Format.values()) {
            var button = radio(as, each.summary(), each == format);
            button.addListener(SWT.Selection, event -> {
                if (button.getSelection()) {
                    format = each;
                }
            });
        }
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.dialog_save, true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
    }

    private void choice(Composite parent, String text, Selection choice) {
        var button = radio(parent, text, choice.equals(selection));
        button.addListener(SWT.Selection, event -> {
            if (button.getSelection()) {
                selection = choice;
            }
        });
    }

    private static Button radio(Composite parent, String text, boolean chosen) {
        var button = new Button(parent, SWT.RADIO);
        button.setText(text);
        button.setSelection(chosen);
        return button;
    }

    private static Group group(Composite parent, String title) {
        var group = new Group(parent, SWT.NONE);
        group.setText(title);
        group.setLayout(new GridLayout());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
        return group;
    }
}
