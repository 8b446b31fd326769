package dev.mailscope.ui.lab.edit;

import java.nio.file.Path;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.Document;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IURIEditorInput;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.part.FileEditorInput;

import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.pack.Problem;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.lab.MarkdownText;

/**
 * The teacher's editor: a lab's text with colours, completion, and what is wrong with it at its place while it is
 * written; beside it, what the student will see.
 */
public final class LabEditor extends TextEditor {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.lab.editor";
    private static final String HELP = "dev.mailscope.ui.labEditor";
    private static final int DELAY = 300;

    private final LabProblems problems = new LabProblems();
    private final IDocumentListener documentListener = new IDocumentListener() {
        @Override
        public void documentAboutToBeChanged(DocumentEvent event) {
            // what comes of it is looked at
        }

        @Override
        public void documentChanged(DocumentEvent event) {
            lookSoon();
        }
    };
    private IDocument document;
    private MarkdownText preview;
    private Job look;
    private volatile LabParser.Parsed parsed;

    @Override
    protected void initializeEditor() {
        super.initializeEditor();
        setEditorContextMenuId("#TextEditorContext");
        setHelpContextId(HELP);
    }

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, HELP);
        var sash = new SashForm(parent, SWT.HORIZONTAL);
        var left = new Composite(sash, SWT.NONE);
        left.setLayout(new FillLayout());
        preview = new MarkdownText(sash, SWT.V_SCROLL);
        sash.setWeights(58, 42);
        setSourceViewerConfiguration(new LabConfiguration(left, getPreferenceStore()));
        super.createPartControl(left);
        Theme.follow(left, () -> getSourceViewer().invalidateTextPresentation());
        listen();
    }

    /** Its paragraphs and conditions are longer than the pane is wide. */
    @Override
    protected boolean getInitialWordWrapStatus() {
        return true;
    }

    @Override
    public void dispose() {
        if (look != null) {
            look.cancel();
        }
        if (document != null) {
            document.removeDocumentListener(documentListener);
        }
        // What is thrown away is no longer wrong.
        if (getEditorInput() instanceof FileEditorInput input && isDirty() && path() != null) {
            var file = input.getFile();
            Job.createSystem(Messages.editor_look, (ICoreRunnable) monitor -> markAsSaved(file)).schedule();
        }
        super.dispose();
    }

    @Override
    protected void doSetInput(IEditorInput input) throws CoreException {
        super.doSetInput(input);
        if (preview != null) {
            listen();
        }
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        super.doSave(monitor);
        lookSoon();
    }

    /** The file it edits; null when it is none of this machine's. */
    public Path path() {
        return getEditorInput() instanceof IURIEditorInput input && input.getURI() != null
                && "file".equals(input.getURI().getScheme()) ? Path.of(input.getURI()) : null;
    }

    /** What became of the text when it was looked at last; null before. */
    LabParser.Parsed parsed() {
        return parsed;
    }

    /** What the student will see. */
    MarkdownText preview() {
        return preview;
    }

    private void listen() {
        if (document != null) {
            document.removeDocumentListener(documentListener);
        }
        document = getDocumentProvider().getDocument(getEditorInput());
        if (document != null) {
            document.addDocumentListener(documentListener);
            lookSoon();
        }
    }

    private void lookSoon() {
        if (look == null) {
            look = Job.createSystem(Messages.editor_look, (ICoreRunnable) monitor -> look());
        }
        look.cancel();
        look.schedule(DELAY);
    }

    private void look() {
        var looked = document;
        var text = looked.get();
        var path = path();
        var folder = path == null ? null : path.getParent();
        var found = LabParser.parse(text, folder);
        if (getEditorInput() instanceof FileEditorInput input) {
            LabProblems.mark(input.getFile(), new Document(text), found.problems());
        }
        var display = getSite().getShell() == null ? null : getSite().getShell().getDisplay();
        if (display != null && !display.isDisposed()) {
            display.asyncExec(() -> show(looked, text, found, folder));
        }
    }

    private void show(IDocument looked, String text, LabParser.Parsed found, Path folder) {
        if (preview.control().isDisposed() || looked != document || !looked.get().equals(text)) {
            return;
        }
        parsed = found;
        if (!(getEditorInput() instanceof FileEditorInput)) {
            problems.show(getDocumentProvider().getAnnotationModel(getEditorInput()), looked, found.problems());
        }
        var top = preview.control().getTopIndex();
        preview.show(found.lab() != null ? LabPreview.of(found.lab())
                : Messages.preview_wrong + "\n\n" + found.problems().stream().map(Problem::toString)
                        .map(line -> "- " + line.replaceAll("([\\\\`*_\\[\\]<>#])", "\\\\$1"))
                        .collect(Collectors.joining("\n")), folder);
        preview.control().setTopIndex(top);
    }

    private static void markAsSaved(IFile file) {
        try {
            var text = file.readString();
            var parent = file.getLocation() == null ? null : file.getLocation().toPath().getParent();
            LabProblems.mark(file, new Document(text), LabParser.parse(text, parent).problems());
        } catch (CoreException e) {
            Mailscope.log(file.getFullPath() + ": " + e.getMessage(), e);
        }
    }
}
