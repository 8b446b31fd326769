package dev.mailscope.ui.server;

import java.util.List;
import java.util.Locale;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TableColumns;

/** The open sessions of a moment: protocol, phase, open folder, and how what its client knows differs from the mail. */
final class SessionTable extends Composite {
    // Comparing what a client knows with a larger folder would take too long for the UI thread.
    private static final int MOST_COMPARED = 5_000;

    private final TableViewer viewer;
    private final Focus focus;
    private Moment moment = Moment.START;

    SessionTable(Composite parent, Focus focus) {
        super(parent, SWT.NONE);
        this.focus = focus;
        viewer = new TableViewer(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        var columns = new TableColumns<SessionState>(viewer);
        columns.add(Messages.sessions_session, 12, 56, SessionTable::name);
        columns.addBold(Messages.sessions_phase, 24, 126, this::phase);
        columns.add(Messages.sessions_knows, 24, 156, SessionTable::knows);
        columns.add(Messages.sessions_untold, 18, 80, this::untold);
        columns.add(Messages.sessions_folder, 12, 48, SessionState::folder);
        columns.add(Messages.sessions_peer, 18, 104, SessionState::peer);
        columns.followFont();
        viewer.addPostSelectionChangedListener(event -> {
            if (viewer.getTable().isFocusControl()
                    && event.getStructuredSelection().getFirstElement() instanceof SessionState chosen) {
                focus.selectSession(chosen.number());
            }
        });
    }

    /** Where the context menu of the sessions is put together. */
    TableViewer viewer() {
        return viewer;
    }

    /** Shows the sessions of that moment. */
    void show(Moment next) {
        moment = next;
        viewer.setInput(List.copyOf(next.sessions().values()));
        showSelection();
    }

    /** Selects the session that all views show. */
    void showSelection() {
        var selected = moment.sessions().get(focus.session());
        if (viewer.getStructuredSelection().getFirstElement() != selected) {
            viewer.setSelection(selected == null ? StructuredSelection.EMPTY : new StructuredSelection(selected));
        }
    }

    /** Sessions are held, or go on. */
    void showHeld() {
        viewer.refresh(true);
    }

    /** True when no session is open. */
    boolean isEmpty() {
        return moment.sessions().isEmpty();
    }

    private static String name(SessionState session) {
        return NLS.bind(Messages.sessions_name, session.protocol().toUpperCase(Locale.ROOT),
                Long.toString(session.number()));
    }

    /** The phase; also that the session is held in it, as long as the present is what is shown. */
    private String phase(SessionState session) {
        return focus.isLive() && Mailscope.get().debugger().held(session.number()).isPresent()
                ? NLS.bind(Messages.sessions_held, session.phase()) : session.phase();
    }

    private static String knows(SessionState session) {
        if (session.folderId() == 0) {
            return "";
        }
        var text = Counted.text(Messages.sessions_messages, session.told().size());
        return session.marked().isEmpty() ? text
                : text + NLS.bind(Messages.sessions_marked, session.marked().size());
    }

    private String untold(SessionState session) {
        if (session.folderId() == 0) {
            return "";
        }
        var held = moment.server().folder(session.account(), session.folderId()).orElse(null);
        return held == null ? Messages.sessions_folderGone
                : held.size() + session.told().size() > MOST_COMPARED ? "" : untold(session, held);
    }

    private static String untold(SessionState session, Folder held) {
        if (session.told() == held.messages()) {
            return "";
        }
        var gone = session.told().keySet().stream().filter(uid -> held.message(uid) == null).count();
        var fresh = held.size() - (session.told().size() - gone);
        if (gone == 0 && fresh == 0) {
            return "";
        }
        return gone == 0 ? NLS.bind(Messages.sessions_untoldNew, fresh)
                : fresh == 0 ? NLS.bind(Messages.sessions_untoldGone, gone)
                : NLS.bind(Messages.sessions_untoldBoth, gone, fresh);
    }
}
