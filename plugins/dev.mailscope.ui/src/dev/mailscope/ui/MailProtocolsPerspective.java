package dev.mailscope.ui;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/**
 * The server at the left, a client's console at the right, and below both what passes between them; beside that, once
 * they are opened, recordings and forks.
 */
public final class MailProtocolsPerspective implements IPerspectiveFactory {
    private static final String TRACE = "trace";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.addView(Mailscope.SERVER_VIEW, IPageLayout.TOP, 0.55f, layout.getEditorArea());
        layout.addView(Mailscope.SESSION_VIEW, IPageLayout.RIGHT, 0.43f, Mailscope.SERVER_VIEW);
        var below = layout.createFolder(TRACE, IPageLayout.LEFT, 0.5f, layout.getEditorArea());
        below.addView(Mailscope.TRACE_VIEW);
        below.addView(Mailscope.FINDINGS_VIEW);
        for (var view : new String[] { Mailscope.SERVER_VIEW, Mailscope.SESSION_VIEW, Mailscope.TRACE_VIEW,
                Mailscope.FINDINGS_VIEW }) {
            layout.addShowViewShortcut(view);
        }
        layout.addPerspectiveShortcut(Mailscope.PERSPECTIVE);
    }
}
