package dev.mailscope.ui;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

import dev.mailscope.ui.diagram.ConversationView;
import dev.mailscope.ui.diagram.PhaseView;
import dev.mailscope.ui.diagram.SequenceView;

/**
 * The server at the left, a client's console at the right, and below both what passes between them; beside that, once
 * they are opened, drawings, recordings and forks.
 */
public final class MailProtocolsPerspective implements IPerspectiveFactory {
    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.addView(Mailscope.SERVER_VIEW, IPageLayout.TOP, 0.55f, layout.getEditorArea());
        layout.addView(Mailscope.SESSION_VIEW, IPageLayout.RIGHT, 0.43f, Mailscope.SERVER_VIEW);
        layout.addView(Mailscope.TRACE_VIEW, IPageLayout.LEFT, 0.5f, layout.getEditorArea());
        var drawings = new String[] { ConversationView.ID, SequenceView.ID, PhaseView.ID };
        var folder = layout.createPlaceholderFolder("dev.mailscope.ui.drawings", IPageLayout.RIGHT, 0.45f,
                Mailscope.TRACE_VIEW);
        for (var view : drawings) {
            folder.addPlaceholder(view);
            layout.addShowViewShortcut(view);
        }
        for (var view : new String[] { Mailscope.SERVER_VIEW, Mailscope.SESSION_VIEW, Mailscope.TRACE_VIEW }) {
            layout.addShowViewShortcut(view);
        }
        layout.addPerspectiveShortcut(Mailscope.PERSPECTIVE);
    }
}
