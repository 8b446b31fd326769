package dev.mailscope.ui.lab.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.FileEditorInput;
import org.eclipse.ui.texteditor.DefaultMarkerAnnotationAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.lab.LabPictures;

/** The editor of labs in a real window. */
class LabEditorTest {
    private static final String TEXT = """
            # Gone

            ```setup
            account bob secret
            mail bob INBOX
              Subject: Meeting

              At ten.
            ```

            ## Delete it

            Log in, `DELE 1`, and *quit*.

            ```check
            It is gone: messages('bob', 'INBOX') = 0
            ```

            ```quiz single
            Which phase deletes?
            - [ ] Transaction
            - [x] Update
            ```
            """;
    private static final String RIGHT = TEXT.replace(" = 0", " == 0");

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        Robot.ui(() -> Robot.page().setEditorAreaVisible(true));
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            Robot.page().closeAllEditors(false);
            Mailscope.get().labs().leaveLab();
            var view = Robot.page().findView(Mailscope.LAB_VIEW);
            if (view != null) {
                Robot.page().hideView(view);
            }
        });
        Robot.until("no lab is open", () -> Mailscope.get().labs().run().isEmpty() && !Mailscope.get().labs().isBusy()
                && Mailscope.get().server().guest().isEmpty());
    }

    @Test
    void whatIsWrongIsMarkedWhileItIsWritten() throws Exception {
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject("Labs");
        project.create(null);
        project.open(null);
        try {
            var file = project.getFile("gone.lab.md");
            file.create(TEXT.getBytes(StandardCharsets.UTF_8), true, false, null);
            var editor = open(new FileEditorInput(file), file.getName());
            Robot.until("there is a marker", () -> markers(file).length == 1);
            var marker = markers(file)[0];
            assertEquals(16, marker.getAttribute(IMarker.LINE_NUMBER, 0));
            assertEquals(TEXT.indexOf("= 0"), marker.getAttribute(IMarker.CHAR_START, 0), marker.getAttribute(
                    IMarker.MESSAGE, ""));
            Robot.until("the editor shows it", () -> isAnnotated(editor));
            LabPictures.picture("lab-editor-wrong");
            Robot.ui(() -> document(editor).set(RIGHT));
            Robot.until("there is none", () -> markers(file).length == 0);
            Robot.until("the preview shows the step", () -> editor.preview().words().contains("Delete it"));
            LabPictures.picture("lab-editor");
            var colours = Robot.ask(() -> Arrays.stream(((StyledText) editor.getAdapter(
                    org.eclipse.swt.widgets.Control.class)).getStyleRanges()).map(style -> style.foreground).distinct()
                    .count());
            assertTrue(colours >= 4, colours + " colours");
            // Thrown away: the file is wrong as it was.
            Robot.ui(() -> Robot.page().closeEditor(editor, false));
            Robot.until("there is a marker again", () -> markers(file).length == 1);
        } finally {
            Robot.ui(() -> Robot.page().closeAllEditors(false));
            project.delete(true, true, null);
        }
    }

    @Test
    void whatALabMustNotDoIsMarkedAtItsLine() throws Exception {
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject("Labs");
        project.create(null);
        project.open(null);
        try {
            var file = project.getFile("bad.lab.md");
            file.create("""
                    # Bad

                    ```setup
                    account bob secret
                    mail bob INBOX ../outside.eml
                    ```

                    ## Step

                    <script>alert(1)</script>

                    ![passwords](../../etc/passwd)

                    ```check
                    It loops: while (true) { }
                    It runs: new('java.io.File', 'x') == 1
                    ```
                    """.getBytes(StandardCharsets.UTF_8), true, false, null);
            open(new FileEditorInput(file), file.getName());
            Robot.until("all is marked", () -> markers(file).length >= 5);
            assertEquals(List.of(5, 10, 12, 15, 16), Arrays.stream(markers(file))
                    .map(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0)).distinct().sorted().toList());
            LabPictures.picture("lab-editor-bad");
            var labs = Mailscope.get().labs();
            Robot.command("dev.mailscope.ui.lab.run");
            Robot.until("it is refused", () -> !labs.isBusy() && labs.problems().size() >= 5);
            assertTrue(labs.run().isEmpty() && Mailscope.get().server().guest().isEmpty());
            LabPictures.picture("lab-bad");
        } finally {
            Robot.ui(() -> Robot.page().closeAllEditors(false));
            project.delete(true, true, null);
        }
    }

    @Test
    void aFileOutsideTheWorkspaceIsEditedAndRun() throws Exception {
        var file = folder.resolve("lab.md");
        Files.writeString(file, TEXT);
        var editor = open(new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(file.toUri())), "lab.md");
        Robot.until("it is annotated", () -> isAnnotated(editor));
        Robot.ui(() -> document(editor).set(RIGHT));
        Robot.until("it is right", () -> editor.parsed() != null && editor.parsed().lab() != null);
        Robot.command("dev.mailscope.ui.lab.run");
        var labs = Mailscope.get().labs();
        assertEquals(Optional.of(file), labs.file());
        Robot.until("it runs", () -> !labs.isBusy() && (labs.run().isPresent() || !labs.problem().isEmpty()
                || !labs.problems().isEmpty()));
        assertEquals(List.of(), labs.problems());
        assertEquals("", labs.problem());
        assertEquals(RIGHT, Files.readString(file), "it was saved first");
        // Changed and run again: the new text is begun anew.
        Robot.ui(() -> {
            Robot.page().activate(editor);
            document(editor).set(RIGHT.replace("# Gone", "# Gone again"));
        });
        Robot.command("dev.mailscope.ui.lab.run");
        Robot.until("the new one runs", () -> Mailscope.get().labs().run().isPresent()
                && Mailscope.get().labs().run().get().lab().title().equals("Gone again"));
    }

    /** True when the editor shows an error in its text, and has a style for that. */
    private static boolean isAnnotated(LabEditor editor) {
        var access = new DefaultMarkerAnnotationAccess();
        var annotations = editor.getDocumentProvider().getAnnotationModel(editor.getEditorInput())
                .getAnnotationIterator();
        while (annotations.hasNext()) {
            if (access.isSubtype(annotations.next().getType(), "org.eclipse.ui.workbench.texteditor.error")) {
                return true;
            }
        }
        return false;
    }

    private static IDocument document(LabEditor editor) {
        return editor.getDocumentProvider().getDocument(editor.getEditorInput());
    }

    /** Opens it as a double click does: by its name and content. */
    private static LabEditor open(IEditorInput input, String name) {
        return Robot.ask(() -> {
            try {
                var descriptor = IDE.getEditorDescriptor(name, true, false);
                return (LabEditor) Robot.page().openEditor(input, descriptor.getId());
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static IMarker[] markers(IFile file) {
        try {
            return file.findMarkers(LabProblems.MARKER, false, IResource.DEPTH_ZERO);
        } catch (CoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
