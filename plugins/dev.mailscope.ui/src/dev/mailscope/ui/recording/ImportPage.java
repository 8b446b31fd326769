package dev.mailscope.ui.recording;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.imports.FileKind;

/** Which file is to be imported; says what it is before it is. */
final class ImportPage extends WizardPage {
    private final Path selected;
    private Text name;
    private Label what;
    private Button opens;
    private Path file;
    // The newest look at the file; what an older one found is of no use.
    private Job look;

    ImportPage(Path selected) {
        super("import", Messages.import_title, null);
        this.selected = selected;
        setDescription(Messages.import_description);
    }

    @Override
    public void createControl(Composite parent) {
        var all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(3).applyTo(all);
        new Label(all, SWT.NONE).setText(Messages.import_file);
        name = new Text(all, SWT.BORDER | SWT.SINGLE);
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER)
                .applyTo(name);
        var browse = new Button(all, SWT.PUSH);
        browse.setText(Messages.import_browse);
        browse.addListener(SWT.Selection, event -> browse());
        setButtonLayoutData(browse);
        new Label(all, SWT.NONE);
        what = new Label(all, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(300, 4 * name.getLineHeight()).applyTo(what);
        opens = new Button(all, SWT.CHECK);
        opens.setText(Messages.import_open);
        opens.setSelection(true);
        GridDataFactory.fillDefaults().span(3, 1).applyTo(opens);
        name.addListener(SWT.Modify, event -> look());
        setControl(all);
        setPageComplete(false);
        if (selected != null) {
            name.setText(selected.toString());
        }
        name.setFocus();
    }

    @Override
    public void dispose() {
        if (look != null) {
            look.cancel();
        }
        super.dispose();
    }

    /** The file, once the page is complete. */
    Path file() {
        return file;
    }

    /** True when the recording is to be opened. */
    boolean opens() {
        return opens.getSelection();
    }

    private void browse() {
        var chosen = ImportDialog.create(getShell(), SWT.OPEN).open();
        if (chosen != null) {
            name.setText(chosen);
        }
    }

    private void look() {
        setPageComplete(false);
        what.setText("");
        setErrorMessage(null);
        var text = name.getText().strip();
        if (look != null) {
            look.cancel();
        }
        if (text.isEmpty()) {
            return;
        }
        var display = getShell().getDisplay();
        var job = new Job[1];
        job[0] = Job.createSystem(Messages.import_looking, (ICoreRunnable) monitor -> {
            Path path = null;
            FileKind kind = null;
            var problem = "";
            try {
                path = Path.of(text);
                kind = FileKind.of(path);
            } catch (IOException | InvalidPathException e) {
                problem = e.getMessage();
            }
            var found = path;
            var is = kind;
            var wrong = problem;
            if (!display.isDisposed()) {
                display.asyncExec(() -> {
                    if (look == job[0] && !name.isDisposed()) {
                        show(found, is, wrong);
                    }
                });
            }
        });
        look = job[0];
        look.schedule();
    }

    private void show(Path found, FileKind kind, String problem) {
        file = found;
        setErrorMessage(problem.isEmpty() ? null : problem);
        what.setText(kind == null ? "" : switch (kind) {
            case RECORDING -> Messages.import_isRecording;
            case CAPTURE -> Messages.import_isCapture;
            case TRANSCRIPT -> Messages.import_isTranscript;
        });
        setPageComplete(kind != null);
    }
}
