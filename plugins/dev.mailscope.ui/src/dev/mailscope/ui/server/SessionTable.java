package dev.mailscope.ui.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TableColumns;

/** The open sessions of a moment: protocol, phase, open folder, and how what its client knows differs from the mail. */
final class SessionTable extends Composite {
    private final TableViewer viewer;
    private final Focus focus;
    private final Untold untold = new Untold(this::fill);
    private Moment moment = Moment.START;
    private Map<Long, Row> rows = Map.of();

    /** What the table says of a session. */
    private record Row(String name, String phase, String knows, String untold, String folder, String peer) {
    }

    SessionTable(Composite parent, Focus focus) {
        super(parent, SWT.NONE);
        this.focus = focus;
        viewer = new TableViewer(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.BORDER);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        var columns = new TableColumns<Long>(viewer);
        columns.add(Messages.sessions_session, 12, 56, session -> rows.get(session).name());
        columns.addBold(Messages.sessions_phase, 24, 126, session -> rows.get(session).phase());
        columns.add(Messages.sessions_knows, 24, 156, session -> rows.get(session).knows());
        columns.add(Messages.sessions_untold, 18, 100, session -> rows.get(session).untold());
        columns.add(Messages.sessions_folder, 12, 48, session -> rows.get(session).folder());
        columns.add(Messages.sessions_peer, 18, 104, session -> rows.get(session).peer());
        columns.followFont();
        viewer.addPostSelectionChangedListener(event -> {
            if (viewer.getTable().isFocusControl()
                    && event.getStructuredSelection().getFirstElement() instanceof Long chosen) {
                focus.selectSession(chosen);
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
        fill();
        showSelection();
    }

    /** Selects the session that all views show. */
    void showSelection() {
        var selected = rows.containsKey(focus.session()) ? (Long) focus.session() : null;
        if (!Objects.equals(viewer.getStructuredSelection().getFirstElement(), selected)) {
            viewer.setSelection(selected == null ? StructuredSelection.EMPTY : new StructuredSelection(selected));
        }
    }

    /** Sessions are held, or go on. */
    void showHeld() {
        fill();
    }

    /** True when no session is open. */
    boolean isEmpty() {
        return moment.sessions().isEmpty();
    }

    // Changes come ten times a second: only rows that say something else are drawn anew.
    private void fill() {
        if (isDisposed()) {
            return;
        }
        var before = rows;
        rows = new TreeMap<>();
        moment.sessions().values().forEach(session -> rows.put(session.number(), row(session)));
        untold.keep(rows.keySet());
        if (before.keySet().equals(rows.keySet())) {
            viewer.update(rows.keySet().stream().filter(session -> !rows.get(session).equals(before.get(session)))
                    .toArray(), null);
        } else {
            viewer.setInput(List.copyOf(rows.keySet()));
        }
    }

    private Row row(SessionState session) {
        return new Row(NLS.bind(Messages.sessions_name, session.protocol().toUpperCase(Locale.ROOT),
                Long.toString(session.number())), phase(session), knows(session), untold(session), session.folder(),
                session.peer());
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
        return session.folderId() == 0 ? ""
                : moment.server().folder(session.account(), session.folderId())
                        .map(folder -> untold.of(session, folder, focus.isLive()).map(count -> text(session, count))
                                .orElse(Messages.sessions_untoldCounting)).orElse(Messages.sessions_folderGone);
    }

    private static String text(SessionState session, Untold.Count count) {
        // A maildrop is a snapshot: what has come since waits for the next one.
        var snapshot = session.protocol().equals("pop3");
        return count.equals(Untold.NONE) ? ""
                : count.fresh() == 0 ? NLS.bind(Messages.sessions_untoldGone, count.gone())
                : count.gone() == 0 ? NLS.bind(snapshot ? Messages.sessions_untoldLater : Messages.sessions_untoldNew,
                        count.fresh())
                : NLS.bind(snapshot ? Messages.sessions_untoldGoneLater : Messages.sessions_untoldBoth, count.gone(),
                        count.fresh());
    }
}
