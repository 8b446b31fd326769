package dev.mailscope.ui.lab.edit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModelExtension;

import dev.mailscope.lab.pack.Problem;
import dev.mailscope.ui.Mailscope;

/** Shows what is wrong with a lab where it is: as markers of its file, or in the editor alone when it has none. */
final class LabProblems {
    static final String MARKER = "dev.mailscope.ui.lab.problem";
    private static final String ANNOTATION = "org.eclipse.ui.workbench.texteditor.error";

    private Annotation[] shown = {};

    /** Where that is in the text. */
    static Position position(IDocument document, Problem problem) {
        try {
            var line = Math.clamp(problem.line() - 1, 0, document.getNumberOfLines() - 1);
            var start = document.getLineOffset(line);
            var length = document.getLineInformation(line).getLength();
            var from = problem.column() == 0 ? 0 : Math.min(problem.column() - 1, length);
            var to = problem.column() == 0 || problem.length() == 0 ? length : Math.min(length, from + problem.length());
            // What is missing at the end of a line is shown at its last character.
            return to > from || from == 0 ? new Position(start + from, to - from) : new Position(start + from - 1, 1);
        } catch (BadLocationException e) {
            return new Position(0, 0);
        }
    }

    /** Shows them in the editor alone. */
    void show(IAnnotationModel model, IDocument document, List<Problem> problems) {
        Map<Annotation, Position> added = new HashMap<>();
        problems.forEach(problem -> added.put(new Annotation(ANNOTATION, false, problem.text()),
                position(document, problem)));
        if (model instanceof IAnnotationModelExtension extension) {
            extension.replaceAnnotations(shown, added);
        }
        shown = added.keySet().toArray(Annotation[]::new);
    }

    /** Shows them at the file. */
    static void mark(IFile file, IDocument document, List<Problem> problems) {
        try {
            if (!file.exists()) {
                return;
            }
            IWorkspaceRunnable work = monitor -> {
                file.deleteMarkers(MARKER, true, IResource.DEPTH_ZERO);
                for (var problem : problems) {
                    var position = position(document, problem);
                    file.createMarker(MARKER, Map.of(IMarker.MESSAGE, problem.text(), IMarker.SEVERITY,
                            IMarker.SEVERITY_ERROR, IMarker.LINE_NUMBER, problem.line(), IMarker.CHAR_START,
                            position.getOffset(), IMarker.CHAR_END, position.getOffset() + position.getLength(),
                            IMarker.TRANSIENT, true));
                }
            };
            file.getWorkspace().run(work, file, IWorkspace.AVOID_UPDATE, null);
        } catch (CoreException e) {
            Mailscope.log(file.getFullPath() + ": " + e.getMessage(), e);
        }
    }
}
