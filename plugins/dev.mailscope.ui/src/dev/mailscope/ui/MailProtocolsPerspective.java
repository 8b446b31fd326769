package dev.mailscope.ui;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

import dev.mailscope.ui.diagram.ConversationView;
import dev.mailscope.ui.diagram.PhaseView;
import dev.mailscope.ui.diagram.SequenceView;

/**
 * The server at the left, clients (a console, devices) at the right, and below both what passes between them and what
 * is found in that; beside it, once they are opened, step mode, drawings, recordings and forks; a lab at the left of
 * all.
 */
public final class MailProtocolsPerspective implements IPerspectiveFactory {
    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.createPlaceholderFolder("lab", IPageLayout.LEFT, 0.32f, layout.getEditorArea())
                .addPlaceholder(Mailscope.LAB_VIEW);
        layout.addView(Mailscope.SERVER_VIEW, IPageLayout.TOP, 0.55f, layout.getEditorArea());
        var clients = layout.createFolder("clients", IPageLayout.RIGHT, 0.43f, Mailscope.SERVER_VIEW);
        clients.addView(Mailscope.SESSION_VIEW);
        clients.addView(Mailscope.DEVICES_VIEW);
        clients.addPlaceholder(Mailscope.NOTES_VIEW);
        clients.addPlaceholder(Mailscope.CLASSROOM_VIEW);
        var below = layout.createFolder("trace", IPageLayout.LEFT, 0.5f, layout.getEditorArea());
        below.addView(Mailscope.TRACE_VIEW);
        below.addView(Mailscope.FINDINGS_VIEW);
        below.addPlaceholder(Mailscope.RECORDINGS_VIEW);
        
        var beside = layout.createPlaceholderFolder("beside", IPageLayout.RIGHT, 0.52f, Mailscope.TRACE_VIEW);
        beside.addPlaceholder(Mailscope.STEP_VIEW);
        for (var drawing : new String[] { ConversationView.ID, SequenceView.ID, PhaseView.ID }) {
            beside.addPlaceholder(drawing);
            layout.addShowViewShortcut(drawing);
        }
        for (var view : new String[] { Mailscope.SERVER_VIEW, Mailscope.SESSION_VIEW, Mailscope.TRACE_VIEW,
            Mailscope.FINDINGS_VIEW, Mailscope.DEVICES_VIEW, Mailscope.STEP_VIEW, Mailscope.NOTES_VIEW,
            Mailscope.RECORDINGS_VIEW, Mailscope.LAB_VIEW, Mailscope.CLASSROOM_VIEW }) {
            layout.addShowViewShortcut(view);
        }
        layout.addNewWizardShortcut("dev.mailscope.ui.lab.new");
        layout.addPerspectiveShortcut(Mailscope.PERSPECTIVE);
    }
}
